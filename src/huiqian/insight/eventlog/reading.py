"""Reads what event logs are made of, some hundred cases at a time: facts, tasks, documents, never what was written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.utils.crypto import salted_hmac

from huiqian.base.clock import COMPANY_ZONE
from huiqian.documents.models import Document, Signature, Version
from huiqian.journal.models import Entry
from huiqian.org.queries import roster
from huiqian.process.content import Content, content_of
from huiqian.process.models import Instance, InstanceLink
from huiqian.work.models import Task

BATCH = 200


@dataclass(frozen=True, slots=True)
class Who:
    """What people are called: by their names, or by pseudonyms that stay the same from one export to the next."""

    names: bool

    def key(self, person: int) -> str:
        """What stands for a person."""
        return str(person) if self.names else salted_hmac("huiqian.eventlog", str(person)).hexdigest()[:12]

    def name(self, person: int) -> str:
        """The name, or the pseudonym."""
        known = roster().people.get(person)
        return known.name if self.names and known is not None else self.key(person)


@dataclass(frozen=True)
class CaseLog:
    """A case with its facts in their order, and the tasks and documents that they are about."""

    case: Instance
    facts: Sequence[Entry]
    tasks: Mapping[int, Task]
    documents: Sequence[Document]
    # When which documents were written and signed: (moment, person) → numbers.
    written: Mapping[tuple[datetime, int], Sequence[str]]
    signed: Mapping[tuple[datetime, int], Sequence[str]]
    # The numbers of the cases that this one was handed on from.
    follows: Sequence[str]

    @cached_property
    def content(self) -> Content:
        """The version that the case runs by."""
        return content_of(self.case.version_id)

    def step(self, fact: Entry) -> str:
        """The name of the step that a fact is about, in the reader's language; empty where it is about none."""
        element = self.element(fact)
        return self.content.step_name(element) if element in self.content.definition.elements else ""

    def element(self, fact: Entry) -> str:
        """The step that a fact is about."""
        task = self.task(fact)
        return task.element if task else str(fact.detail.get("element") or "")

    def task(self, fact: Entry) -> Task | None:
        """The task that a fact is about."""
        return self.tasks.get(fact.detail.get("task") or 0)

    def position(self, fact: Entry) -> str:
        """The position that was asked."""
        task = self.task(fact)
        return task.position if task else ""


@dataclass(frozen=True, slots=True)
class Selection:
    """The cases of an export, in the order they began, and the journal's last entry that counts."""

    cases: tuple[int, ...]
    upto: int


def select(process: str, since: date, until: date) -> Selection:
    """All cases that began from one day to another, both included; of one process, or of all ("").  2 queries."""
    begins, ends = (datetime.combine(day, time(), COMPANY_ZONE) for day in (since, until + timedelta(days=1)))
    found = Instance.objects.filter(started_at__gte=begins, started_at__lt=ends).order_by("started_at", "pk")
    if process:
        found = found.filter(version__definition__code=process)
    upto = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return Selection(tuple(found.values_list("pk", flat=True)), upto)


def case_logs(selection: Selection) -> Iterator[CaseLog]:
    """The cases of a selection with all that happened in them. 7 queries for some hundred cases."""
    for start in range(0, len(selection.cases), BATCH):
        yield from _batch(selection.cases[start : start + BATCH], selection.upto)


def _batch(ids: Sequence[int], upto: int) -> Iterator[CaseLog]:
    cases = Instance.objects.filter(pk__in=ids).select_related("version__definition", "parent")
    cases = cases.defer("state", "data", "decisions", "version__bpmn", "version__content", "version__layout")
    cases = cases.defer("parent__state", "parent__data", "parent__decisions")
    found = {case.pk: case for case in cases}
    facts = defaultdict(list)
    chains = [f"case:{one}" for one in ids]
    for entry in Entry.objects.filter(chain__in=chains, id__lte=upto).order_by("chain", "number").defer("hash"):
        facts[entry.chain].append(entry)
    # Behind the facts, so that nothing that they name is missing.
    tasks: dict[int, dict[int, Task]] = defaultdict(dict)
    for task in Task.objects.filter(instance__in=ids).order_by("id"):
        tasks[task.instance_id][task.pk] = task
    documents: dict[int, list[Document]] = defaultdict(list)
    for document in Document.objects.filter(dossier__in=ids).order_by("id").defer("search"):
        documents[document.dossier_id].append(document)
    written, signed = _written(ids), _signed(ids)
    follows = defaultdict(list)
    links = InstanceLink.objects.filter(target__in=ids).order_by("id")
    for target, source in links.values_list("target_id", "source__number"):
        follows[target].append(source)
    for one in ids:
        yield CaseLog(
            case=found[one], facts=facts[f"case:{one}"], tasks=tasks[one], documents=documents[one],
            written=written[one], signed=signed[one], follows=list(dict.fromkeys(follows[one])),
        )  # fmt: skip


Done = Mapping[int, Mapping[tuple[datetime, int], Sequence[str]]]


def _written(ids: Sequence[int]) -> Done:
    rows = Version.objects.filter(document__dossier__in=ids).order_by("id")
    return _by_case(rows.values_list("document__dossier_id", "written_at", "author_id", "document__number"))


def _signed(ids: Sequence[int]) -> Done:
    rows = Signature.objects.filter(version__document__dossier__in=ids).order_by("id")
    return _by_case(
        rows.values_list("version__document__dossier_id", "signed_at", "person_id", "version__document__number")
    )


def _by_case(rows: Iterable[tuple[int, datetime, int, str]]) -> Done:
    done: dict[int, dict[tuple[datetime, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    for case, at, person, number in rows:
        done[case][at, person].append(number)
    return done


def moment(at: datetime) -> str:
    """A moment as both formats write it."""
    return at.astimezone(COMPANY_ZONE).isoformat(timespec="microseconds")
