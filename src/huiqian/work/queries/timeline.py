"""A case's progress in one list: what was done and said, who is asked now, and who is expected to be asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from huiqian.base import clock
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.languages import pick
from huiqian.engine import Foreseen, State, predict
from huiqian.org.rules import Roster
from huiqian.process.content import Content, decision_model
from huiqian.work.models import Assignment
from huiqian.work.queries.pace import PEOPLE_S, Span, ahead
from huiqian.work.rules import OUTCOME_DONE, RETURN, acts_as_themself


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line: `state` is done, returned, current, future, skipped or cancelled.

    `void`: it was signed, and a later return took the signature out of force.
    """

    state: str
    element: str
    step: str
    position_name: str
    person: str
    initial: str
    login: str = ""
    behalf: str = ""
    # Who decides for them, while they are away.
    deputy: str = ""
    outcome: str = ""
    outcome_text: str = ""
    opinion: str = ""
    at: datetime | None = None
    due_at: datetime | None = None
    asked_at: datetime | None = None
    group: str = ""
    kind: str = ""
    mode: str = "single"
    round: int = 1
    via: str = ""
    why: str = ""
    certain: bool = True
    member: str = ""
    # Which of several the step is about, where that is not the person themself: a colleague's name, a row's words.
    about: str = ""
    task_id: int | None = None
    assignment_id: int | None = None
    void: bool = False
    taken_back: bool = False
    # Who is copied on the case once the step is done: positions and groups.
    copied: str = ""
    # Who added them to the step, where somebody did.
    added_by: str = ""
    # When a step to come will be done if every step until then takes as long as usual.
    expected_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Future:
    """What is expected of a case: its lines, when it will be through (None: nobody can say), and the working time
    until then.
    """

    items: tuple[TimelineItem, ...]
    through_at: datetime | None
    span: Span


def past(
    shares: Sequence[Assignment],
    snapshot: Roster,
    content: Content | None = None,
    void: Collection[tuple[str, int, datetime]] = frozenset(),
) -> list[TimelineItem]:
    """What was decided, in the order of time, and what was closed without a decision; answers as the diagram names
    them, where its content is given. `void` are the signatures that no longer count: step, person, moment.
    """
    decided = [share for share in shares if share.status == "done"]
    closed = [
        share
        for share in shares
        if share.status == "taken_back"
        or (share.status == "closed" and (share.task.status == "cancelled" or share.via == "added"))
    ]
    moment = {share.pk: share.decided_at or share.task.closed_at or share.assigned_at for share in decided + closed}
    own = _own_words(content) if content else {}
    items = (
        _past_item(share, snapshot, void) for share in sorted(decided + closed, key=lambda s: (moment[s.pk], s.pk))
    )
    return [
        replace(item, outcome_text=own[item.element, item.outcome]) if (item.element, item.outcome) in own else item
        for item in items
    ]


def _own_words(content: Content) -> dict[tuple[str, str], str]:
    """What the diagram calls the answers of its steps, by step and answer."""
    return {
        (element.id, row["code"]): pick(row["name"], row.get("nameEn", ""))
        for element in content.definition.elements.values()
        for tag, row in element.rows
        if tag == "outcome"
    }


def _past_item(share: Assignment, snapshot: Roster, void: Collection[tuple[str, int, datetime]]) -> TimelineItem:
    state = (
        "cancelled" if share.status in ("closed", "taken_back") else "returned" if share.outcome == RETURN else "done"
    )
    item = _item(share, snapshot, state, share.decided_at or share.task.closed_at)
    who = (share.person_id, share.decided_by_id)
    gone = state == "done" and any((item.element, one, share.decided_at) in void for one in who)
    return replace(item, void=gone, taken_back=share.status == "taken_back")


def present(shares: Sequence[Assignment], snapshot: Roster) -> list[TimelineItem]:
    """Who is asked now, in the order of the steps' opening."""
    return [
        replace(_item(share, snapshot, "current", None), deputy=_deputy(share.person_id, snapshot))
        for share in shares
        if share.task.status == "open" and share.status in ("open", "waiting")
    ]


def _deputy(person: int, snapshot: Roster) -> str:
    found = snapshot.deputy_of(person, clock.today())
    return found.name if found else ""


