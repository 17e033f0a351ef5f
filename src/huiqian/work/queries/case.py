"""One case as one person sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.languages import language, pick
from huiqian.diagram import Mark, ReturnEdge, draw
from huiqian.documents.queries import DocumentLine, documents_of, enclosed_in, void_decisions
from huiqian.engine import State, may_take_back
from huiqian.forms.rules import Form
from huiqian.org.queries import roster
from huiqian.org.rules import PersonRef, Roster
from huiqian.process.access import case_for
from huiqian.process.content import Content, content_of
from huiqian.process.members import Members, Seen, is_member_step, scope_of, variables_of
from huiqian.process.models import Incident, Instance
from huiqian.process.queries import lane_heads, todays_layout
from huiqian.process.start import first_people_step
from huiqian.work.models import Assignment, Comment
from huiqian.work.queries.copies import CopyLine, copies_of
from huiqian.work.queries.inbox import decides_for, fills
from huiqian.work.queries.pace import left_of, pace_of
from huiqian.work.queries.timeline import Future, TimelineItem, about, future, past, present
from huiqian.work.rules import OUTCOME_NAMES, RETURN, outcomes, return_targets, rights, signatory_places


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its code and its name in the reader's language."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class MyTask:
    """What the case asks of the reader now."""

    task_id: int
    assignment_id: int
    element: str
    step: str
    kind: str
    position_name: str
    round: int
    due_at: datetime | None
    outcomes: tuple[Choice, ...]
    targets: tuple[Choice, ...]
    form: Form | None
    rights: Mapping[str, str]
    returned_opinions: tuple[TimelineItem, ...]
    fills: bool
    # What this step's person answered so far, and what the step's expressions read.
    answers: Mapping[str, Any]
    variables: Mapping[str, object]
    # Which of several it is about, where that is not the person themself.
    about: str = ""
    # For whom the reader decides it, where it is not theirs.
    behalf: str = ""
    behalf_login: str = ""
    # Where somebody may be added to the step.
    places: tuple[str, ...] = ()
    # The document that the step signs, by its key.
    signs: str = ""
    # What the same member answered at their other steps.
    member_forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the page of a case shows."""

    id: int
    number: str
    title: str
    summary: str
    status: str
    process_code: str
    process_name: str
    version: int
    version_id: int
    starter: PersonRef
    starter_department: str
    started_at: datetime
    ended_at: datetime | None
    round: int
    revision: int
    due_at: datetime | None
    data: Mapping[str, Any]
    variables: Mapping[str, object]
    forms: tuple[Form, ...]
    my_task: MyTask | None
    my_tasks: tuple[TimelineItem, ...]
    open_shares: tuple[TimelineItem, ...]
    timeline: tuple[TimelineItem, ...]
    # When it will be through if every step takes as long as usual; None where nobody can say.
    through_at: datetime | None
    steps_done: int
    steps_total: int
    diagram: str
    documents: tuple[DocumentLine, ...]
    enclosed: tuple[DocumentLine, ...]
    panels: tuple[str, ...]
    board: bool
    comments: tuple[Comment, ...]
    incidents: tuple[Incident, ...]
    parent: str
    handed_on: tuple[Instance, ...]
    received_from: tuple[Instance, ...]
    may_withdraw: bool
    may_suspend: bool
    may_hand_over: bool
    # A task to which the reader added somebody who has not decided.
    may_take_off: int | None
    # The task whose decision the reader may take back.
    may_take_back: int | None
    may_copy: bool
    copies: tuple[CopyLine, ...]


