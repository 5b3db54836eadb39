"""Parameters as fields to type into and sliders to drag."""
