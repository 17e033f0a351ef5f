"""What pins have to say when a step is decided."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Invalid
from huiqian.process.members import SEPARATOR
from huiqian.process.run import Case
from huiqian.proofing.models import Pin
from huiqian.proofing.rules import numbers
from huiqian.work.rules import APPROVE


def require_own_pins(case: Case, element: str, answers: Mapping[str, Any]) -> None:
    """Step setting hq:requires="own_pins": nobody agrees to the document that the step signs while a pin that they
    set on it is open; whoever decides for somebody away, while one of theirs is. Invalid names the pins. 1 query.
    """
    if answers.get("outcome") != APPROVE:
        return
    key = case.content.definition.elements[element].settings.get("sign", "")
    people = {actor for actor in (case.actor.id,) if actor is not None}
    people |= {one.id for one in case.roster.people.values() if one.login == case.scope.key}
    keys = (key, f"{key}{SEPARATOR}{case.scope.key}")
    found = Pin.objects.filter(case_id=case.id, document__key__in=keys, author_id__in=people, state=Pin.State.OPEN)
    left = numbers(found.values_list("number", flat=True))
    if left:
        raise Invalid({
            "opinion": [
                format_lazy(
                    _("You agree, but your pins {pins} are open. Confirm that they are settled, or ask for changes."),
                    pins=left,
                )
            ]
        })  # fmt: skip
