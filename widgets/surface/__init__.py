"""A surface over the plane, turned by hand and painted without OpenGL."""
