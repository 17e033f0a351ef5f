"""Numbered, versioned records; files; print; archive. A dossier holds what belongs to one case."""
