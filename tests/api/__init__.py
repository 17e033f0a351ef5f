"""The API as a program uses it."""