def case_view(actor: Actor, number: str, task: int | None = None, behalf: str = "") -> CaseView:
    """A case with its tasks, progress, drawing, documents and comments. Refuses with NotFound. At most 12 queries.

    `task` says which of the reader's open tasks is looked at, where there are several, and `behalf` for whom (a login);
    else it is the first, their own before those of somebody they decide for.
    """
    case = case_for(actor, number)
    content, snapshot = content_of(case.version_id), roster()
    state = State.from_json(case.state)
    shares = list(
        Assignment.objects.filter(task__instance=case).select_related("task").order_by("task_id", "turn", "id")
    )
    void = void_decisions(case.pk) if case.round > 1 else frozenset()
    done, current = past(shares, snapshot, content, void), present(shares, snapshot)
    coming = Future((), None, None)
    seen = seen_case(case, content, snapshot)
    if case.status == Instance.Status.RUNNING:
        pace = pace_of(content.code)
        opened = [(item.element, item.asked_at) for item in current if item.asked_at]
        left = left_of(state, content.definition, opened, clock.now(), snapshot.calendar, pace)
        coming = future(content, state, variables_of(seen), case.decisions, snapshot, case.starter_id, left, pace)
    ahead = coming.items
    own = _own_shares(actor, shares, case, snapshot)
    asked = next((one.id for one in snapshot.people.values() if behalf and one.login == behalf), actor.id)
    mine = next((s for s in own if s.task_id == task and s.person_id == asked), own[0] if own else None)
    home = snapshot.main_position(case.starter_id, case.started_at.astimezone(COMPANY_ZONE).date())
    running = case.status == Instance.Status.RUNNING
    expected = {item.element for item in current} | {item.element for item in ahead if item.state == "future"}
    # What a return asks for again is not done.
    passed = {item.element for item in done if item.state == "done"} - expected
    return CaseView(
        id=case.pk, number=case.number, title=case.title, summary=case.summary, status=case.status,
        process_code=content.code, process_name=content.name, version=content.number, version_id=case.version_id,
        starter=snapshot.people[case.starter_id], starter_department=home.department_name if home else "",
        started_at=case.started_at, ended_at=case.ended_at, round=case.round, revision=case.revision,
        due_at=min((item.due_at for item in current if item.due_at), default=None),
        data=case.data, variables=variables_of(seen), forms=_forms(content, state),
        my_task=my_task(actor, mine, seen, state, done) if mine and running else None,
        my_tasks=tuple(_my_line(actor, one, snapshot) for one in own) if running else (),
        open_shares=tuple(current), timeline=(*done, *current, *ahead), through_at=coming.through_at,
        steps_done=len(passed),
        steps_total=len(passed | expected),
        diagram=_diagram(case, content, state, shares, snapshot, _skipped(case, content, state, ahead)),
        documents=documents_of(case.pk), enclosed=enclosed_in(case.pk), panels=content.panels,
        board=any(is_member_step(content.definition, e) for e in content.definition.elements.values()),
        comments=tuple(Comment.objects.filter(instance=case).select_related("author")),
        incidents=tuple(case.incidents.filter(solved_at__isnull=True)),
        parent=parent_number(case), handed_on=_led_to(case),
        received_from=tuple(Instance.objects.filter(handed_on__target=case)),
        may_suspend=actor.admin and (running or case.status == Instance.Status.SUSPENDED),
        may_withdraw=running and case.starter_id == actor.id,
        may_copy=actor.admin
        or case.starter_id == actor.id
        or bool({s.person_id for s in shares} & {actor.id, *(one.id for one in decides_for(actor, snapshot))}),
        copies=copies_of(case.pk, snapshot),
        may_take_off=_added_by(actor, shares) if running else None,
        may_take_back=_taken_back_by(actor, shares, state) if running else None,
        may_hand_over=running and (actor.admin or (mine is not None and mine.person_id == actor.id)),
    )  # fmt: skip


def _own_shares(actor: Actor, shares: Sequence[Assignment], case: Instance, snapshot: Roster) -> list[Assignment]:
    """The open shares that the reader decides: their own, then those of whom they decide for."""
    if actor.id is None:
        return []
    people = [actor.id, *(one.id for one in decides_for(actor, snapshot))]
    found = [s for s in shares if s.status == "open" and s.task.status == "open" and s.person_id in people]
    return sorted(
        (s for s in found if may_decide(s, actor, case.starter_id)),
        key=lambda s: (people.index(s.person_id), s.task_id),
    )


def may_decide(share: Assignment, actor: Actor, starter: int | None = None) -> bool:
    """Whether somebody who sees an open share, their own or that of whom they decide for, may decide it."""
    begun = share.task.instance.starter_id if starter is None else starter
    return share.person_id == actor.id or not (share.task.kind == "approve" and begun == actor.id)


