"""Signed plans become rows: once a month, all of it or nothing."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiqian.base import clock
from huiqian.base.errors import Incident, Invalid
from huiqian.marketing.commands import delete_customer
from huiqian.marketing.effects import (
    Quoted,
    add_to_production_year,
    floor_prices,
    register_sales_plan,
    require_open_month,
)
from huiqian.marketing.models import ProductionLine, SalesLine, SalesMonth
from huiqian.marketing.queries import merged_month, production_year, sales_lines, signed_month
from huiqian.marketing.rules.merging import month_after, month_before
from huiqian.process.models import Instance
from huiqian.process.run import Case, lock_case
from tests.people import actor, start

MONTH = date(2026, 12, 1)


def line(customer: str, product: str, quantity: str, price: str, **more: str) -> Mapping[str, str]:
    return {"customer": customer, "product": product, "quantity": quantity, "price": price, **more}


def case_with(lines: Mapping[str, list[Mapping[str, str]]], month: str = "2026-12", **data: Any) -> Case:
    """A case whose members have planned."""
    case = lock_case(actor("admin"), Instance.objects.get(number=start()).pk, clock.now())
    case.data |= {"plan_month": month, **data}
    for login, rows in lines.items():
        case.members.write(login, {"lines": rows})
    return case


LINES = {
    "key_account_manager_1": [line("C-001", "HX-350", "40", "4680", payment_date="2027-01-20"),
                              line("C-003", "HX-800", "3", "11200.5")],
    "key_account_manager_4": [line("C-009", "HX-350", "10", "4700", amount="46000")],
}  # fmt: skip


@pytest.mark.usefixtures("company")
def test_a_signed_plan_is_registered_once_and_merged_beside_the_month_before() -> None:
    register_sales_plan(case_with({"key_account_manager_1": [line("C-001", "HX-350", "20", "4680")]}, "2026-11"), {})
    kept = register_sales_plan(case_with(LINES), {})
    assert kept == {"registered_lines": Decimal(3), "registered_amount": Decimal("266801.50")}
    merged = merged_month(MONTH)
    assert [(s.key, s.amount, s.difference) for s in merged.managers] == [
        ("key_account_manager_1", Decimal("220801.50"), Decimal("127201.50")),
        ("key_account_manager_4", Decimal("46000.00"), Decimal("46000.00")),
    ]
    assert [(s.key, s.quantity) for s in merged.products] == [("HX-350", 50), ("HX-800", 3)]
    assert (merged.total.amount, merged.total.before_amount) == (Decimal("266801.50"), Decimal("93600.00"))
    first = sales_lines(actor("finance_manager"), MONTH, actor("key_account_manager_1").id)[0]
    assert (first.payment_due, first.amount, first.actual_amount) == (date(2027, 1, 20), Decimal("187200.00"), None)


@pytest.mark.usefixtures("company")
def test_a_signed_month_is_not_planned_again() -> None:
    first = case_with(LINES)
    require_open_month(first, "draft", {})
    register_sales_plan(first, {})
    second = case_with(LINES, "2026-12-31")
    with pytest.raises(Invalid) as refused:
        require_open_month(second, "draft", {})
    assert first.number in str(refused.value.errors[""][0])
    with pytest.raises(Incident) as stuck:
        register_sales_plan(second, {})
    assert (stuck.value.code, SalesLine.objects.count()) == ("month-signed", 3)
    signed = signed_month(MONTH)
    assert signed is not None
    assert signed.case_number == first.number
    with pytest.raises(Quoted):
        delete_customer(actor("key_account_manager_1"), "C-001")


@pytest.mark.usefixtures("company")
def test_a_line_that_names_nothing_in_the_register_leaves_nothing() -> None:
    with pytest.raises(Incident) as stuck:
        register_sales_plan(case_with({"key_account_manager_1": [line("C-001", "HX-999", "1", "1")]}), {})
    assert (stuck.value.code, SalesMonth.objects.count()) == ("not-in-register", 0)


@pytest.mark.usefixtures("company")
def test_months_of_production_add_up_to_the_year() -> None:
    for month, quantity in (("2026-11", "30"), ("2026-12", "45")):
        rows = [{"product": "HX-350", "sold": "50", "stock": "5", "quantity": quantity, "note": "旺季"}]
        add_to_production_year(case_with({}, month, production_lines=rows), {})
    [year] = production_year(actor("project_director"), 2026)
    assert (year.product.code, year.months[9:], year.total) == ("HX-350", [None, 30, 45], 75)
    with pytest.raises(Incident):
        add_to_production_year(case_with({}, "2026-11", production_lines=[]), {})
    twice = [{"product": "HX-350", "quantity": "1"}] * 2
    with pytest.raises(Incident):
        add_to_production_year(case_with({}, "2027-01", production_lines=twice), {})
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductionLine.objects.filter(month=date(2026, 11, 1)).update(month=date(2026, 11, 2))


@pytest.mark.usefixtures("company")
def test_prices_are_those_in_force_on_the_first_day_of_the_planned_month() -> None:
    assert floor_prices(case_with({}))["HX-350"] == Decimal("3960.00")
    assert floor_prices(case_with({}, "2025-06")) == {}


def test_months_follow_each_other_over_the_year() -> None:
    assert (month_before(date(2027, 1, 1)), month_after(date(2026, 12, 1))) == (date(2026, 12, 1), date(2027, 1, 1))
