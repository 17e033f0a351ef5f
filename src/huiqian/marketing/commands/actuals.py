"""What was sold and paid is reported line by line, on the page or as a sheet."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import IO

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid
from huiqian.forms.rules.kinds import Wrong
from huiqian.marketing.access import lock_register, rights_of
from huiqian.marketing.commands.imports import Imported, _read
from huiqian.marketing.effects import note
from huiqian.marketing.events import ActualsReported
from huiqian.marketing.models import SalesLine
from huiqian.marketing.rules import read_amount
from huiqian.marketing.rules.columns import ACTUAL_COLUMNS
from huiqian.marketing.rules.sheets import Errors, first_told

FIELDS = ("actual_quantity", "actual_amount", "actual_payment")
Reports = Mapping[int, Mapping[str, object]]


@command
def report_actuals(actor: Actor, month: date, reports: Reports) -> int:
    """Report what came of a month's lines: line id → actual_quantity, actual_amount, actual_payment; how many changed.

    An empty value takes a report back. Refusals: Forbidden where a line is somebody else's; Invalid at "<id>.<field>".
    """
    places = {f"{line}.{field}": f"{line}.{field}" for line in reports for field in ("line", *FIELDS)}
    return _report(actor, month, reports, places)


@command
def import_actuals(actor: Actor, month: date, stream: IO[bytes] | None, size: int) -> Imported:
    """The same from the month's sheet, as it was downloaded and filled in. All or nothing; Invalid by cell."""
    rows = _read(stream, size, ACTUAL_COLUMNS)
    errors: Errors = {}
    reports: dict[int, Mapping[str, object]] = {}
    places: dict[str, str] = {}
    for row in rows:
        said = row.texts.get("line", "")
        if not said.isdecimal() or len(said) > 12:
            errors[row.at("line")] = [_("The line's number is missing. Fill in the sheet as it was downloaded.")]
            continue
        line = int(said)
        if line in reports:
            errors[row.at("line")] = [_("This line is in the sheet twice.")]
        reports[line] = {field: row.texts[field] for field in FIELDS if field in row.texts}
        places |= {f"{line}.{field}": row.at(field) for field in ("line", *FIELDS)}
    if errors:
        raise Invalid(first_told(errors))
    changed = _report(actor, month, reports, places)
    return Imported(0, changed, len(reports) - changed)


def _report(actor: Actor, month: date, reports: Reports, places: Mapping[str, str]) -> int:
    lock_register("sales")
    rights, now = rights_of(actor), clock.now()
    lines = {line.pk: line for line in SalesLine.objects.filter(month=month, pk__in=list(reports))}
    errors: Errors = {}
    changes: dict[str, object] = {}
    for number, said in reports.items():
        line = lines.get(number)
        if line is None:
            errors[places[f"{number}.line"]] = [
                format_lazy(_("The plan of {month} has no line {number}."), month=f"{month:%Y-%m}", number=number)
            ]
            continue
        new = _amounts(number, said, errors, places)
        changed = {
            field: [getattr(line, field), value] for field, value in new.items() if getattr(line, field) != value
        }
        if not changed:
            continue
        if not rights.reports_for(line.manager_id):
            raise Forbidden(_("Only whose line it is, or the key accounts department's manager, reports actuals."))
        for field, value in new.items():
            setattr(line, field, value)
        line.reported_by_id, line.reported_at = actor.person, now
        line.save(update_fields=[*FIELDS, "reported_by", "reported_at"])
        changes[str(number)] = changed
    if errors:
        raise Invalid(first_told(errors))
    if changes:
        note(actor, "sales", ActualsReported(month=month, lines=changes))
    return len(changes)


def _amounts(
    number: int, said: Mapping[str, object], errors: Errors, places: Mapping[str, str]
) -> dict[str, Decimal | None]:
    new: dict[str, Decimal | None] = {}
    for field in FIELDS:
        if field in said:
            try:
                new[field] = read_amount(said[field])
            except Wrong as wrong:
                errors[places[f"{number}.{field}"]] = [wrong.sentence]
    return new
