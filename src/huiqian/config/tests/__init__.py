"""Tests of the settings and of what stands before every request."""
