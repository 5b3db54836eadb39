"""The base of every tab."""
