"""Tests of proofing."""
