"""A panel: a block that a process shows on the pages of its cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from huiqian.work.queries import CaseView


@dataclass(frozen=True, slots=True)
class Panel:
    """A block of a case's page: its heading, its template and what the template shows.

    `first`: above the form, not below what is filled in; `wide`: it wants the whole page while the case goes on.
    """

    title: str
    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    first: bool = False
    wide: bool = False


# Gives None where there is nothing to show.
Maker = Callable[[HttpRequest, CaseView], Panel | None]
