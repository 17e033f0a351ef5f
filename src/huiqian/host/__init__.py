"""The product on one machine: the embedded PostgreSQL and the supervisor that keeps every part running."""
