"""Evidence packs: one zip a case that an auditor checks offline, with a checker that needs nothing but Python."""
