"""Recipes as plain values and back: what files hold and the command line gives."""
