"""SC-004 销售计划制订、审批流程, as the handbook says it, step by step and on every branch."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Invalid
from huiqian.documents.models import Document, Version
from huiqian.journal.queries import verify
from huiqian.marketing.models import ProductionLine, SalesLine
from huiqian.process.commands import fire_due_timers
from huiqian.process.models import Instance, Member
from huiqian.work.models import Task
from tests.people import answer, asked
from tests.sales import (
    MANAGERS,
    OPENING,
    approve,
    assign_and_present,
    gather,
    hand_all_in,
    open_month,
    sign,
)

pytestmark = pytest.mark.usefixtures("company", "november")
DIRECTOR, REVIEWER = "key_account_director", "product_marketing_director"
LAST_DAY = datetime(2026, 12, 31, 9, 0, tzinfo=COMPANY_ZONE)


@pytest.fixture
def november() -> Iterator[None]:
    """The 26th of November, 09:00."""
    with clock.moved_to(OPENING):
        yield


def case_of(number: str) -> Instance:
    return Instance.objects.get(number=number)


def test_a_month_goes_from_its_plans_to_the_archive_and_into_feedback() -> None:
    number = open_month()
    assert (case_of(number).title, case_of(number).starter.login) == ("销售计划 2026-12", DIRECTOR)
    assert asked(number) == {*MANAGERS, DIRECTOR}
    due = Task.objects.filter(instance__number=number, element="plan").values_list("due_at", flat=True)
    assert set(due) == {datetime(2026, 11, 26, 18, 0, tzinfo=COMPANY_ZONE)}, "R5: due the same working day"
    hand_all_in(number)
    assert asked(number) == {DIRECTOR}
    gather(number)
    assert case_of(number).summary == "销售额 792000.00 元"
    assert asked(number) == {REVIEWER}
    sign(number)
    assert asked(number) == {DIRECTOR}
    assign_and_present(number)
    assert asked(number) == {"general_manager"}, "nothing makes it necessary to ask the finance manager"
    approve(number)
    assert asked(number) == {*MANAGERS, REVIEWER}
    lines = SalesLine.objects.filter(month=date(2026, 12, 1))
    assert [(one.manager.login, one.quantity) for one in lines.order_by("quantity")] == [
        (login, Decimal(10 * place)) for place, login in enumerate(MANAGERS, start=1)
    ]
    plans = Document.objects.filter(dossier__instance__number=number, key__startswith="sales_plan@")
    assert {plan.status for plan in plans} == {"in_force"}
    assert sorted(plan.number[-5:] for plan in plans) == [f"01-{place:02d}" for place in range(1, 6)]
    carry_out(number)
    assert list(verify()) == []


def carry_out(number: str) -> None:
    """The production plans, and every member's way from the accepted task to feedback."""
    answer(
        number, REVIEWER, "submit", values={"production": [{"product": "HX-350", "stock": "30", "adjustment": "-20"}]}
    )
    made = ProductionLine.objects.get(month=date(2026, 12, 1))
    assert (made.sold, made.stock, made.quantity) == (150, 30, 100)
    answer(number, REVIEWER, "submit", values={})
    year = Document.objects.get(dossier__instance__number=number, key="production_year")
    assert year.status == "in_force"
    row = Version.objects.get(document=year).values["year_production"][0]
    assert (row["product"], row["month_12"], row["year_quantity"]) == ("HX-350", "100", "100")
    for login in MANAGERS[:2]:
        answer(number, login, "submit", values={})
    assert asked(number) == set(MANAGERS[2:]), "each accepts alone and reports at the month's end"
    record = Member.objects.get(instance__number=number, item=MANAGERS[1]).data
    assert record["my_target"] == "105600.00"
    for login in MANAGERS[2:]:
        answer(number, login, "submit", values={})
    with clock.moved_to(LAST_DAY):
        while fire_due_timers(SYSTEM):
            pass
        assert asked(number) == set(MANAGERS)
        report_actuals(number)
    assert case_of(number).status == "completed"


def report_actuals(number: str) -> None:
    for login in MANAGERS:
        place = MANAGERS.index(login) + 1
        sold = {
            "customer": f"C-{place:03d}",
            "product": "HX-350",
            "actual_quantity": "9",
            "actual_amount": "47520",
            "actual_payment": "0",
        }
        more = {
            "customer": "C-009",
            "product": "KZ-02",
            "actual_quantity": "2",
            "actual_amount": "796",
            "actual_payment": "796",
        }
        with pytest.raises(Invalid) as refused:
            answer(number, login, "submit", values={"actuals": [more]})
        assert "actuals" in refused.value.errors, "every planned line is reported"
        answer(number, login, "submit", values={"actuals": [sold, more], "report_note": "客户催问滤芯交期。"})
        lines = SalesLine.objects.filter(month=date(2026, 12, 1), manager__login=login).order_by("-quantity")
        assert [(one.quantity, one.actual_quantity, one.actual_amount) for one in lines] == [
            (10 * place, 9, Decimal("47520.00")), (0, 2, Decimal("796.00")),
        ]  # fmt: skip
    feedback = Instance.objects.filter(version__definition__code="SC-009")
    assert {one.starter.login for one in feedback} == set(MANAGERS)
    assert {asked_of for one in feedback for asked_of in asked(one.number)} == set(MANAGERS)
    assert feedback[0].data["sales_month"] == "2026-12"
