"""Deadlines of the handbook (ISO 8601, in working time) in words."""

import re

from django.utils.translation import ngettext


def span_words(duration: str) -> str:
    """A length of working time in words: P2D, PT4H; what is no such length stays as it is."""
    found = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", duration or "")
    if not found:
        return duration
    days, hours, minutes = (int(part or 0) for part in found.groups())
    parts = []
    if days:
        parts.append(ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days})
    if hours:
        parts.append(ngettext("%(n)d working hour", "%(n)d working hours", hours) % {"n": hours})
    if minutes:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes})
    return " ".join(parts)
