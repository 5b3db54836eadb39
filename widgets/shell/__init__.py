"""The parts of the window around the pictures: navigation, transport, lists at the side."""
