"""People: pages and HTMX fragments."""