def _taken_back_by(actor: Actor, shares: Sequence[Assignment], state: State) -> int | None:
    """The last task that the reader decided alone, or their deputy did, while nobody has acted on what came after."""
    for share in reversed(shares):
        if share.status == "done" and actor.id in (share.person_id, share.decided_by_id) and share.outcome != RETURN:
            signed = sum(1 for one in shares if one.task_id == share.task_id and one.status == "done")
            begun = any(one.status == "done" and one.task.status == "open" for one in shares)
            lone = share.task.status == "done" and signed == 1 and not begun
            return share.task_id if lone and may_take_back(state, share.task.wait) else None
    return None


def _added_by(actor: Actor, shares: Sequence[Assignment]) -> int | None:
    """The task to which the reader added somebody who has not decided."""
    for share in shares:
        waits = share.task.status == "open" and share.status in ("open", "waiting") and share.via == "added"
        if waits and (actor.admin or share.added_by_id == actor.id):
            return share.task_id
    return None


def _my_line(actor: Actor, share: Assignment, snapshot: Roster) -> TimelineItem:
    line = present([share], snapshot)[0]
    return line if share.person_id == actor.id else replace(line, behalf=line.person)


def seen_case(case: Instance, content: Content, snapshot: Roster) -> Seen:
    """A case as expressions look at it, without its lock."""
    return Seen(case.pk, content, case.data, snapshot, clock.now(), Members(case.pk))


def parent_number(case: Instance) -> str:
    """The number of the case that called this one, if one did. 1 query where there is one."""
    return case.parent.number if case.parent else ""


def _led_to(case: Instance) -> tuple[Instance, ...]:
    """The cases that came of this one, handed on to or called. 1 query."""
    return tuple(
        Instance.objects.filter(Q(received_from__source=case) | Q(parent=case)).distinct().defer("state", "data")
    )


def _forms(content: Content, state: State) -> tuple[Form, ...]:
    """The forms that the case answered so far, in the order of the diagram, each once; not those of members."""
    keys = []
    for element in content.definition.elements.values():
        key = element.settings.get("form", "") if not is_member_step(content.definition, element) else ""
        if key in content.forms and key not in keys and element.id in state.passed_elements_of(content.definition):
            keys.append(key)
    first = next(iter(content.documents.values()), None)
    step = first_people_step(content.definition)
    if first and step and step.settings.get("document") == first.key and not first.each and first.form not in keys:
        keys.insert(0, first.form)
    return tuple(content.forms[key] for key in keys)


def my_task(actor: Actor, share: Assignment, seen: Seen, state: State, done: Sequence[TimelineItem]) -> MyTask:
    """What an open share asks of its person, with what was said when the case came back to it."""
    task, content = share.task, seen.content
    scope = scope_of(content.definition, state, task.wait)
    record = seen.members.all().get(scope.key) if scope.key else None
    element = content.definition.elements[task.element]
    targets = return_targets(content.definition, state, element)
    own_names = {
        r["code"]: pick(r.get("name", r["code"]), r.get("nameEn", "")) for t, r in element.rows if t == "outcome"
    }
    offered = [code for code in outcomes(element) if code != RETURN or targets]
    returns = [item for item in done if item.state == "returned" and item.member == task.member]
    away = seen.roster.people[share.person_id] if share.person_id != actor.id else None
    returns = returns[-1:] if task.member else [item for item in returns if item.round == task.round - 1]
    return MyTask(
        task_id=task.pk, assignment_id=share.pk, element=element.id, step=content.step_name(element.id), kind=task.kind,
        position_name=seen.roster.position_name(task.position), round=task.round, due_at=task.due_at,
        outcomes=tuple(Choice(code, str(own_names.get(code) or OUTCOME_NAMES.get(code, code))) for code in offered),
        targets=tuple(Choice(target, content.step_name(target)) for target in targets),
        form=content.form_of(element.id) if share.via != "added" else None, rights=rights(element),
        returned_opinions=tuple(returns),
        signs=element.settings.get("sign", ""),
        fills=share.via != "added" and fills(content, element.id),
        places=signatory_places(element, task.kind, task.mode),
        about=about(task.member, seen.roster.people[share.person_id].login, seen.roster),
        behalf=away.name if away else "", behalf_login=away.login if away else "",
        answers={**seen.data, **record.data} if record else seen.data,
        variables=variables_of(seen, scope),
        member_forms=_member_forms(content, record.data, element.settings.get("form", "")) if record else (),
    )  # fmt: skip


