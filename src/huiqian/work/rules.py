"""Pure decisions about tasks: what may be answered, and when a task is settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Invalid, Text
from huiqian.engine import Definition, Element, State

SUBMIT, APPROVE, REFUSE, RETURN = "submit", "approve", "refuse", "return"
OPINION_LIMIT = 5000

OUTCOME_NAMES: dict[str, Text] = {SUBMIT: _("Submit"), APPROVE: _("Approve"), REFUSE: _("Refuse"), RETURN: _("Return")}
# What the record says somebody did.
OUTCOME_DONE: dict[str, Text] = {
    SUBMIT: _("Submitted"),
    APPROVE: _("Approved"),
    REFUSE: _("Refused"),
    RETURN: _("Returned"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """One person's share of a task, as it stands."""

    id: int
    person: int
    status: str
    turn: int
    outcome: str
    decided_by: int | None
    decided_at: datetime | None
    via: str = ""


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task with its shares, as it stands under the case's lock."""

    id: int
    case_id: int
    wait: str
    element: str
    member: str
    position: str
    kind: str
    mode: str
    quorum: int | None
    status: str
    round: int
    shares: tuple[Share, ...]


def outcomes(element: Element) -> tuple[str, ...]:
    """What a person may answer at a step, the usual answer first.

    A step that does work is submitted, one that decides is approved; either may return the case where the diagram
    says to what (hq:returnTo).
    """
    own = tuple(row["code"] for tag, row in element.rows if tag == "outcome")
    usual = own or ((SUBMIT,) if element.settings.get("kind") == "do" else (APPROVE,))
    return (*usual, RETURN) if element.settings.get("returnTo") else usual


def own_name(element: Element, outcome: str, name: str = "name") -> str:
    """What the diagram itself calls an answer, in Chinese (`name`) or English (`nameEn`); empty where it has no such
    name for it.
    """
    return next((row.get(name, "") for tag, row in element.rows if tag == "outcome" and row["code"] == outcome), "")


def written_by(element: Element, outcome: str) -> str:
    """The key of the document that an answer writes: none for a return, nor where the diagram says so of the answer."""
    rows = (row for tag, row in element.rows if tag == "outcome" and row["code"] == outcome)
    silent = outcome == RETURN or any(row.get("writes") == "false" for row in rows)
    return "" if silent else element.settings.get("document", "")


def takes_form(element: Element, outcome: str) -> bool:
    """Whether an answer comes with the step's form: the diagram may say that one does without."""
    rows = (row for tag, row in element.rows if tag == "outcome" and row["code"] == outcome)
    return not any(row.get("answers") == "false" for row in rows)


def return_targets(definition: Definition, state: State, element: Element) -> tuple[str, ...]:
    """The steps a case may go back to from here: named by the diagram, passed in this round, the earliest first."""
    named = element.settings.get("returnTo", "").split()
    passed = state.passed_elements_of(definition)
    steps = [e.id for e in definition.elements.values() if e.kind in ("userTask", "manualTask")]
    people = [step for step in steps if step in passed]
    return tuple(e for e in (people if named == ["any"] else named) if e in passed and e != element.id)


def rights(element: Element) -> dict[str, str]:
    """What a person may do with each field at a step (edit, read, hidden), where the diagram says so."""
    return {row["name"]: row.get("right", "edit") for tag, row in element.rows if tag == "field"}


def check_answer(element: Element, outcome: str, opinion: str, to: str | None, targets: Sequence[str]) -> None:
    """Refuse an answer that the step does not offer, a refusal or return without an opinion or to a step not passed."""
    errors: dict[str, list[Text]] = {}
    if outcome not in outcomes(element):
        errors["outcome"] = [_("This step does not offer this answer.")]
    if len(opinion) > OPINION_LIMIT:
        errors["opinion"] = [_("Keep the opinion within 5,000 characters.")]
    if outcome == REFUSE and not opinion.strip():
        errors["opinion"] = [_("Say why you refuse it, so that the drafter knows what to change.")]
    if outcome == RETURN:
        if not opinion.strip():
            errors["opinion"] = [_("Say why you return it, so that the drafter knows what to change.")]
        if (to or (targets[0] if targets else None)) not in targets:
            errors["to"] = [_("Choose one of the steps it can go back to.")]
    if errors:
        raise Invalid(errors)


def is_own_draft(task: OpenTask, starter: int, deciding: int) -> bool:
    """Whether whoever decides for somebody else would approve a case they started themselves."""
    return task.kind == "approve" and starter == deciding


BEFORE, AFTER, BESIDE = "before", "after", "beside"
# Where a signatory may be added, by how the task is settled: before and after make a sequence, beside asks for all.
PLACES: dict[str, tuple[str, ...]] = {
    "single": (BESIDE, BEFORE, AFTER),
    "all": (BESIDE,),
    "sequence": (BEFORE, AFTER),
}


def signatory_places(element: Element, kind: str, mode: str) -> tuple[str, ...]:
    """Where somebody may be added at a step: none where work is done, its answers are the diagram's own, or it says so
    (hq:signatories).
    """
    own = any(tag == "outcome" for tag, _row in element.rows)
    own = own or element.settings.get("signatories") == "false"
    return () if kind != "approve" or own else PLACES.get(mode, ())


def check_signatory(element: Element, task: OpenTask, place: str, reason: str) -> bool:
    """Whether the step offers signatories at all; Invalid for a place it does not offer, or without a reason."""
    places = signatory_places(element, task.kind, task.mode)
    errors: dict[str, list[Text]] = {}
    if places and place not in places:
        errors["place"] = [_("Choose one of the places offered.")]
    if places and not reason.strip():
        errors["reason"] = [_("Say why.")]
    if errors:
        raise Invalid(errors)
    return bool(places)


def acts_as_themself(via: str) -> bool:
    """Whether somebody was asked as who they are, not as a holder of the lane's position."""
    return via in ("named", "added")


def is_settled(task: OpenTask, deciding: Share) -> bool:
    """Whether the task is settled once `deciding` agrees too.

    One person or any of several (或签): at once. All (会签) and one after the other (依次): when the last agrees.
    A share (票签): when the quorum, in percent of the people asked, is reached.
    """
    if task.mode in ("single", "any"):
        return True
    asked = [share for share in task.shares if share.status != "closed"]
    agreed = 1 + sum(1 for share in asked if share.status == "done" and share.id != deciding.id)
    if task.mode == "share":
        return agreed >= ceil(len(asked) * (task.quorum or 50) / 100)
    return agreed >= len(asked)


def last_decided(task: OpenTask) -> Share | None:
    """The one who alone settled a task: None where nobody did, it was a return, or several signed it."""
    done = [share for share in task.shares if share.status == "done"]
    return done[0] if task.status == "done" and len(done) == 1 and done[0].outcome != RETURN else None


def next_in_turn(task: OpenTask, deciding: Share) -> Share | None:
    """Who is asked next where people are asked one after the other."""
    waiting = [share for share in task.shares if share.status == "waiting" and share.id != deciding.id]
    return min(waiting, key=lambda share: share.turn, default=None) if task.mode == "sequence" else None
