"""How a fact's hash is made: SHA-256 over the hash before it and the fact in one canonical form."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A fact as the journal holds it, before or after hashing."""

    chain: str
    number: int
    kind: str
    actor_id: int | None
    behalf_id: int | None
    at: datetime
    door: str
    address: str
    detail: dict[str, object]


def canonical(fact: Sealed) -> bytes:
    """The one way to write a fact down: JSON, keys sorted, UTC to the microsecond, UTF-8."""
    moment = fact.at.astimezone(UTC).isoformat(timespec="microseconds")
    row = [
        fact.chain,
        fact.number,
        fact.kind,
        fact.actor_id,
        fact.behalf_id,
        moment,
        fact.door,
        fact.address,
        fact.detail,
    ]
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(previous: bytes, fact: Sealed) -> bytes:
    """The hash of `fact` when `previous` is the hash of the fact before it (32 bytes each)."""
    return sha256(previous + canonical(fact)).digest()


def seal(previous: bytes, heads: Iterable[tuple[str, int, bytes]]) -> bytes:
    """A day's root: over the root before it and the heads of the chains that grew, in order of their names."""
    digest = sha256(previous)
    for chain, length, head in sorted(heads):
        digest.update(f"{chain}\n{length}\n{head.hex()}\n".encode())
    return digest.digest()
