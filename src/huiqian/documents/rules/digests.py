"""What a version is sealed with, and what the archive searches."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

SEARCHED = 20_000


def digest_of(*said: object) -> str:
    """SHA-256 over all that a version says, its files' checksums included: whoever changes one letter changes it."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def search_text(*parts: object) -> str:
    """All words of a document in one lower-case text, 20,000 characters at most."""
    return " ".join(_words(parts))[:SEARCHED].lower()


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _words(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _words(item)
