"""Tests of the pages' own words and rules; their stories in a browser are in tests/browser."""
