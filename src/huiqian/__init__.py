"""Huiqian (会签): runs a department by its own handbook."""

__version__ = "0.1.0"
