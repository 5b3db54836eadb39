"""What makes a run: recipe, timeline, values, parameters, random streams."""
