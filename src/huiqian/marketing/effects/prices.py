"""Price lists: put in force, checked before they are, and read by cases."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import Incident, Invalid, Text
from huiqian.documents import effects as documents
from huiqian.documents.models import Document
from huiqian.forms.rules import typed
from huiqian.marketing.access import lock_register
from huiqian.marketing.effects.entries import note
from huiqian.marketing.effects.ripple import make_ripple
from huiqian.marketing.events import PriceListPublished
from huiqian.marketing.models import Customer, PriceLine, PriceList, Product
from huiqian.marketing.rules.prices import DISCOUNTS, LEVELS, Errors, PriceRow, check_first_day, check_prices, month_of
from huiqian.org.rules import PersonRef
from huiqian.process.members import Readable
from huiqian.process.models import Instance
from huiqian.process.run import Case

TABLE = "price_lines"


def find_errors(rows: Sequence[PriceRow], first: date) -> Errors:
    """What stands against these prices from this day on, by cell. 2 queries; the register is locked."""
    errors = check_prices(rows)
    codes = [row.product for row in rows]
    known = set(Product.objects.filter(code__in=codes).values_list("code", flat=True))
    taken = dict(
        PriceLine.objects.filter(product__code__in=codes, since=first).values_list(
            "product__code", "price_list__number"
        )
    )
    for place, code in enumerate(codes):
        path = f"{TABLE}.{place}.product"
        if code not in known:
            errors.setdefault(path, []).append(_("There is no such product in the register."))
        elif code in taken:
            errors.setdefault(path, []).append(_taken(taken[code], first))
    return errors


def _taken(number: str, first: date) -> Text:
    return format_lazy(
        _("{number} sets a price for this product from {day} on already. Choose another day."), number=number, day=first
    )


def write_price_list(
    actor: Actor,
    rows: Sequence[PriceRow],
    first: date,
    *,
    title: str,
    author: tuple[int | None, str],
    case_number: str = "",
    text: str = "",
) -> PriceList:
    """Put prices that were checked in force from a day on: those before them end on it, those after stay.

    A list whose last price ends is superseded, and its document with it; both stay readable.
    """
    products = {product.code: product for product in Product.objects.filter(code__in=[row.product for row in rows])}
    lines = PriceLine.objects.filter(product__in=products.values()).select_related("price_list", "product")
    before = list(lines.on(first))
    after: dict[str, date] = {}
    for line in lines.filter(since__gt=first).order_by("-since"):
        after[line.product.code] = line.since
    replaced = {line.price_list_id: line.price_list for line in before}
    newest = max(replaced.values(), key=lambda one: (one.effective_from, one.pk), default=None)
    made = PriceList.objects.create(
        number=_next_number(first), title=title[:200], effective_from=first, predecessor=newest,
        case_number=case_number, note=text, author_id=author[0], author_name=author[1], published_at=clock.now(),
    )  # fmt: skip
    # The old prices end before the new ones begin: on no day has a product two.
    PriceLine.objects.filter(pk__in=[line.pk for line in before]).update(until=first)
    PriceLine.objects.bulk_create([
        PriceLine(
            price_list=made, product=products[row.product], since=first, until=after.get(row.product),
            **{name: getattr(row, name) for name in (*LEVELS, *DISCOUNTS)},
        )
        for row in rows
    ])  # fmt: skip
    ended = _supersede(replaced.values(), first)
    make_ripple(rows, first, title=made.title, case_number=case_number, made=made)
    fact = PriceListPublished(
        number=made.number, effective_from=first, products=sorted(products), replaces=ended, case=case_number
    )
    note(actor, "price-lists", fact)
    return made


def _next_number(first: date) -> str:
    """PL-2026-003 after PL-2026-002. The register is locked."""
    prefix = f"PL-{first.year}-"
    numbers = PriceList.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    return f"{prefix}{max((int(number[len(prefix) :]) for number in numbers), default=0) + 1:03d}"


def _supersede(lists: Any, first: date) -> list[str]:
    """The numbers of the lists that lost their last price; their documents are superseded."""
    ended = []
    for one in lists:
        if not one.lines.filter(Q(until__isnull=True) | Q(until__gt=first)).exists():
            ended.append(one.number)
            if one.document_id:
                documents.supersede(one.document_id)
    return sorted(ended)


def rows_of(answers: Mapping[str, object]) -> tuple[list[PriceRow], date | None]:
    """The proposal's table as the case has it: checked by its form, so whole."""
    lines, first = answers.get(TABLE), answers.get("effective_from")
    rows = [_row(line) for line in lines if isinstance(line, Mapping)] if isinstance(lines, list) else []
    return rows, first if isinstance(first, date) else None


def _row(line: Mapping[str, object]) -> PriceRow:
    def number(name: str) -> Decimal:
        value = line.get(name)
        return value if isinstance(value, Decimal) else Decimal(0)

    return PriceRow(product=str(line.get("product", "")), **{name: number(name) for name in (*LEVELS, *DISCOUNTS)})


