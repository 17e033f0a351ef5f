"""Surveys with the rooms around them: cases, tasks, pages."""
