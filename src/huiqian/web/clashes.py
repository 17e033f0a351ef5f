"""While somebody plans an event or a training: what else happens then at the same place, or with the same people."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiqian.forms.rules import FormView
from huiqian.process.agenda import AgendaLine, clashes
from huiqian.process.content import content_of
from huiqian.process.occasions import Clash, Slot, slots_of
from huiqian.web.requests import actor_of
from huiqian.work.queries import CaseView

# More than so many are no help any more.
MOST = 8


def case_with_clashes(request: HttpRequest, view: CaseView, form: FormView) -> FormView:
    """The form of a case's step with warnings; what the case itself has in the calendar is none."""
    calendar, task = content_of(view.version_id).calendar, view.my_task
    known = task.answers if task else {}
    return with_clashes(request, form, calendar, {**known, **form.values}, view.number)


def with_clashes(
    request: HttpRequest, form: FormView, calendar: Sequence[Mapping[str, Any]], values: Mapping[str, Any],
    number: str = "",
) -> FormView:  # fmt: skip
    """A form with warnings next to its dates. 1 query where a time is answered, none else."""
    # The field that a time comes from: a date range, or the table whose rows have the days.
    fields = {said["kind"]: said.get("period") or said.get("rows") or "" for said in calendar}
    editable = {field.name for field in form if field.editable}
    if editable.isdisjoint(fields.values()):
        return form
    found: dict[str, list[str]] = {}
    for slot, other, clash in clashes(actor_of(request), slots_of(calendar, values), number):
        found.setdefault(fields[slot.kind], []).append(_sentence(slot, other, clash, bool(slot.text)))
    return form.warned({name: lines[:MOST] for name, lines in found.items()})


def _sentence(slot: Slot, other: AgendaLine, clash: Clash, row: bool) -> str:
    comma = pgettext("list", ", ")
    why = [_("the same place, %(place)s") % {"place": other.place}] if clash.same_place else []
    why += [_("the same people, %(people)s") % {"people": comma.join(clash.people)}] if clash.people else []
    days = f"{other.first:%m-%d}" + (f" – {other.last:%m-%d}" if other.last != other.first else "")
    said = {"title": other.title, "number": other.case_number, "days": days, "why": comma.join(why)}
    sentence = _("At the same time (%(days)s): “%(title)s”, %(number)s; %(why)s.") % said
    return _("Row %(row)d: %(sentence)s") % {"row": slot.row + 1, "sentence": sentence} if row else sentence