def announce_prices(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step of SC-005: approved prices are announced, so that whoever still quotes those before them looks
    again; they take effect on their day (publish_price_list).
    """
    rows, first = rows_of(case.variables())
    if first is None:
        raise Incident("no-first-day", _("The proposal says no day from which its prices are in force."))
    make_ripple(rows, first, title=case.title, case_number=case.number)
    return {}


def require_price_list(case: Case, element: str, answers: Mapping[str, Any]) -> None:
    """Before a proposal goes on: Invalid for a list that starts in the past, for prices under their floor, and for a
    day on which another list, or another case under way, sets a price for the same product.
    """
    lock_register("price lists")
    rows, first = rows_of(typed(case.content.forms.values(), {**case.answers, **answers}))
    if first is None:
        raise Invalid({"effective_from": [_("Fill this in.")]})
    errors = check_first_day(first, case.now.astimezone(clock.COMPANY_ZONE).date()) | find_errors(rows, first)
    for code, number in _claims(case, first).items():
        for place, row in enumerate(rows):
            if row.product == code:
                errors.setdefault(f"{TABLE}.{place}.product", []).append(_taken(number, first))
    if errors:
        raise Invalid(errors)


def _claims(case: Case, first: date) -> dict[str, str]:
    """What other cases under way propose for this day: product code → the case's number. 1 query."""
    others = Instance.objects.filter(
        status=Instance.Status.RUNNING,
        version__definition__code=case.content.code,
        data__effective_from=first.isoformat(),
    ).exclude(pk=case.id)
    return {
        str(line.get("product")): number
        for number, lines in others.values_list("number", f"data__{TABLE}")
        for line in lines or []
    }


def publish_price_list(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step of SC-005: the approved proposal's prices take effect on their day, as document `document`.

    The case keeps the list's number as `price_list`. An Incident where another list took the day meanwhile.
    """
    lock_register("price lists")
    rows, first = rows_of(case.variables())
    if first is None:
        raise Incident("no-first-day", _("The proposal says no day from which its prices are in force."))
    errors = find_errors(rows, first)
    if errors:
        raise Incident("price-list-refused", " ".join(str(text) for texts in errors.values() for text in texts))
    starter = case.roster.people[case.starter_id]
    made = write_price_list(
        case.actor, rows, first, title=case.title, author=(starter.id, starter.name), case_number=case.number,
        text=str(case.data.get("price_note") or ""),
    )  # fmt: skip
    case.keep({"price_list": made.number})
    _write_document(case, made, str(inputs.get("document") or "price_list"), starter)
    _keep_cost(case)
    return {"price_list": made.number}


def _write_document(case: Case, made: PriceList, key: str, author: PersonRef) -> None:
    """The price list as a document of the case, in force at once: what was approved stands in the proposal."""
    kind = case.content.documents.get(key)
    if kind is None:
        raise Incident(
            "no-document", format_lazy(_("The process has no document “{key}” for its price list."), key=key)
        )
    documents.write_version(
        case.id, key, number=f"{case.number}-{kind.place:02d}", name_zh=kind.name_zh, name_en=kind.name_en,
        title=case.title, process_code=case.content.code, process_version=case.version_id,
        form=case.content.forms[kind.form], values=case.data, author=author, at=case.now,
    )  # fmt: skip
    documents.put_in_force(case.id, key, case.now)
    made.document = Document.objects.get(dossier_id=case.id, key=key)
    made.save(update_fields=["document"])


def _keep_cost(case: Case) -> None:
    """The cost that the case worked out is the product's from now on."""
    answers = case.variables()
    product, cost = answers.get("product"), answers.get("unit_cost")
    if isinstance(product, str) and isinstance(cost, Decimal):
        Product.objects.filter(code=product).update(cost=cost)


def list_prices(case: Readable) -> dict[str, Decimal]:
    """For expressions: product code → list price, on the first day of the case's plan_month, else today. 1 query."""
    return _prices(case, "list_price")


def floor_prices(case: Readable) -> dict[str, Decimal]:
    """For expressions: product code → floor price, on the first day of the case's plan_month, else today. 1 query."""
    return _prices(case, "floor_price")


def _prices(case: Readable, level: str) -> dict[str, Decimal]:
    day = month_of(case.data.get("plan_month")) or clock.today()
    return dict(PriceLine.objects.on(day).values_list("product__code", level))


def product_names(case: Readable) -> dict[str, str]:
    """For expressions: product code → name, closed ones too. 1 query."""
    return dict(Product.objects.values_list("code", "name"))


def customer_names(case: Readable) -> dict[str, str]:
    """For expressions: customer code → name, closed ones too. 1 query."""
    return dict(Customer.objects.values_list("code", "name"))
