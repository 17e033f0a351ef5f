"""Clock, refusals, actors, @command and wires: what every room stands on. Knows no room and no table."""