def _item(share: Assignment, snapshot: Roster, state: str, at: datetime | None) -> TimelineItem:
    task = share.task
    person = snapshot.people[share.decided_by_id or share.person_id]
    behalf = snapshot.people[share.person_id].name if share.decided_by_id not in (None, share.person_id) else ""
    return TimelineItem(
        state=state, element=task.element, step=pick(task.name_zh, task.name_en),
        position_name=_acting(share, snapshot), person=person.name,
        initial=person.initial, login=person.login, behalf=behalf, outcome=share.outcome,
        outcome_text=str(OUTCOME_DONE.get(share.outcome, share.outcome)), opinion=share.opinion, at=at,
        added_by=snapshot.people[share.added_by_id].name if share.via == "added" and share.added_by_id else "",
        due_at=task.due_at if state == "current" else None, asked_at=share.assigned_at, kind=task.kind, mode=task.mode,
        round=task.round, via=share.via, member=task.member,
        about=about(task.member, person.login, snapshot), task_id=task.pk, assignment_id=share.pk,
    )  # fmt: skip


def about(member: str, login: str, snapshot: Roster) -> str:
    """What a member's step is about, in words: the name of a login, else the item itself; empty for one's own."""
    if not member or member == login:
        return ""
    return next((person.name for person in snapshot.people.values() if person.login == member), member)


def _day(at: datetime) -> date:
    return at.astimezone(COMPANY_ZONE).date()


def _acting(share: Assignment, snapshot: Roster) -> str:
    """The position's name; in a lane of several positions, the one that the person acts for; a named person's own."""
    code, named = share.task.position, acts_as_themself(share.via)
    acting = snapshot.acting_position(code, share.person_id, _day(share.assigned_at), named=named)
    return acting.name if acting else "" if named else snapshot.position_name(code)


def future(
    content: Content,
    state: State | None,
    variables: Mapping[str, object],
    decisions: Mapping[str, int],
    snapshot: Roster,
    starter: int,
    left: Mapping[str, Span],
    pace: Mapping[str, timedelta],
) -> Future:
    """Who is expected to be asked from here on and when, and which steps will be skipped, with the reason.

    `pace` says how long steps usually take, `left` what is open now takes yet.
    """
    results = {
        e.settings["decision"]: e.settings.get("result", "")
        for e in content.definition.elements.values()
        if e.kind == "businessRuleTask"
    }

    def decide(key: str, seen: Mapping[str, object]) -> Mapping[str, object]:
        return {results[key]: decision_model(decisions[key]).decide(key, seen).value}

    foreseen = predict(content.definition, state, variables, decide)
    now, day = clock.now(), clock.today()
    found = ahead(foreseen, content.definition, pace, left)
    ends = {name: snapshot.calendar.after(now, span) if span else None for name, span in found.steps.items()}
    items = tuple(
        replace(item, expected_at=ends.get(step.element))
        for step in foreseen
        if step.kind in PEOPLE_S
        for item in _future_items(step, content, snapshot, starter, day)
    )
    through = None if found.through is None else snapshot.calendar.after(now, found.through)
    return Future(items, through, found.through)


def _future_items(step: Foreseen, content: Content, snapshot: Roster, starter: int, day: date) -> list[TimelineItem]:
    if step.settings.get("assignee") == "starter":
        chosen = [(snapshot.people[starter], "starter")]
    elif step.settings.get("assignee") and not step.position:
        # Only the answers will say who: nobody is named before.
        return [_nobody_yet(step, content, snapshot)]
    else:
        chosen = [(choice.person, choice.via) for choice in snapshot.choose(step.position or "", day)]
    return [
        TimelineItem(
            state="skipped" if step.skipped else "future", element=step.element, step=content.step_name(step.element),
            position_name=_foreseen(step.position or "", person.id, snapshot, day),
            person=person.name, initial=person.initial, login=person.login, group=step.group or "",
            kind=step.settings.get("kind", "approve"),
            mode=step.settings.get("mode", "single"), via=via, why=step.why, certain=step.certain,
            deputy=_deputy(person.id, snapshot), copied=_copied(step, snapshot),
        )
        for person, via in chosen
    ]  # fmt: skip


def _nobody_yet(step: Foreseen, content: Content, snapshot: Roster) -> TimelineItem:
    return TimelineItem(
        state="skipped" if step.skipped else "future", element=step.element, step=content.step_name(step.element),
        position_name="", person="", initial="", group=step.group or "", kind=step.settings.get("kind", "approve"),
        mode=step.settings.get("mode", "single"), why=step.why, certain=step.certain,
        copied=_copied(step, snapshot),
    )  # fmt: skip


def _copied(step: Foreseen, snapshot: Roster) -> str:
    return _(", ").join(snapshot.position_name(code) for code in step.settings.get("copyTo", "").split())


def _foreseen(code: str, person: int, snapshot: Roster, day: date) -> str:
    acting = snapshot.acting_position(code, person, day)
    return acting.name if acting else snapshot.position_name(code)
