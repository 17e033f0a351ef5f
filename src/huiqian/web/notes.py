"""Notes after something was done: one sentence at the top of the next page, carried there in a signed cookie."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence and its banner's tone: ok, info, warn."""

    text: str
    tone: str


def note(request: HttpRequest, text: str, tone: str = "ok") -> None:
    """Show a sentence on the next page."""
    messages.add_message(request, messages.INFO, text, extra_tags=tone)


def shown(request: HttpRequest) -> list[Note]:
    """The notes to show now; they are not shown again."""
    return [Note(one.message, one.extra_tags or "info") for one in messages.get_messages(request)]
