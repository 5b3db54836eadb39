"""Arrays as cells with numbers and colours."""
