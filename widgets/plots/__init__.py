"""Plots: a plane with axes whose ranges are given, and layers that paint in its pixels."""
