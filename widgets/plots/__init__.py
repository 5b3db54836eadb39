"""Plots: a plane with axes whose ranges are given, and marks that paint in its pixels."""
