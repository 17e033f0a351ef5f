"""Price ripple: what approved prices change is written down; a tick then looks for the open cases that quote it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from huiqian.base import clock
from huiqian.marketing.models import PriceLine, PriceList, PriceRipple, Product
from huiqian.marketing.rules.prices import LEVELS, PriceRow
from huiqian.marketing.rules.ripple import PriceChange, Quote, find_quotes, price_changes
from huiqian.process.content import content_of, dumps
from huiqian.process.models import Instance, Member, Version

# What is still under way; what stands still may go on.
OPEN = (Instance.Status.RUNNING, Instance.Status.SUSPENDED)


def make_ripple(
    rows: Sequence[PriceRow], first: date, *, title: str, case_number: str, made: PriceList | None = None
) -> None:
    """Write down what prices change from a day on, for the tick that spreads it: once when they are approved, and again
    when their list (`made`) is there. The lines before must still be those in force.
    """
    changes = expected_changes(rows, first, made)
    ripple = PriceRipple.objects.filter(case_number=case_number).first() if case_number else None
    if ripple is None and not changes:
        return
    ripple = ripple or PriceRipple(case_number=case_number)
    ripple.price_list, ripple.title, ripple.effective_from = made, title[:200], first
    ripple.changes, ripple.made_at, ripple.spread_at = (
        {one.product: one.to_json() for one in changes},
        clock.now(),
        None,
    )
    ripple.save()


def expected_changes(rows: Sequence[PriceRow], first: date, made: PriceList | None = None) -> tuple[PriceChange, ...]:
    """What prices change from a day on, against those in force then but for the list `made` itself. 2 queries."""
    codes = [row.product for row in rows]
    lines = PriceLine.objects.filter(product__code__in=codes)
    # Those before end on that day as soon as the new list is written.
    ended = lines.filter(until=first) if made else lines.on(first)
    before: dict[str, dict[str, Decimal]] = {}
    for code, *prices in ended.values_list("product__code", *LEVELS):
        before[code] = dict(zip(LEVELS, prices, strict=True))
    return price_changes(rows, before, dict(Product.objects.filter(code__in=codes).values_list("code", "name")))


def changes_of(ripple: PriceRipple) -> tuple[PriceChange, ...]:
    """What a ripple changes, by product."""
    return tuple(PriceChange.from_json(code, kept) for code, kept in sorted(ripple.changes.items()))


def until(first: date, known: datetime) -> datetime:
    """Until when cases begin with the prices before: the first day's beginning, or when the new ones became known, if
    that was later.
    """
    return max(datetime.combine(first, time(), clock.COMPANY_ZONE), known)


def quoting_cases(cases: QuerySet[Instance], changes: Sequence[PriceChange], before: datetime) -> QuerySet[Instance]:
    """Of these cases those under way, begun before a moment, whose answers may name a product of the changes, by
    a process that says where; to be looked at by quotes_of(). The database looks for names and codes; where they stand
    is the rules' to say.
    """
    if not changes:
        return cases.none()
    declaring = Version.objects.filter(content__has_key="prices").values_list("pk", flat=True)
    # One pattern for all of them: the database goes through each case's answers once, however long the list is.
    needles = sorted({dumps(text)[1:-1] for change in changes for text in (change.product, change.name)})
    named = Q(answers__iregex="|".join(re.escape(needle) for needle in needles))
    members = Member.objects.filter(instance=OuterRef("pk")).annotate(answers=Cast("data", TextField()))
    return (
        cases.filter(status__in=OPEN, started_at__lt=before, version__in=list(declaring))
        .annotate(answers=Cast("data", TextField()))
        .filter(named | Q(Exists(members.filter(named))))
        .order_by("pk")
    )


def quotes_of(
    version: int,
    data: Mapping[str, Any],
    members: Mapping[str, Mapping[str, Any]],
    changes: Iterable[PriceChange],
    first: date,
) -> tuple[Quote, ...]:
    """Where a case's answers quote prices that change, as its process says. No query once the version is known."""
    said = content_of(version).prices
    return find_quotes(said, data, members, tuple(changes), first) if said else ()
