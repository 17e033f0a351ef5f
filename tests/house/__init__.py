"""The house checks itself."""
