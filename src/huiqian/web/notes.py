"""Notes after something was done: one sentence at the top of the next page."""

from django.contrib import messages
from django.http import HttpRequest


def note(request: HttpRequest, text: str, tone: str = "ok") -> None:
    """Show a sentence on the next page; `tone` is a banner's: ok, info, warn."""
    messages.add_message(request, messages.INFO, text, extra_tags=tone)
