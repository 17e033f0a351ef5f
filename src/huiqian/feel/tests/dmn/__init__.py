"""Decisions: tables, models, XML in and out."""
