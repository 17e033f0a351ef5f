"""Stories across rooms, told through the commands."""
