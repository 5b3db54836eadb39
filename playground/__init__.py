"""The application: command line, window, tabs, sessions, exports."""
