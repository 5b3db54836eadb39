"""How the program starts: whether a window can open, the window, faults, Ctrl-C."""
