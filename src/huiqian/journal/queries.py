"""Reads the journal and checks that nobody tampered with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from huiqian.journal.models import Anchor, AnchoredHead, Chain, Entry
from huiqian.journal.rules import GENESIS, Sealed, link, seal


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the journal is not what was written: `what` is changed, removed, inserted, head, seal or seal-head."""

    chain: str
    number: int
    what: str
    entry_id: int | None = None


def history(chain: str) -> QuerySet[Entry]:
    """The facts of one chain in order. 1 query."""
    return Entry.objects.filter(chain=chain).order_by("number")


def verify() -> Iterator[Fault]:
    """Walk every chain and every seal; yields each fault found. Reads all rows once, in order, a batch at a time."""
    heads = {chain.key: (chain.length, bytes(chain.head)) for chain in Chain.objects.iterator()}
    sealed: dict[tuple[str, int], bytes] = {
        (head.chain, head.length): bytes(head.head) for head in AnchoredHead.objects.iterator()
    }
    rows = Entry.objects.order_by("chain", "number").iterator(chunk_size=2000)
    for chain, entries in groupby(rows, key=lambda entry: entry.chain):
        yield from _verify_chain(chain, entries, heads.pop(chain, None), sealed)
    for chain, (length, _head) in heads.items():
        if length:
            yield Fault(chain, 1, "removed")
    for chain, length in sealed:
        yield Fault(chain, length, "seal-head")
    yield from _verify_seals()


def _verify_chain(
    chain: str,
    entries: Iterator[Entry],
    head: tuple[int, bytes] | None,
    sealed: dict[tuple[str, int], bytes],
) -> Iterator[Fault]:
    previous, expected = GENESIS, 1
    for entry in entries:
        for missing in range(expected, entry.number):
            yield Fault(chain, missing, "removed")
        fact = Sealed(
            entry.chain, entry.number, entry.kind, entry.actor_id, entry.behalf_id, entry.at, entry.door, entry.address,
            entry.detail,
        )  # fmt: skip
        stored = bytes(entry.hash)
        if entry.number == expected and link(previous, fact) != stored:
            yield Fault(chain, entry.number, "changed", entry.pk)
        at_seal = sealed.pop((chain, entry.number), None)
        if at_seal is not None and at_seal != stored:
            yield Fault(chain, entry.number, "seal-head", entry.pk)
        previous, expected = stored, entry.number + 1
    length, last = head if head else (0, GENESIS)
    if length > expected - 1:
        for missing in range(expected, length + 1):
            yield Fault(chain, missing, "removed")
    elif length < expected - 1:
        for extra in range(length + 1, expected):
            yield Fault(chain, extra, "inserted")
    elif last != previous:
        yield Fault(chain, length, "head")


def _verify_seals() -> Iterator[Fault]:
    previous = GENESIS
    for anchor in Anchor.objects.order_by("day").prefetch_related("heads"):
        heads = [(head.chain, head.length, bytes(head.head)) for head in anchor.heads.all()]
        if bytes(anchor.previous) != previous or seal(previous, heads) != bytes(anchor.root):
            yield Fault(f"seal {anchor.day}", 0, "seal")
        previous = bytes(anchor.root)
