"""Frames around pictures: cards, their pages, keys and bars."""
