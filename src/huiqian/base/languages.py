"""Names that exist in two languages: which of them the reader gets."""

from django.utils.translation import get_language

CHINESE, ENGLISH = "zh", "en"


def language() -> str:
    """The reader's language, "zh" or "en"."""
    return ENGLISH if (get_language() or "").startswith("en") else CHINESE


def pick(zh: str, en: str) -> str:
    """The name in the reader's language; the other where one is missing."""
    return (en or zh) if language() == ENGLISH else (zh or en)
