"""The board of a case: the same step asked of several people, and how far each of them is."""

from dataclasses import dataclass
from datetime import datetime

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.languages import pick
from huiqian.documents.models import Document
from huiqian.org.queries import roster
from huiqian.process.access import case_for
from huiqian.process.content import Content, content_of
from huiqian.process.members import SEPARATOR, Members, is_member_step
from huiqian.process.models import Instance
from huiqian.work.models import Assignment
from huiqian.work.rules import RETURN


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One member: `state` is open, late, returned (sent back to them), waiting (for somebody else's answer) or done."""

    member: str
    name: str
    number: int
    state: str
    step: str
    person: str
    since: datetime | None
    due_at: datetime | None
    handed_in_at: datetime | None
    late: bool
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Who has handed in: a line for each member, and the counts above them."""

    lines: tuple[BoardLine, ...]
    done: int
    late: int

    @property
    def all(self) -> int:
        """How many members there are."""
        return len(self.lines)


def board(actor: Actor, number: str) -> Board:
    """How far each member of a case is. 4 queries beside the organisation's; NotFound where it is not theirs to see."""
    return board_of(case_for(actor, number))


def board_of(case: Instance) -> Board:
    """The board of a case that the caller has checked may be read. 3 queries."""
    content = content_of(case.version_id)
    steps = [e.id for e in content.definition.elements.values() if is_member_step(content.definition, e)]
    shares: dict[str, list[Assignment]] = {}
    found = Assignment.objects.filter(task__instance=case, task__element__in=steps).exclude(task__member="")
    for share in found.select_related("task", "person").order_by("task_id", "id"):
        shares.setdefault(share.task.member, []).append(share)
    records = Members(case.pk).all()
    written = _documents(case)
    names = {person.login: person.name for person in roster().people.values()}
    numbers = {key: record.number for key, record in records.items()}
    lines = [
        _line(key, many, names, numbers.get(key, 0), written.get(key, ()), content) for key, many in shares.items()
    ]
    lines.sort(key=lambda line: (line.state == "done", line.state == "waiting", line.name))
    done = sum(1 for line in lines if line.state in ("done", "waiting"))
    return Board(tuple(lines), done, sum(1 for line in lines if line.late))


def _documents(case: Instance) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, number in Document.objects.filter(dossier_id=case.pk).order_by("id").values_list("key", "number"):
        member = key.partition(SEPARATOR)[2]
        if member:
            found[member] = (*found.get(member, ()), number)
    return found


def _line(
    key: str, shares: list[Assignment], names: dict[str, str], number: int, documents: tuple[str, ...], content: Content
) -> BoardLine:
    now = clock.now()
    current = next((s for s in reversed(shares) if s.status in ("open", "waiting") and s.task.status == "open"), None)
    decided = [share for share in shares if share.status == "done"]
    submitted = next((s for s in reversed(decided) if _own(s, key) and s.outcome != RETURN), None)
    shown = current or (decided[-1] if decided else shares[-1])
    late = _late(submitted, now) if submitted else bool(current and current.due_at and current.due_at < now)
    return BoardLine(
        member=key, name=names.get(key, key), number=number, state=_state(current, decided, now, key),
        step=pick(shown.task.name_zh, shown.task.name_en), person=shown.person.name, since=shown.assigned_at,
        due_at=current.due_at if current else None, handed_in_at=submitted.decided_at if submitted else None,
        late=late, documents=documents,
    )  # fmt: skip


def _own(share: Assignment, member: str) -> bool:
    """Whether a share is the member's own work or decision, not somebody else's about it."""
    return share.task.kind == "do" or share.person.login == member


def _late(share: Assignment, now: datetime) -> bool:
    return share.due_at is not None and (share.decided_at or now) > share.due_at


def _state(current: Assignment | None, decided: list[Assignment], now: datetime, member: str) -> str:
    if current is None:
        return "done"
    if not _own(current, member):
        return "waiting"
    if decided and decided[-1].outcome == RETURN:
        return "returned"
    return "late" if current.due_at and current.due_at < now else "open"
