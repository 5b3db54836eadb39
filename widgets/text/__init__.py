"""Formulas, source code and running text."""
