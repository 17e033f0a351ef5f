"""Figures and pictures built from what the other rooms keep; read-only."""
