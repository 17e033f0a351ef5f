"""What a month of sales planning usually takes, for tests of all rooms."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.clock import COMPANY_ZONE
from huiqian.org.queries import roster
from huiqian.process.content import content_of
from huiqian.process.models import Version
from huiqian.process.run import retitle, save
from huiqian.process.start import asked_first, new_case
from tests.people import answer, asked

MANAGERS = tuple(f"key_account_manager_{number}" for number in range(1, 6))
# A Thursday, worked; the plan is December's.
OPENING = datetime(2026, 11, 26, 9, 0, tzinfo=COMPANY_ZONE)


def open_month(first: date = date(2026, 12, 1)) -> str:
    """The case that plans a month, as the schedule opens it; its number."""
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    values = {"plan_month": f"{first:%Y-%m}", "plan_period": {"start": first.isoformat(), "end": last.isoformat()}}
    version = Version.objects.get(definition__code="SC-004", status="in_effect")
    with transaction.atomic():
        starter = asked_first(roster(), content_of(version.pk), clock.today())
        case = new_case(SYSTEM, version, clock.now(), data=values, starter=starter)
        retitle(case)
        save(case)
    return case.number


def line(customer: str = "C-001", product: str = "HX-350", quantity: int = 10, **more: Any) -> dict[str, Any]:
    """A line of a plan; without a price it takes the list price."""
    return {
        "customer": customer, "product": product, "quantity": str(quantity), "payment_date": "2027-01-15", **more
    }  # fmt: skip


def hand_in(number: str, login: str, *lines: Mapping[str, Any]) -> None:
    """A 大客户经理 hands in a plan."""
    answer(number, login, "submit", values={"lines": list(lines) or [line()]})


def hand_all_in(number: str, managers: Sequence[str] = MANAGERS) -> None:
    """Everybody hands in: the first sells ten, the second twenty, and so on."""
    for place, login in enumerate(managers, start=1):
        hand_in(number, login, line(f"C-{place:03d}", quantity=10 * place))


def gather(number: str, **values: Any) -> None:
    """大客户部经理 gathers the plans."""
    answer(number, "key_account_director", "submit", values=values)


def sign(number: str) -> None:
    """产品市场部经理 signs."""
    answer(number, "product_marketing_director", "approve", "同意", values={})


def assign_and_present(number: str, **values: Any) -> None:
    """大客户部经理 assigns the tasks as planned and presents the plan."""
    answer(number, "key_account_director", "submit", values={})
    answer(number, "key_account_director", "submit", values=values)


def up_to_the_general_manager(number: str, **presentation: Any) -> None:
    """All the way from the plans to their presentation."""
    hand_all_in(number)
    gather(number)
    sign(number)
    assign_and_present(number, **presentation)


def approve(number: str) -> None:
    """公司总经理, and 财务经理 where asked, agree."""
    for login in sorted(asked(number) & {"general_manager", "finance_manager"}):
        answer(number, login, "approve", "同意")
