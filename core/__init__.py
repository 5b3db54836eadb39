"""Algorithms as pure functions of NumPy arrays; no Qt, no files, no interface texts."""
