"""One tab per topic."""
