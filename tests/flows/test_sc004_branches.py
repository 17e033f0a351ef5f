"""SC-004's other ways: refused, left out, sent back, asked of the finance manager; and what it does not take."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from huiqian.base import clock
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Invalid
from huiqian.documents.models import Document, Signature, Version
from huiqian.marketing.models import SalesLine
from huiqian.process.models import Handover, Instance, Member
from huiqian.work.models import Task
from huiqian.work.queries import case_view
from huiqian.work.queries.board import board
from tests.people import actor, answer, asked
from tests.sales import (
    MANAGERS,
    OPENING,
    approve,
    assign_and_present,
    gather,
    hand_all_in,
    hand_in,
    line,
    open_month,
    sign,
    up_to_the_general_manager,
)

pytestmark = pytest.mark.usefixtures("company", "november")
DIRECTOR, REVIEWER = "key_account_director", "product_marketing_director"


@pytest.fixture
def november() -> Iterator[None]:
    """The 26th of November, 09:00."""
    with clock.moved_to(OPENING):
        yield


def data_of(number: str) -> dict[str, Any]:
    data: dict[str, Any] = Instance.objects.get(number=number).data
    return data


def record_of(number: str, login: str) -> dict[str, Any]:
    data: dict[str, Any] = Member.objects.get(instance__number=number, item=login).data
    return data


def refused(number: str, login: str, outcome: str, opinion: str = "", **values: Any) -> dict[str, str]:
    """What is told when somebody answers so: field → its sentences."""
    with pytest.raises(Invalid) as told:
        answer(number, login, outcome, opinion, values=values)
    return {path: " ".join(map(str, sentences)) for path, sentences in told.value.errors.items()}


def refuse(number: str, *rows: dict[str, Any], opinion: str = "请按历史销量核实。") -> None:
    answer(number, REVIEWER, "refuse", opinion, values={"refusals": list(rows)})


# Refused.


def test_only_those_refused_redraft_with_the_reasons_before_them() -> None:
    number = open_month()
    hand_all_in(number)
    gather(number)
    refuse(
        number,
        {"manager": MANAGERS[1], "reason": "总量偏高"},
        {"manager": MANAGERS[3], "line": "1", "reason": "该客户上月退货"},
        {"manager": MANAGERS[3], "reason": "回款日期太晚"},
    )
    assert asked(number) == {MANAGERS[1], MANAGERS[3], DIRECTOR}
    mine = case_view(actor(MANAGERS[3]), number).my_task
    assert mine is not None
    assert "completeness" in refused(number, DIRECTOR, "submit"), "two are still to redraft"
    hand_in(number, MANAGERS[1], line("C-002", quantity=15))
    hand_in(number, MANAGERS[3], line("C-004", quantity=30))
    record = record_of(number, MANAGERS[3])
    assert record["draft_number"] == "2"
    assert record["refusal"] == "第 1 行：该客户上月退货\n整份计划：回款日期太晚\n审核意见：请按历史销量核实。"
    gather(number)
    assert data_of(number)["merged_total"] == "712800.00"
    plan = Document.objects.get(dossier__instance__number=number, key=f"sales_plan@{MANAGERS[1]}")
    assert plan.version_count == 2
    untouched = Document.objects.get(dossier__instance__number=number, key=f"sales_plan@{MANAGERS[0]}")
    assert untouched.version_count == 1
    summary = Document.objects.get(dossier__instance__number=number, key="summary")
    first, second = Version.objects.filter(document=summary).order_by("number")
    said = {(one.version_id, one.outcome) for one in Signature.objects.filter(step="review", version__document=summary)}
    assert said == {(first.pk, "refuse")}
    sign(number)
    assert Signature.objects.filter(version=second, step="review", outcome="approve", void_at=None).exists()
    assert asked(number) == {DIRECTOR}


def test_a_refusal_without_rows_is_for_all() -> None:
    number = open_month()
    hand_all_in(number)
    gather(number)
    assert "opinion" in refused(number, REVIEWER, "refuse")
    refuse(number, opinion="请全部按新价格表重编。")
    assert asked(number) == {*MANAGERS, DIRECTOR}
    hand_all_in(number)
    assert record_of(number, MANAGERS[0])["refusal"] == "审核意见：请全部按新价格表重编。"
    gather(number)
    assert case_view(actor(REVIEWER), number).my_task is not None
    assert data_of(number)["refusals"] is None, "the reviewer begins with an empty table"
    sign(number)


@pytest.mark.parametrize(
    ("row", "path"),
    [
        ({"manager": "finance_manager", "reason": "看错人"}, "refusals.0.manager"),
        ({"manager": MANAGERS[0], "line": "2", "reason": "没有第二行"}, "refusals.0.line"),
        ({"manager": MANAGERS[0]}, "refusals.0.reason"),
    ],
)
def test_what_is_refused_must_be_there_and_have_a_reason(row: dict[str, Any], path: str) -> None:
    number = open_month()
    hand_all_in(number)
    gather(number)
    assert path in refused(number, REVIEWER, "refuse", "不妥", refusals=[row])


def test_nobody_signs_with_refusals_in_the_table() -> None:
    number = open_month()
    hand_all_in(number)
    gather(number)
    rows = [{"manager": MANAGERS[0], "reason": "偏高"}]
    assert "不能签准" in refused(number, REVIEWER, "approve", refusals=rows)["refusals"]
    assert asked(number) == {REVIEWER}


# Left out.


def test_those_who_do_not_hand_in_are_left_out_with_a_reason_or_waited_for() -> None:
    number = open_month()
    hand_all_in(number, MANAGERS[:3])
    lines = board(actor(DIRECTOR), number)
    assert (lines.done, lines.all) == (3, 5)
    assert "还有大客户经理没有交计划" in refused(number, DIRECTOR, "submit", completeness="complete")["completeness"]
    some = [{"manager": MANAGERS[3], "reason": "休假，客户由同事代管"}]
    assert "left_out" in refused(number, DIRECTOR, "submit", completeness="partial", left_out=some)
    assert "left_out.1.reason" in refused(
        number, DIRECTOR, "submit", completeness="partial", left_out=[*some, {"manager": MANAGERS[4]}]
    )
    gather(number, completeness="partial", left_out=[*some, {"manager": MANAGERS[4], "reason": "当日未交"}])
    assert asked(number) == {REVIEWER}, "the tasks of those left out are closed"
    assert data_of(number)["merged_total"] == "316800.00"
    refuse(number, {"manager": MANAGERS[2], "reason": "偏高"})
    assert asked(number) == {MANAGERS[2], DIRECTOR}, "who was left out stays out"
    both = [*some, {"manager": MANAGERS[4], "reason": "当日未交"}, {"manager": MANAGERS[2], "reason": "未按期重编"}]
    gather(number, completeness="partial", left_out=both)
    assert data_of(number)["merged_total"] == "158400.00", "a refused plan that was not redrafted does not count"
    sign(number)
    assign_and_present(number)
    approve(number)
    assert asked(number) == {*MANAGERS[:2], REVIEWER}
    assert set(SalesLine.objects.values_list("manager__login", flat=True)) == set(MANAGERS[:2])


def test_on_a_rest_day_the_plans_are_due_on_the_next_working_day() -> None:
    with clock.moved_to(datetime(2026, 12, 26, 9, 0, tzinfo=COMPANY_ZONE)):
        number = open_month(date(2027, 1, 1))
    due = Task.objects.filter(instance__number=number, element="plan").values_list("due_at", flat=True)
    assert set(due) == {datetime(2026, 12, 28, 18, 0, tzinfo=COMPANY_ZONE)}


# Presented.


@pytest.mark.parametrize(
    ("lines", "presentation"),
    [
        ([line(quantity=200)], {}),
        ([line(price="3900", note="首单让利")], {}),
        ([line()], {"finance_wished": True, "finance_reason": "含长账期订单"}),
    ],
)
def test_where_necessary_the_finance_manager_reviews_it_too(lines: list[Any], presentation: dict[str, Any]) -> None:
    number = open_month()
    hand_in(number, MANAGERS[0], *lines)
    gather(number, completeness="partial", left_out=[{"manager": one, "reason": "不参加"} for one in MANAGERS[1:]])
    sign(number)
    assign_and_present(number, **presentation)
    assert asked(number) == {"general_manager", "finance_manager"}
    answer(number, "general_manager", "approve")
    assert asked(number) == {"finance_manager"}
    answer(number, "finance_manager", "approve")
    assert asked(number) == {MANAGERS[0], REVIEWER}


@pytest.mark.parametrize(("to", "who"), [("review", REVIEWER), ("present", DIRECTOR)])
@pytest.mark.parametrize("by", ["general_manager", "finance_manager"])
def test_either_sends_it_back_and_the_other_is_asked_anew(by: str, to: str, who: str) -> None:
    number = open_month()
    up_to_the_general_manager(number, finance_wished=True, finance_reason="请核")
    other = next(iter({"general_manager", "finance_manager"} - {by}))
    answer(number, other, "approve")
    answer(number, by, "return", "账期过长", to=to)
    assert asked(number) == {who}
    if to == "review":
        refuse(number, {"manager": MANAGERS[0], "reason": "账期过长"})
        assert asked(number) == {MANAGERS[0], DIRECTOR}
        hand_in(number, MANAGERS[0])
        gather(number)
        sign(number)
        answer(number, DIRECTOR, "submit", values={})
    answer(number, DIRECTOR, "submit", values={})
    assert asked(number) == {"general_manager", "finance_manager"}
    approve(number)
    assert asked(number) == {*MANAGERS, REVIEWER}


def test_tasks_may_differ_from_the_plans() -> None:
    number = open_month()
    hand_all_in(number)
    gather(number)
    sign(number)
    rows = [{"manager": login, "target": "100000"} for login in MANAGERS]
    assert "tasks" in refused(number, DIRECTOR, "submit", tasks=rows[:4])
    answer(number, DIRECTOR, "submit", values={"tasks": rows})
    data = data_of(number)
    assert (data["tasks_total"], data["tasks_planned_total"]) == ("500000.00", "792000.00")
    assert [row["planned"] for row in data["tasks"]][:2] == ["52800.00", "105600.00"]


# Prices and customers.


def test_a_price_left_empty_is_the_list_price_and_one_under_the_floor_needs_a_reason() -> None:
    number = open_month()
    told = refused(number, MANAGERS[0], "submit", lines=[line(price="3900")])
    assert "低于底价" in told["lines.0.price"]
    hand_in(number, MANAGERS[0], line(), line("C-002", price="3900", note="首单让利"))
    rows = record_of(number, MANAGERS[0])["lines"]
    assert [(row["price"], row["amount"], row["floor_price"]) for row in rows] == [
        ("5280.00", "52800.00", "3960.00"),
        ("3900.00", "39000.00", "3960.00"),
    ]


@pytest.mark.parametrize(
    ("lines", "path", "words"),
    [
        ([line("C-999")], "lines.0.customer", "C-999"),
        ([line(product="无此产品")], "lines.0.product", "无此产品"),
        ([line(), line()], "lines", "合并"),
        ([line(quantity=0)], "lines.0.quantity", ""),
        ([line(payment_date="2026-11-01")], "lines.0.payment_date", "计划期间"),
        ([], "lines", ""),
    ],
)
def test_wrong_lines_get_a_clear_sentence_and_change_nothing(lines: list[Any], path: str, words: str) -> None:
    number = open_month()
    told = refused(number, MANAGERS[0], "submit", lines=lines)
    assert words in told[path]
    assert MANAGERS[0] in asked(number)
    assert not Member.objects.filter(instance__number=number).exists()


def test_a_signed_month_is_not_planned_again() -> None:
    first = open_month()
    up_to_the_general_manager(first)
    second = open_month()
    hand_in(second, MANAGERS[0])
    approve(first)
    out = [{"manager": one, "reason": "不参加"} for one in MANAGERS[1:]]
    late: dict[str, Any] = {"completeness": "partial", "left_out": out}
    for login, values in ((MANAGERS[1], {"lines": [line()]}), (DIRECTOR, late)):
        told = refused(second, login, "submit", **values)
        assert first in told["plan_month"]


# What came before.


def test_last_month_stands_beside() -> None:
    first = open_month()
    up_to_the_general_manager(first)
    approve(first)
    number = open_month(date(2027, 1, 1))
    hand_in(number, MANAGERS[0], line(quantity=12), line("C-009", "KZ-02", 5))
    gather(number, completeness="partial", left_out=[{"manager": one, "reason": "不参加"} for one in MANAGERS[1:]])
    rows = data_of(number)["merged"]
    assert [(row.get("last_amount"), row["difference"]) for row in rows] == [
        ("52800.00", "10560.00"),
        (None, "1990.00"),
    ]


def test_promotion_guides_that_wait_are_taken_up_by_the_next_month_only() -> None:
    source = open_month(date(2026, 11, 1))
    hand_in(source, MANAGERS[0])
    guide = Document.objects.get(dossier__instance__number=source, key=f"sales_plan@{MANAGERS[0]}")
    Handover.objects.create(
        source_id=guide.dossier_id, document_id=guide.pk, process="SC-004", offered_at=OPENING,
        values={"guides": {"number": guide.number, "product": "静音新风机", "targets": "首年 3,000 台"}},
    )  # fmt: skip
    number = open_month()
    assert [row["product"] for row in data_of(number)["guides"]] == ["静音新风机"]
    hand_in(number, MANAGERS[0])
    assert record_of(number, MANAGERS[0])["guides"][0]["number"] == guide.number
    assert "guides" not in data_of(open_month(date(2027, 1, 1)))


def test_a_task_is_objected_to_with_a_reason_and_accepted_once_it_is_answered() -> None:
    number = open_month()
    up_to_the_general_manager(number)
    approve(number)
    login = MANAGERS[2]
    assert "objection" in refused(number, login, "object")
    assert "不能同时接受" in refused(number, login, "submit", objection="任务过高")["objection"]
    answer(number, login, "object", values={"objection": "两个项目推迟到一月。"})
    assert asked(number) == {*MANAGERS, DIRECTOR, REVIEWER} - {login}, "the others go on meanwhile"
    assert "adjust_answer" in refused(number, DIRECTOR, "submit")
    answer(number, DIRECTOR, "submit", values={"adjusted_target": "120000", "adjust_answer": "同意下调。"})
    assert asked(number) == {*MANAGERS, REVIEWER}
    record = record_of(number, login)
    assert (record["answered"], record["objection"]) == ("异议：两个项目推迟到一月。\n答复：同意下调。", None)
    answer(number, login, "submit", values={"support_needed": "请协助排产。"})
    assert record_of(number, login)["my_target"] == "120000.00"
    assert asked(number) == {*MANAGERS, REVIEWER} - {login}
