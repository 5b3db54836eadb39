"""The application: command line, window, tabs, sessions, exports."""

VERSION = "0.1.0"
