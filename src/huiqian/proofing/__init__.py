"""Proofing (批注): pins on the pictures and pages of a version's files, until whoever set them is content."""
