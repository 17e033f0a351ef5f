"""SC-005 产品定价流程 (provisional, R8): from the request to a price list that takes effect on its day."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Forbidden, Invalid
from huiqian.documents.models import Document, Signature
from huiqian.documents.queries import document_view
from huiqian.marketing.models import PriceLine, PriceList, Product
from huiqian.process.commands import fire_due_timers
from huiqian.process.models import Instance
from huiqian.work.commands import start_case
from tests.people import actor, answer, asked

pytestmark = pytest.mark.usefixtures("company")
OPINIONS = {"finance_manager": "finance", "key_account_director": "key_accounts", "technical_director": "technical"}


def tomorrow(days: int = 1) -> date:
    return clock.today() + timedelta(days=days)


def request(**changes: Any) -> dict[str, Any]:
    return {
        "product": "HX-350", "request_kind": "change", "reason": "竞争对手同档机型下调约 5%，需重新定价。",
        "competitor_prices": [{"competitor": "甲品牌", "product_name": "350 机", "price": "4980"}],
        **changes,
    }  # fmt: skip


def begin(**changes: Any) -> str:
    return start_case(actor("marketing_manager"), "SC-005", request(**changes)).number


COST = {"cost_lines": [{"item": "芯体", "amount": "1500"}, {"item": "风机", "amount": "850"}], "margin_target": "50"}


def prices(product: str = "HX-350", **changes: str) -> dict[str, str]:
    return {"product": product, "list_price": "5480", "project_price": "4860", "dealer_price": "4450",
            "floor_price": "4080", "discount_manager": "5", "discount_director": "12", **changes}  # fmt: skip


def proposal(*lines: Mapping[str, str], first: date | None = None) -> dict[str, Any]:
    first = first or tomorrow()
    note = "按目标毛利率与竞品价格带确定档次。"
    return {"price_lines": list(lines) or [prices()], "effective_from": first.isoformat(), "price_note": note}


def propose(number: str, *lines: Mapping[str, str], first: date | None = None) -> None:
    answer(number, "marketing_manager", "submit", values=proposal(*lines, first=first))


def opine(number: str) -> None:
    for login, part in OPINIONS.items():
        answer(number, login, "submit", values={f"{part}_stance": "agree", f"{part}_opinion": "可行。"})


def up_to_approval(number: str, *lines: Mapping[str, str], first: date | None = None) -> None:
    answer(number, "finance_manager", "submit", values=COST)
    propose(number, *lines, first=first)
    opine(number)
    answer(number, "product_marketing_director")


def let_time_come(day: date, hour: int = 0) -> None:
    with clock.moved_to(datetime.combine(day, time(hour, 1), clock.COMPANY_ZONE)):
        while fire_due_timers(SYSTEM):
            pass


def price_on(day: date, product: str = "HX-350") -> Decimal:
    return PriceLine.objects.on(day).get(product__code=product).list_price


def test_a_price_change_goes_the_whole_way_and_takes_effect_on_its_day() -> None:
    number, old = begin(), PriceList.objects.get()
    assert asked(number) == {"finance_manager"}
    answer(number, "finance_manager", "submit", values=COST)
    data = Instance.objects.get(number=number).data
    assert (data["unit_cost"], data["target_price"]) == ("2350.00", "4700.00")
    assert asked(number) == {"marketing_manager"}
    propose(number)
    assert asked(number) == set(OPINIONS)
    opine(number)
    answer(number, "product_marketing_director", opinion="同意。")
    answer(number, "general_manager", opinion="批准。")
    case = Instance.objects.get(number=number)
    assert (case.status, asked(number)) == ("running", set())
    assert case.title == "HX-350 吊顶全热交换新风机 350 价格调整"
    let_time_come(clock.today(), 23)
    assert PriceList.objects.count() == 1, "before its day the old prices stand"
    let_time_come(tomorrow())
    case.refresh_from_db()
    made = PriceList.objects.exclude(pk=old.pk).get()
    assert (case.status, case.data["price_list"], made.predecessor) == ("completed", made.number, old)
    assert (price_on(clock.today()), price_on(tomorrow())) == (Decimal("5280.00"), Decimal("5480.00"))
    assert price_on(tomorrow(), "HX-500") == Decimal("6980.00"), "what the list does not name keeps its price"
    assert old.lines.get(product__code="HX-350").until == tomorrow()
    assert Product.objects.get(code="HX-350").cost == Decimal("2350.00")
    kinds = dict(Document.objects.filter(dossier=case.pk).values_list("key", "status"))
    assert kinds == dict.fromkeys(("request", "cost", "proposal", "price_list"), "in_force")
    assert made.document is not None
    assert made.document.number == f"{number}-04"
    signed = Signature.objects.filter(version__document__dossier=case.pk, void_at=None).values_list("step", flat=True)
    assert set(signed) >= {"opinion_finance", "opinion_key_accounts", "opinion_technical", "review", "approve"}


def test_the_next_list_supersedes_the_one_before_and_both_stay_readable() -> None:
    numbers = []
    for days in (1, 2):
        number = begin()
        up_to_approval(number, prices(list_price=f"{5500 + days}"), first=tomorrow(days))
        answer(number, "general_manager")
        let_time_come(tomorrow(days))
        numbers.append(number)
    first, second = PriceList.objects.filter(case_number__in=numbers).order_by("effective_from")
    assert second.predecessor == first
    assert first.document is not None
    assert second.document is not None
    first.document.refresh_from_db()
    assert (first.document.status, second.document.status) == ("superseded", "in_force")
    old = document_view(actor("marketing_manager"), first.document.number)
    assert old.values["price_lines"][0]["list_price"] == "5501.00"
    assert [price_on(tomorrow(days)) for days in (0, 1, 2)] == [5280, 5501, 5502]


def test_a_new_product_gets_its_first_price() -> None:
    from huiqian.marketing.commands import save_product
    from huiqian.marketing.rules import ProductCard

    save_product(actor("marketing_manager"), ProductCard(code="HX-250", name="壁挂新风机 250", unit="台"))
    number = begin(product="HX-250", request_kind="new")
    up_to_approval(number, prices("HX-250"))
    answer(number, "general_manager")
    let_time_come(tomorrow())
    assert price_on(tomorrow(), "HX-250") == 5480
    assert Instance.objects.get(number=number).title == "HX-250 壁挂新风机 250 新产品定价"


def test_each_deciding_step_sends_it_back_with_its_reasons() -> None:
    number = begin()
    answer(number, "finance_manager", "return", "缺少竞品来源。", to="request")
    assert asked(number) == {"marketing_manager"}
    answer(number, "marketing_manager", "submit", values=request(reason="补充竞品来源后重新提交申请。"))
    answer(number, "finance_manager", "submit", values=COST)
    answer(number, "marketing_manager", "return", "人工成本漏算。", to="cost")
    answer(number, "finance_manager", "submit", values=COST)
    propose(number)
    opine(number)
    answer(number, "product_marketing_director", "return", "底价偏低。", to="proposal")
    assert asked(number) == {"marketing_manager"}
    propose(number, prices(floor_price="4200"))
    assert asked(number) == set(OPINIONS), "opinions are asked anew on the new version"
    opine(number)
    answer(number, "product_marketing_director")
    answer(number, "general_manager", "return", "请复核折扣权限。", to="review")
    assert asked(number) == {"product_marketing_director"}
    answer(number, "product_marketing_director")
    answer(number, "general_manager", "return", "请下调经销价。", to="proposal")
    assert asked(number) == {"marketing_manager"}
    assert not Signature.objects.filter(version__document__key="proposal", step="review", void_at=None).exists()


@pytest.mark.parametrize(
    ("values", "path"),
    [
        (lambda: proposal(first=tomorrow(-1)), "effective_from"),
        (lambda: proposal(prices(), prices()), "price_lines.1.product"),
        (lambda: proposal(prices("HX-999")), "price_lines.0.product"),
        (lambda: proposal(prices(dealer_price="4000")), "price_lines.0.dealer_price"),
        (lambda: proposal(prices(discount_manager="20")), "price_lines.0.discount_director"),
    ],
)  # fmt: skip
def test_a_proposal_that_cannot_be_is_told_at_its_field(values: Any, path: str) -> None:
    number = begin()
    answer(number, "finance_manager", "submit", values=COST)
    with pytest.raises(Invalid) as refused:
        answer(number, "marketing_manager", "submit", values=values())
    assert list(refused.value.errors) == [path]
    assert asked(number) == {"marketing_manager"}


def test_two_lists_for_one_product_and_day_are_refused_before_anybody_approves() -> None:
    first, second = begin(), begin()
    for number in (first, second):
        answer(number, "finance_manager", "submit", values=COST)
    propose(first)
    with pytest.raises(Invalid) as refused:
        propose(second)
    assert list(refused.value.errors) == ["price_lines.0.product"]
    assert first in str(refused.value.errors["price_lines.0.product"][0])
    propose(second, first=tomorrow(2))
    assert asked(second) == set(OPINIONS)


def test_an_approval_that_comes_too_late_is_refused_and_sent_back() -> None:
    number = begin()
    up_to_approval(number)
    with clock.moved_to(datetime.combine(tomorrow(3), time(9), clock.COMPANY_ZONE)):
        with pytest.raises(Invalid) as refused:
            answer(number, "general_manager")
        assert list(refused.value.errors) == ["effective_from"]
        answer(number, "general_manager", "return", "生效日期已过。", to="proposal")
    assert asked(number) == {"marketing_manager"}


def test_only_the_marketing_manager_begins() -> None:
    with pytest.raises(Forbidden):
        start_case(actor("finance_manager"), "SC-005", request())
