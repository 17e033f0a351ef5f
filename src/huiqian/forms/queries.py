"""What pages and the API ask about drafts, and the organisation as forms look it up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from django.db.models import QuerySet

from huiqian.base import wires
from huiqian.base.actors import Actor
from huiqian.forms.access import draft_by_id, visible_drafts
from huiqian.forms.models import Draft
from huiqian.forms.rules.registers import Register
from huiqian.org.queries import roster


def drafts(actor: Actor) -> QuerySet[Draft]:
    """One's own drafts of cases not yet started, last saved first, without their values. 1 query."""
    return visible_drafts(actor).filter(place__startswith="start:").defer("values")


def draft_for(actor: Actor, place: str) -> Draft | None:
    """The draft for a place, the last saved one where there are several. 1 query."""
    return visible_drafts(actor).filter(place=place).first()


def draft(actor: Actor, draft_id: UUID) -> Draft:
    """One of one's own drafts. 1 query; NotFound otherwise."""
    return draft_by_id(actor, draft_id)


@dataclass(frozen=True, slots=True)
class OrganisationNames:
    """Codes and names of people, departments and positions, as fields offer them."""

    people: Mapping[str, str]
    departments: Mapping[str, str]
    positions: Mapping[str, str]
    registers: Callable[[str], Register] = field(default=lambda kind: Register())

    def register(self, kind: str) -> Register:
        """The register of customers or products."""
        return self.registers(kind)


def directory() -> OrganisationNames:
    """The organisation as fields look it up: active people by login, departments and positions by code. No query
    beyond roster()'s; a register is read, once, when a form has a field that names its entries (1 query).
    """
    snapshot = roster()
    departments = {p.department: p.department_name for p in snapshot.positions.values()}
    return OrganisationNames(
        people={p.login: p.name for p in snapshot.people.values() if p.active},
        departments=departments,
        positions={code: position.name for code, position in snapshot.positions.items()},
        registers=cache(lambda kind: wires.hand(f"register:{kind}")()),
    )
