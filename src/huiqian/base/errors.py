"""Refusals: what the product declines to do on purpose, each with a stable code and a sentence on what to do next."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text: TypeAlias = str | Promise


class Refusal(Exception):
    """Base of all refusals. `code` is stable for programs, `text` is for people, `status` is HTTP's."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    text: Text = _("This cannot be done.")

    def __init__(self, text: Text | None = None, **details: object) -> None:
        super().__init__(str(text or type(self).code))
        if text is not None:
            self.text = text
        self.details = details

    def __str__(self) -> str:
        return str(self.text)


class NotFound(Refusal):
    """It does not exist, or this person may not know that it does."""

    code = "not-found"
    status = 404
    text = _("This does not exist, or you are not part of it. Check the address, or ask the person who sent it to you.")


class Forbidden(Refusal):
    """Visible, but not theirs to do."""

    code = "forbidden"
    status = 403
    text = _("You can see this, but it is not yours to do.")


class Stale(Refusal):
    """Somebody else was faster; the page shows something that is no longer so."""

    code = "stale"
    status = 409
    text = _("This has changed in the meantime. Reload the page and look again.")


class Invalid(Refusal):
    """Input that does not fit: `errors` maps a field's path to its sentences."""

    code = "invalid"
    status = 422
    text = _("Some of the content needs to be corrected. See the marked fields.")

    def __init__(
        self, errors: Mapping[str, Sequence[Text]] | None = None, text: Text | None = None, **details: object
    ) -> None:
        super().__init__(text, **details)
        self.errors: dict[str, list[Text]] = {path: list(sentences) for path, sentences in (errors or {}).items()}


class Incident(Exception):
    """A case cannot go on: kept with the case and shown to an operator, who mends the cause and retries.

    `details` fill the text's %(names)s: like this, and not filled in before, it can be said in both languages.
    """

    def __init__(self, code: str, text: Text, **details: object) -> None:
        super().__init__(str(text) % details if details else str(text))
        self.code = code
        self.text = text
        self.details = details
