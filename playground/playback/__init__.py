"""The run on show: its record, the step in view, the player."""
