"""Who hears of what, and how."""
