"""The start page: what this is, a picture of each topic that plays when pointed at, paths, where one was."""
