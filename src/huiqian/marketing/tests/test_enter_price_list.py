"""Price lists: one price for a product and day, whatever happens."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from huiqian.base.errors import Forbidden, Invalid
from huiqian.marketing.commands import enter_price_list
from huiqian.marketing.models import PriceLine, PriceList
from huiqian.marketing.rules.prices import PriceRow, month_of
from tests.people import actor

FIRST = date(2027, 3, 1)


def row(product: str = "HX-350", **changes: str) -> PriceRow:
    prices = {"list_price": "5600", "project_price": "4980", "dealer_price": "4580", "floor_price": "4100", **changes}
    return PriceRow(product=product, **{name: Decimal(price) for name, price in prices.items()})


def prices_on(day: date, product: str = "HX-350") -> list[tuple[str, Decimal]]:
    lines = PriceLine.objects.on(day).filter(product__code=product)
    return list(lines.values_list("price_list__number", "list_price"))


@pytest.mark.usefixtures("company")
def test_a_new_list_ends_the_old_price_on_its_day_and_leaves_other_products_alone() -> None:
    made = enter_price_list(actor("admin"), [row()], title="2027 春季调价", effective_from=FIRST)
    assert (made.number, made.predecessor_id is not None) == ("PL-2027-001", True)
    assert prices_on(FIRST - timedelta(days=1)) == [(made.predecessor.number, Decimal("5280.00"))]  # type: ignore[union-attr]
    assert prices_on(FIRST) == [("PL-2027-001", Decimal("5600.00"))]
    assert prices_on(FIRST, "HX-500") == [(made.predecessor.number, Decimal("6980.00"))]  # type: ignore[union-attr]


@pytest.mark.usefixtures("company")
def test_a_list_between_two_ends_where_the_next_begins() -> None:
    enter_price_list(actor("admin"), [row()], title="三月", effective_from=FIRST)
    enter_price_list(actor("admin"), [row(list_price="5400")], title="二月", effective_from=date(2027, 2, 1))
    assert [prices_on(date(2027, month, 15))[0][1] for month in (1, 2, 3)] == [5280, 5400, 5600]


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("rows", "path"),
    [
        ([row("HX-999")], "price_lines.0.product"), ([row(), row()], "price_lines.1.product"), ([], "price_lines"),
        ([row(floor_price="0")], "price_lines.0.floor_price"),
        ([row(dealer_price="4000")], "price_lines.0.dealer_price"),
        ([row(discount_director="101")], "price_lines.0.discount_director"),
        ([row(discount_manager="9", discount_director="5")], "price_lines.0.discount_director"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_list_is_told_at_its_cell(rows: list[PriceRow], path: str) -> None:
    with pytest.raises(Invalid) as refused:
        enter_price_list(actor("admin"), rows, title="坏价格表", effective_from=FIRST)
    assert list(refused.value.errors) == [path]
    assert PriceList.objects.count() == 1
    with pytest.raises(Forbidden):
        enter_price_list(actor("general_manager"), [row()], title="不归他录入", effective_from=FIRST)


@pytest.mark.usefixtures("company")
def test_the_database_itself_refuses_two_prices_and_a_price_under_its_floor() -> None:
    line = PriceLine.objects.get(product__code="HX-350")
    for change in ({"since": date(2026, 6, 1), "pk": None}, {"floor_price": Decimal("9999")}, {"until": line.since}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PriceLine(**{**{f.attname: getattr(line, f.attname) for f in line._meta.fields}, **change}).save()


@pytest.mark.usefixtures("real_company")
def test_two_lists_for_one_product_and_day_at_once_leave_one() -> None:
    def publish(price: int) -> str:
        try:
            who = actor("admin")
            return enter_price_list(who, [row(list_price=str(price))], title=f"{price}", effective_from=FIRST).number
        except Invalid as refused:
            return next(iter(refused.errors))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        results = sorted(threads.map(publish, range(5600, 5606)))
    assert results == ["PL-2027-001", *["price_lines.0.product"] * 5]
    assert len(prices_on(FIRST)) == 1


@pytest.mark.parametrize(
    ("said", "month"),
    [("2026-12", date(2026, 12, 1)), ("2026-12-31", date(2026, 12, 1)), (date(2026, 12, 5), date(2026, 12, 1)),
     ("2026-13", None), ("soon", None), (None, None)],
)  # fmt: skip
def test_a_month_is_its_first_day(said: object, month: date | None) -> None:
    assert month_of(said) == month