def _member_forms(content: Content, data: Mapping[str, Any], own: str) -> tuple[Form, ...]:
    """The other forms that a member answered, in the order of the diagram."""
    keys = dict.fromkeys(
        element.settings.get("form", "")
        for element in content.definition.elements.values()
        if is_member_step(content.definition, element)
    )
    forms = (content.forms[key] for key in keys if key in content.forms and key != own)
    return tuple(form for form in forms if any(data.get(name) is not None for name in form.names))


def _skipped(case: Instance, content: Content, state: State, ahead: Sequence[TimelineItem]) -> set[str]:
    """The steps that will be skipped as things stand, or that a completed case has skipped."""
    if case.status != Instance.Status.COMPLETED:
        return {item.element for item in ahead if item.state == "skipped"}
    steps = {e.id for e in content.definition.elements.values() if e.kind in ("userTask", "manualTask")}
    return steps - set(state.passed_elements_of(content.definition))


def _diagram(
    case: Instance,
    content: Content,
    state: State,
    shares: Sequence[Assignment],
    snapshot: Roster,
    skipped: set[str],
) -> str:
    passed = state.passed_elements_of(content.definition)
    marks: dict[str, Mark] = {element: Mark(state="skipped") for element in skipped}
    for element in content.definition.elements.values():
        if element.id in passed:
            marks[element.id] = Mark(state="done")
    returns: dict[tuple[str, str], int] = {}
    many: dict[str, dict[str, Assignment]] = {}
    for share in shares:
        if share.task.member:
            many.setdefault(share.task.element, {})[share.task.member] = share
        marks[share.task.element] = _mark(share, snapshot, share.task.element in passed)
        if share.outcome == RETURN:
            after = (s for s in shares if s.task_id > share.task_id and s.task.returned_from == share.task.element)
            later = next(after, None)
            if later is not None:
                edge = (share.task.element, later.task.element)
                returns[edge] = returns.get(edge, 0) + 1
    marks |= {element: _mark_of_many(latest) for element, latest in many.items() if len(latest) > 1}
    day = case.started_at.astimezone(COMPANY_ZONE).date()
    return draw(
        todays_layout(content, snapshot), marks, taken=state.passed_flows_of(content.definition),
        returns=[ReturnEdge(source, target, times) for (source, target), times in returns.items()],
        language=language(), heads=lane_heads(content, snapshot, day), now=clock.now(),
    )  # fmt: skip


def _mark(share: Assignment, snapshot: Roster, passed: bool) -> Mark:
    task = share.task
    person = snapshot.people[share.decided_by_id or share.person_id]
    if task.status == "open" and share.status != "done":
        late = task.due_at is not None and task.due_at < clock.now()
        return Mark(state="overdue" if late else "current", person=person.name, when=task.due_at, round=task.round)
    if share.outcome == RETURN:
        return Mark(state="returned", person=person.name, when=share.decided_at, round=task.round)
    if passed and share.status == "done":
        return Mark(state="done", person=person.name, when=share.decided_at, round=task.round)
    return Mark(state="future", person=person.name)


def _mark_of_many(latest: Mapping[str, Assignment]) -> Mark:
    """How far a step is that several people do: how many of them are through."""
    done = sum(1 for share in latest.values() if share.status == "done" and share.outcome != RETURN)
    waiting = [share for share in latest.values() if share.task.status == "open"]
    late = any(share.task.due_at is not None and share.task.due_at < clock.now() for share in waiting)
    due = min((share.task.due_at for share in waiting if share.task.due_at), default=None)
    said = f"{done}/{len(latest)}"
    if not waiting:
        return Mark(state="done", person=said)
    return Mark(state="overdue" if late else "current", person=said, when=due)
