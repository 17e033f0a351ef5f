"""The product on one machine: its own PostgreSQL, and one supervisor over web and worker."""
