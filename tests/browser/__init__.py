"""The pages in a real browser: people's stories, keyboard, both widths, no accessibility faults."""
