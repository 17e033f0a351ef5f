"""Decide one's share of a task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Stale
from huiqian.engine import Element
from huiqian.process.run import lock_case_of_task, save
from huiqian.work.access import read_task, share_for_decision
from huiqian.work.effects import people_to_copy, send_copies
from huiqian.work.rules import RETURN, Share, check_answer, return_targets, takes_form
from huiqian.work.settle import behalf_of, check_requirements, check_values, send_back, settle


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision: the case, whether the task is settled with it, and how the case stands."""

    case_number: str
    task_id: int
    outcome: str
    settled: bool
    case_status: str


@command
def decide(
    actor: Actor,
    task_id: int,
    outcome: str,
    *,
    opinion: str = "",
    values: Mapping[str, Any] | None = None,
    to: str | None = None,
    round_: int | None = None,
    behalf: str = "",
    copy_to: Sequence[str] = (),
) -> Decided:
    """Answer a task: submit work done, approve, or return it with an opinion to a step passed before.

    `values` answers the step's form, `to` is the step to return to (the drafter's where there is one choice).
    `behalf` is the login of somebody who is away and for whom the actor decides: both names go on the record.
    `copy_to` names colleagues (logins) who are kept informed of the case from now on.
    `round_`, if given, is the round the person looked at: Stale when the case went back in the meantime.
    Refusals: NotFound, Forbidden, AlreadyDecided (somebody was faster), CaseClosed, Invalid.
    """
    now = clock.now()
    case = lock_case_of_task(actor, task_id, now)
    task = read_task(task_id)
    share = share_for_decision(actor, case, task, behalf)
    if round_ is not None and round_ != task.round:
        raise Stale
    case.enter(task.wait)
    element = case.content.definition.elements[task.element]
    targets = return_targets(case.content.definition, case.state, element)
    check_answer(element, outcome, opinion, to, targets)
    copied = people_to_copy(case, copy_to)
    settled = True
    if outcome == RETURN:
        send_back(case, task, share, outcome, opinion.strip(), to or targets[0])
    else:
        checked = check_values(case, element, values, outcome) if _fills(element, outcome, share) else {}
        if element.settings.get("requires") and share.via != "added":
            check_requirements(case, element, {**checked, "outcome": outcome})
        settled = settle(case, task, share, outcome, opinion.strip(), checked)
    send_copies(case, copied)
    save(case, behalf=behalf_of(case, share))
    return Decided(case.number, task_id, outcome, settled, case.status)


def _fills(element: Element, outcome: str, share: Share) -> bool:
    """Whether an answer comes with the step's form: not that of a signatory who was added, who gives an opinion."""
    return share.via != "added" and takes_form(element, outcome)
