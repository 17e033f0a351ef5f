"""What a version says otherwise than another, in sentences for people who work by it; pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiqian.org.rules import Roster
from huiqian.process.brought import InForce, schedule_said, tables_of
from huiqian.process.content import read_content
from huiqian.process.differences.change import ADDED, CHANGED, REMOVED, Change, named
from huiqian.process.differences.forms import form_changes
from huiqian.process.differences.rest import rest_changes
from huiqian.process.differences.steps import flow_changes, step_changes
from huiqian.process.differences.tables import schedule_changes, table_changes
from huiqian.process.models import Version

NOTHING = InForce({}, None)
__all__ = ["ADDED", "CHANGED", "REMOVED", "Change", "Differences", "Part", "compare_versions"]


@dataclass(frozen=True, slots=True)
class Part:
    """The changes of one kind under their heading."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that is otherwise, by parts; `marks` says it of the diagrams' elements and flows, by their ids."""

    parts: tuple[Part, ...]
    marks: dict[str, str]

    @property
    def count(self) -> int:
        """How many changes there are."""
        return sum(len(part.changes) for part in self.parts)

    def marked(self, *kinds: str) -> set[str]:
        """The elements and flows with these marks."""
        return {name for name, kind in self.marks.items() if kind in kinds}


def compare_versions(old: Version, new: Version, snapshot: Roster, standing: InForce = NOTHING) -> Differences:
    """What `new` says otherwise than `old`, in the reader's language; `standing` is what an administrator may have made
    of tables and schedule since. No query.
    """
    before, after = read_content(old), read_content(new)
    steps, flows = step_changes(old, new, before, after, snapshot), flow_changes(before, after)
    forms, rest = form_changes(old.content, new.content), rest_changes(old, new, before, after, snapshot)
    process = named({"zh": after.name_zh, "en": after.name_en})
    tables = [
        *table_changes(tables_of(old), tables_of(new), standing, before, after, snapshot),
        *schedule_changes(process, schedule_said(old), schedule_said(new), standing, snapshot),
    ]
    if old.bpmn != new.bpmn and not (steps or flows or rest):
        said = _("The diagram's file was written anew; steps, flows and conditions are the same.")
        rest = [Change(CHANGED, said)]
    parts = (
        Part(_("Steps"), tuple(steps)),
        Part(_("Flows and conditions"), tuple(flows)),
        Part(_("Forms"), tuple(forms)),
        Part(_("Decision tables and schedule"), tuple(tables)),
        Part(_("Everything else"), tuple(rest)),
    )
    marks = {one.element: one.kind for one in (*steps, *flows) if one.element}
    # What has several changes is added or removed first of all.
    marks |= {one.element: one.kind for one in (*steps, *flows) if one.element and one.kind != CHANGED}
    return Differences(tuple(part for part in parts if part.changes), marks)
