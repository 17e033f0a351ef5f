"""Facts about the registers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from huiqian.base.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSaved(Event):
    """A customer was added (no changes) or changed."""

    code: str
    name: str
    changes: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerClosed(Event):
    """A customer can no longer be chosen."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerReopened(Event):
    """A customer can be chosen again."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDeleted(Event):
    """A customer that nothing quotes was deleted."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomersImported(Event):
    """A sheet of customers came in; the entries' own facts say what changed."""

    added: int
    changed: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductSaved(Event):
    """A product was added (no changes) or changed."""

    code: str
    name: str
    changes: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductClosed(Event):
    """A product can no longer be chosen."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductReopened(Event):
    """A product can be chosen again."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDeleted(Event):
    """A product that nothing quotes was deleted."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductsImported(Event):
    """A sheet of products came in; the entries' own facts say what changed."""

    added: int
    changed: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceListPublished(Event):
    """A price list takes effect on a day; `replaces` are the lists whose prices it ends."""

    number: str
    effective_from: date
    products: list[str]
    replaces: list[str]
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesPlanRegistered(Event):
    """The signed sales plan of a month went into the register."""

    month: date
    case: str
    lines: int
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionPlanRegistered(Event):
    """A month's production plan went into the year's."""

    month: date
    case: str
    products: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActualsReported(Event):
    """What was sold and paid in a month was reported."""

    month: date
    lines: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class StockItemSaved(Event):
    """An item of the stock was added (no changes) or changed."""

    code: str
    name: str
    changes: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class StockItemClosed(Event):
    """An item is no longer kept in stock."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockItemReopened(Event):
    """An item is kept in stock again."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockItemDeleted(Event):
    """An item that never lay in stock was deleted."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockMoved(Event):
    """Something came into stock ("received") or was taken out ("taken"); `left` lies at the place afterwards."""

    code: str
    move: str
    place: str
    quantity: Decimal
    left: Decimal
    recipient: str
    purpose: str
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntryAdded(Event):
    """Somebody wrote into an event's log; `photos` are files of the case."""

    entry: int
    happened_at: datetime
    place: str
    text: str
    photos: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLogOpened(Event):
    """An event's log is written from now on, by the people named; those who `left` have no part in the event now."""

    people: list[str]
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLogClosed(Event):
    """An event is over; its log has so many entries."""

    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTemplateSaved(Event):
    """An event left a template; or renewed one (`replaces`: the document that stood there before)."""

    code: str
    name: str
    document: str
    case: str
    replaces: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTemplateClosed(Event):
    """No event starts from this template any more."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTemplateReopened(Event):
    """Events may start from this template again."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsStarted(Event):
    """Events in several cities started from a template: city → the case's number."""

    code: str
    cases: dict[str, str]
