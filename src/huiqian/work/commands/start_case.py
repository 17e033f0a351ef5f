"""Start a case by doing its first step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Refusal
from huiqian.forms.effects import drop_draft
from huiqian.process.run import save
from huiqian.process.start import first_step, new_case, started_from, version_to_start
from huiqian.work.access import read_task, share_for_decision
from huiqian.work.models import Task
from huiqian.work.rules import SUBMIT
from huiqian.work.settle import check_requirements, check_values, settle


class CannotStart(Refusal):
    """The process does not begin with a step of the one who starts it."""

    code = "cannot-start"
    text = _("This process cannot be started by hand.")


@dataclass(frozen=True, slots=True)
class Started:
    """The case that began; `again` when the same draft had started it before."""

    number: str
    case_id: int
    again: bool = False


@command
def start_case(actor: Actor, code: str, values: Mapping[str, Any], *, draft: UUID | None = None) -> Started:
    """Start a case of a process: its first form is answered with `values`, and it goes to the next step.

    Whoever holds the position of the first step may start. A draft that was sent twice starts one case only.
    Refusals: NotFound (no such process in effect), Forbidden, Invalid.
    """
    before = started_from(actor, draft)
    if before is not None:
        return Started(before.number, before.pk, again=True)
    version = version_to_start(actor, code)
    case = new_case(actor, version, clock.now(), draft)
    element = first_step(case.content.definition)
    if element is None:
        raise CannotStart
    checked = check_values(case, element, values)
    check_requirements(case, element, checked)
    task = read_task(Task.objects.values_list("pk", flat=True).get(instance_id=case.id, status=Task.Status.OPEN))
    settle(case, task, share_for_decision(actor, case, task), SUBMIT, "", checked)
    save(case)
    drop_draft(actor, draft)
    return Started(case.number, case.id)
