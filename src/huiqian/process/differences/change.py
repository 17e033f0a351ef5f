"""One change, and the words that all changes share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from huiqian.base.languages import pick

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is otherwise: added, removed or changed, as a sentence; `element` is its place in the diagram."""

    kind: str
    sentence: str
    element: str = ""


def otherwise(where: str, what: str, old: str, new: str) -> str:
    """“Where”: what was “old”, is “new”; said shorter where there was or is nothing."""
    words = {"where": where, "what": what, "old": old, "new": new}
    if not old:
        return _("“%(where)s”: %(what)s is now “%(new)s”.") % words
    if not new:
        return _("“%(where)s”: %(what)s is no longer said (was “%(old)s”).") % words
    return _("“%(where)s”: %(what)s was “%(old)s”, is now “%(new)s”.") % words


def named(said: object) -> str:
    """A name in two languages, in the reader's; plain text as it is."""
    if isinstance(said, Mapping):
        return pick(str(said.get("zh", "")), str(said.get("en", "")))
    return "" if said is None else str(said)


def listed(names: Any) -> str:
    """Several names as one."""
    return _(", ").join(names)
