"""Arrays and texts as tables."""
