"""Tests of expressions and decisions."""
