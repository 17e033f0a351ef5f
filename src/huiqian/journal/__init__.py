"""What happened, for ever: audit, history and outbox in one hash-chained table."""
