"""The chain of a case (G1): what it came from and what came of it, as far as it goes, both ways."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from huiqian.base.actors import Actor
from huiqian.base.languages import pick
from huiqian.documents.access import visible_documents
from huiqian.documents.queries import whose
from huiqian.process.access import case_for, visible_cases
from huiqian.process.models import Instance, InstanceLink

MOST = 200


@dataclass(frozen=True, slots=True)
class ChainDocument:
    """A document of a case in the chain that the reader may read."""

    number: str
    name: str
    whose: str
    status: str


@dataclass(frozen=True, slots=True)
class ChainCase:
    """A case in the chain. Of one that the reader may not see only its process is told; its number is empty."""

    level: int
    number: str
    title: str
    process_code: str
    process_name: str
    status: str
    started_at: datetime
    here: bool
    documents: tuple[ChainDocument, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The cases in columns: what came before on the left, what came of it on the right; `cut` when it goes on."""

    columns: tuple[tuple[ChainCase, ...], ...]
    cut: bool


def chain(actor: Actor, number: str) -> Chain:
    """The chain of a case. At most 4 queries and one for each level; NotFound where the case is not theirs to see."""
    start = case_for(actor, number)
    levels, cut = _levels(start.pk)
    cases = Instance.objects.filter(pk__in=levels).select_related("version__definition").defer("state", "data")
    seen = set(visible_cases(actor).filter(pk__in=levels).values_list("pk", flat=True))
    papers: dict[int, list[ChainDocument]] = {}
    for one in visible_documents(actor).filter(dossier__in=levels).order_by("id").defer("search"):
        paper = ChainDocument(one.number, pick(one.name_zh, one.name_en), whose(one.key, one.title), one.status)
        papers.setdefault(one.dossier_id, []).append(paper)
    columns: dict[int, list[ChainCase]] = {}
    for case in sorted(cases, key=lambda case: (case.started_at, case.pk)):
        level = levels[case.pk]
        columns.setdefault(level, []).append(
            _line(case, level, case.pk == start.pk, case.pk in seen, tuple(papers.get(case.pk, ())))
        )
    return Chain(tuple(tuple(columns[level]) for level in sorted(columns)), cut)


def _levels(start: int) -> tuple[dict[int, int], bool]:
    """Every case of the chain with its distance: what the case came from is negative, what came of it positive."""
    levels, todo = {start: 0}, deque([start])
    while todo and len(levels) < MOST:
        layer = list(todo)
        todo.clear()
        links = InstanceLink.objects.filter(Q(source__in=layer) | Q(target__in=layer)).values_list("source", "target")
        calls = Instance.objects.filter(Q(parent__in=layer) | Q(pk__in=layer), parent__isnull=False)
        for source, target in [*links, *calls.values_list("parent_id", "pk")]:
            for known, fresh, way in ((source, target, 1), (target, source, -1)):
                if known in levels and fresh not in levels and len(levels) < MOST:
                    levels[fresh] = levels[known] + way
                    todo.append(fresh)
    return levels, bool(todo)


def _line(case: Instance, level: int, here: bool, visible: bool, papers: tuple[ChainDocument, ...]) -> ChainCase:
    definition = case.version.definition
    return ChainCase(
        level=level, number=case.number if visible else "", title=case.title if visible else "",
        process_code=definition.code, process_name=definition.name, status=case.status, started_at=case.started_at,
        here=here, documents=papers,
    )  # fmt: skip
