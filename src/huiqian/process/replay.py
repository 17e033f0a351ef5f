"""Replay before effect: the last months' cases, walked again by a version that is not in effect yet, and by today's.

Both are walked with the answers that each case has now, today's decision tables (the new version by those that it
brings) and today's organisation, as if nobody returned anything: so what differs comes from the version alone.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.engine import predict
from huiqian.feel import ExpressionError
from huiqian.feel.dmn import Model
from huiqian.org.queries import roster
from huiqian.org.rules import Roster
from huiqian.process.access import version_for, visible_cases
from huiqian.process.brought import models_by
from huiqian.process.content import Content, content_of
from huiqian.process.members import Members, Seen, variables_of
from huiqian.process.models import Instance, Version

DAYS = 120
MOST_CASES = 100
MOST_SHOWN = 5

# A way: the steps that people are asked for, in order, with the position that is asked.
Way = Mapping[str, str]
# Decision tables by key.
Tables = Mapping[str, Model]
# In which manner a way is another one: steps more, steps less, steps that others do.
Manner = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case that the reader may open."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Detour:
    """Cases that would take another way, all in the same manner: steps more, steps less, steps that others do."""

    more: tuple[str, ...]
    less: tuple[str, ...]
    moved: tuple[str, ...]
    count: int
    shown: tuple[CaseRef, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """How many steps more (or less) a position would have had."""

    position: str
    change: int


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A position that nobody holds today, and who would be asked in its place."""

    position: str
    instead: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Replay:
    """What the last months' cases would have been by the new version; `untold` could not be walked."""

    days: int
    cases: int
    detours: tuple[Detour, ...]
    loads: tuple[Load, ...]
    vacancies: tuple[Vacancy, ...]
    untold: int

    @property
    def otherwise(self) -> int:
        """How many cases would take another way."""
        return sum(one.count for one in self.detours)


@dataclass(slots=True)
class _Tally:
    cases: int = 0
    untold: int = 0
    load: Counter[str] = field(default_factory=Counter)
    vacant: Counter[str] = field(default_factory=Counter)
    groups: defaultdict[Manner, list[Instance]] = field(default_factory=lambda: defaultdict(list))


def replay(actor: Actor, code: str, number: int) -> Replay:
    """Walk the process's cases of the last 120 days (the newest 100) by this version. 7 queries, and what the cases'
    registers ask. NotFound where nothing is to be compared: the version in effect, or one that is over.
    """
    version = version_for(actor, code, number)
    current = Version.objects.filter(definition_id=version.definition_id, status=Version.Status.IN_EFFECT).first()
    if current is None or version.effective_from is not None:
        raise NotFound
    since = clock.now() - timedelta(days=DAYS)
    cases = (
        Instance.objects.filter(version__definition_id=version.definition_id, started_at__gte=since)
        .exclude(status=Instance.Status.WITHDRAWN)
        .defer("state")
        .order_by("-started_at")[:MOST_CASES]
    )
    before, after, snapshot = content_of(current.pk), content_of(version.pk), roster()
    day, tally = clock.today(), _Tally()
    old, new = (before, models_by(before, current)), (after, models_by(after, version, current))
    for case in cases:
        _compare(case, old, new, snapshot, day, tally)
    visible = set(
        visible_cases(actor).filter(version__definition_id=version.definition_id).values_list("pk", flat=True)
    )
    return _told(tally, snapshot, day, visible)


def _compare(
    case: Instance,
    one: tuple[Content, Tables],
    other: tuple[Content, Tables],
    snapshot: Roster,
    day: date,
    tally: _Tally,
) -> None:
    (before, _tables), (after, _tables) = one, other
    try:
        old, new = (_way(case, content, tables, snapshot) for content, tables in (one, other))
    except (ExpressionError, LookupError, ValueError, TypeError):
        tally.untold += 1
        return
    tally.cases += 1
    name = snapshot.position_name
    tally.load.update(new.values())
    tally.load.subtract(old.values())
    tally.vacant.update({one for one in new.values() if one and not snapshot.holders(one, day)})
    more = tuple(_step(after, e, name(position)) for e, position in new.items() if e not in old)
    less = tuple(_step(before, e, name(position)) for e, position in old.items() if e not in new)
    moved = tuple(
        _step(after, e, f"{name(old[e])} → {name(position)}")
        for e, position in new.items()
        if e in old and old[e] != position
    )
    if more or less or moved:
        tally.groups[more, less, moved].append(case)


def _step(content: Content, element: str, who: str) -> str:
    return _("%(step)s (%(who)s)") % {"step": content.step_name(element), "who": who}


def _way(case: Instance, content: Content, tables: Tables, snapshot: Roster) -> Way:
    """The steps for people that a case passes from its beginning, with its answers as they are."""
    results = {
        e.settings["decision"]: e.settings.get("result", "")
        for e in content.definition.elements.values()
        if e.kind == "businessRuleTask"
    }

    def decide(key: str, seen: Mapping[str, object]) -> Mapping[str, object]:
        return {results[key]: tables[key].decide(key, seen).value}

    seen = Seen(case.pk, content, case.data, snapshot, clock.now(), Members(case.pk))
    foreseen = predict(content.definition, None, variables_of(seen), decide)
    return {
        one.element: one.position or ""
        for one in foreseen
        if one.kind in ("userTask", "manualTask") and not one.skipped
    }


def _told(tally: _Tally, snapshot: Roster, day: date, visible: set[int]) -> Replay:
    detours = [_detour(key, cases, visible) for key, cases in tally.groups.items()]
    name = snapshot.position_name
    loads = [Load(name(code), change) for code, change in tally.load.items() if change]
    vacancies = [
        Vacancy(name(code), tuple(one.person.name for one in snapshot.choose(code, day)), count)
        for code, count in tally.vacant.items()
    ]
    return Replay(
        DAYS, tally.cases, tuple(sorted(detours, key=lambda one: -one.count)),
        tuple(sorted(loads, key=lambda one: -one.change)), tuple(vacancies), tally.untold,
    )  # fmt: skip


def _detour(key: Manner, cases: Sequence[Instance], visible: set[int]) -> Detour:
    shown = tuple(CaseRef(one.number, one.title) for one in cases if one.pk in visible)[:MOST_SHOWN]
    more, less, moved = key
    return Detour(more, less, moved, len(cases), shown)
