"""The window, what its menus do, its documents."""
