"""What stands in a plot, one kind of mark a file."""
