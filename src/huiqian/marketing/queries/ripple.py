"""What a price list touches: the ripples a tick has to spread, and what a proposal would touch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.forms.rules import typed
from huiqian.marketing.effects import changes_of, quotes_of, quoting_cases, rows_of
from huiqian.marketing.effects.ripple import expected_changes, until
from huiqian.marketing.models import PRICES, PriceRipple
from huiqian.marketing.rules.ripple import PriceChange, Quote
from huiqian.process.access import visible_cases
from huiqian.process.content import content_of
from huiqian.process.models import Instance, Member


@dataclass(frozen=True, slots=True)
class Touched:
    """An open case that quotes prices which are to change, and where."""

    case: Instance
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Ripple:
    """What a proposal or a price list changes, from which day; `touched` where nobody was asked yet."""

    cause: str
    effective_from: date
    changes: tuple[PriceChange, ...]
    touched: tuple[Touched, ...] = ()


def ripples_to_spread() -> list[PriceRipple]:
    """What is to be brought to open cases, the oldest first. 1 query."""
    return list(PriceRipple.objects.filter(spread_at__isnull=True, void_at__isnull=True).order_by("pk"))


def ripples_given_up() -> list[PriceRipple]:
    """What will not take effect: its proposal was withdrawn or ended without a list. 1 query."""
    ended = Instance.objects.filter(status__in=(Instance.Status.WITHDRAWN, Instance.Status.TERMINATED))
    waiting = PriceRipple.objects.filter(price_list__isnull=True, void_at__isnull=True)
    return list(waiting.filter(case_number__in=ended.values("number")))


def causes_given_up() -> list[str]:
    """The causes of re-checks that nobody needs to answer any more. 1 query."""
    return [ripple.cause for ripple in PriceRipple.objects.filter(void_at__isnull=False).only("pk")]


def cases_to_recheck(ripple: PriceRipple) -> list[int]:
    """The open cases that may quote what a ripple changes, for the tick that asks. 1 query or 2."""
    cases = Instance.objects.exclude(number=ripple.case_number)
    return list(
        quoting_cases(cases, changes_of(ripple), until(ripple.effective_from, ripple.made_at)).values_list(
            "pk", flat=True
        )
    )


def ripple_of_list(price_list: int) -> Ripple | None:
    """What a price list changed; None where nothing that had a price before. 1 query."""
    found = PriceRipple.objects.filter(price_list=price_list).first()
    return Ripple(found.cause, found.effective_from, changes_of(found)) if found else None


def ripple_of_case(actor: Actor, number: str, version: int, data: Mapping[str, object]) -> Ripple | None:
    """What a proposal changes: once approved, as it was announced; before, what it would touch of the cases that the
    reader may read. The caller has checked that they may read the proposal. At most 6 queries.
    """
    found = PriceRipple.objects.filter(case_number=number).first()
    if found is not None:
        return Ripple(found.cause, found.effective_from, changes_of(found))
    rows, first = rows_of(typed(content_of(version).forms.values(), data))
    if first is None or not rows:
        return None
    changes = expected_changes(rows, first)
    return Ripple("", first, changes, _touched(actor, number, changes, first)) if changes else None


def _touched(actor: Actor, number: str, changes: Sequence[PriceChange], first: date) -> tuple[Touched, ...]:
    cases = list(
        quoting_cases(visible_cases(actor).exclude(number=number), changes, until(first, clock.now())).defer(
            "state", "decisions"
        )
    )
    members: dict[int, dict[str, Mapping[str, object]]] = {}
    for one in Member.objects.filter(instance__in=[case.pk for case in cases]):
        members.setdefault(one.instance_id, {})[one.item] = one.data
    looked = (
        Touched(case, quotes_of(case.version_id, case.data, members.get(case.pk, {}), changes, first)) for case in cases
    )
    return tuple(one for one in looked if one.quotes)


def price_lists_of_causes(causes: Sequence[str]) -> dict[str, str]:
    """The number of the price list behind each cause, where it is in the register yet. 1 query."""
    wanted = [int(cause.removeprefix(PRICES)) for cause in causes if cause.startswith(PRICES)]
    found = PriceRipple.objects.filter(pk__in=wanted, price_list__isnull=False)
    return {f"{PRICES}{pk}": number for pk, number in found.values_list("pk", "price_list__number")}
