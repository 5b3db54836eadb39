"""The checks of the scenes, one file per topic."""
