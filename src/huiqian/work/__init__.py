"""Tasks for people: ask, answer, countersign, hand over, deadlines, comments."""
