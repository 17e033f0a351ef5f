"""Departments, positions, people, groups, deputies, superiors: who holds what, from when to when."""
