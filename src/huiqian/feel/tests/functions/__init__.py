"""A test file per family of built-in functions."""
