"""Notes after something was done: one sentence at the top of the next page, kept in the session until it is shown."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence and its banner's tone: ok, info, warn."""

    text: str
    tone: str


def note(request: HttpRequest, text: str, tone: str = "ok") -> None:
    """Show a sentence on the next page."""
    request.session["notes"] = [*request.session.get("notes", []), [text, tone]]


def shown(request: HttpRequest) -> list[Note]:
    """The notes to show now; they are not shown again."""
    return [Note(*one) for one in request.session.pop("notes", [])]
