"""SC-009 顾客信息反馈流程 (provisional): recorded, triaged, analysed, acted on, closed; and what it leads to."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from huiqian.base import clock
from huiqian.base.errors import Forbidden, Invalid
from huiqian.documents.models import Document, Signature
from huiqian.journal.queries import verify
from huiqian.org.models import Person
from huiqian.process.chain import chain
from huiqian.process.models import Instance, Version
from huiqian.process.queries import process_view
from huiqian.work.commands import decide, start_case
from huiqian.work.models import Task
from huiqian.work.queries import start_form, task_view
from tests.loop import answer_as_proposed, finish_plan, finish_research, newest
from tests.people import actor, answer, asked, open_task, plan

pytestmark = pytest.mark.usefixtures("company")

TELLER, TRIAGE, ANALYST = "key_account_manager_1", "key_account_director", "marketing_manager"
ACTOR = "project_director"
MEASURE = {"cause": "吊装未加减振器。", "measure": "加装减振器并复测。"}
DONE = {"action_done_on": "2026-03-02", "action_taken": "已加装，复测 27 dB。"}
CLOSED = {"closing": "solved", "closing_note": "高工电话确认。"}


def feedback(**changes: Any) -> str:
    """刘洋 records what a customer said."""
    form = start_form("SC-009")
    assert form is not None
    return start_case(actor(TELLER), "SC-009", {**form.example, **changes}).number


def triaged(number: str, **changes: Any) -> None:
    answer(number, TRIAGE, "submit", values={"responsible": ACTOR, **changes})


def acted_on(number: str, **measure: Any) -> None:
    """Triaged, analysed, carried out: the customer is asked next."""
    triaged(number)
    answer(number, ANALYST, "submit", values={**MEASURE, **measure})
    answer(number, ACTOR, "submit", values=DONE)


def test_it_goes_from_the_customer_s_words_to_a_closed_sheet() -> None:
    number = feedback(subject="精装房项目噪声偏大")
    assert asked(number) == {TRIAGE}
    triaged(number, triage_note="先查安装方式。")
    assert asked(number) == {ANALYST}
    answer(number, ANALYST, "submit", values=MEASURE)
    assert asked(number) == {ACTOR}, "whom the triage named, whatever position they hold"
    answer(number, ACTOR, "submit", values=DONE)
    assert asked(number) == {TELLER}
    answer(number, TELLER, "submit", values=CLOSED)
    case = Instance.objects.get(number=number)
    assert (case.status, case.title, case.summary) == ("completed", "精装房项目噪声偏大", "较急")
    sheet = Document.objects.get(dossier=case.pk)
    assert (sheet.name_zh, sheet.status, sheet.version_count) == ("客户信息反馈单", "in_force", 5)
    signed = Signature.objects.filter(version__document=sheet, void_at=None).values_list("step", "position_name")
    assert dict(signed) == {
        "record": "大客户经理",
        "triage": "大客户部经理",
        "analyse": "市场经理",
        "act": "项目部经理",
        "confirm": "大客户经理",
    }, "whom the triage named signs as what they are"
    assert list(verify()) == []


def test_the_times_follow_the_urgency_as_it_was_triaged() -> None:
    monday = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
    with clock.moved_to(monday):
        number = feedback(urgency="critical", feedback_kind="quality", received_on="2026-03-02")
        assert due(number, "triage") == "2026-03-02 12:00"
        triaged(number, urgency="normal")
        assert due(number, "analyse") == "2026-03-04 10:00"
        answer(number, ANALYST, "submit", values={**MEASURE, "measure_by": "2026-03-06"})
        assert due(number, "act") == "2026-03-06 18:00"
    with clock.moved_to(monday):
        number = feedback(urgency="high", received_on="2026-03-02")
        assert due(number, "triage") == "2026-03-02 15:00"
        triaged(number)
        answer(number, ANALYST, "submit", values=MEASURE)
        assert due(number, "act") == "2026-03-05 10:00"


def due(number: str, step: str) -> str:
    """When a step is due, in the company's time."""
    task = Task.objects.get(instance__number=number, element=step, status="open")
    assert task.due_at is not None
    return f"{task.due_at.astimezone(clock.COMPANY_ZONE):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(("to", "who"), [("act", ACTOR), ("analyse", ANALYST)])
def test_what_is_not_solved_goes_back(to: str, who: str) -> None:
    number = feedback()
    acted_on(number)
    answer(number, TELLER, "return", "夜间仍有异响。", to=to)
    assert asked(number) == {who}
    if to == "analyse":
        answer(number, ANALYST, "submit", values={"measure": "更换风机。"})
    answer(number, ACTOR, "submit", values={"action_taken": "已更换风机。"})
    answer(number, TELLER, "submit", values=CLOSED)
    sheet = Document.objects.get(dossier__instance__number=number)
    assert sheet.versions.order_by("-number")[0].values["action_taken"] == "已更换风机。"


@pytest.mark.parametrize(
    ("login", "to", "who"), [(TRIAGE, "record", TELLER), (ANALYST, "triage", TRIAGE), (ACTOR, "analyse", ANALYST)]
)
def test_each_step_can_ask_the_one_before(login: str, to: str, who: str) -> None:
    number = feedback()
    if login != TRIAGE:
        triaged(number)
    if login == ACTOR:
        answer(number, ANALYST, "submit", values=MEASURE)
    answer(number, login, "return", "请写明楼栋。", to=to)
    assert asked(number) == {who}


def test_nobody_changes_what_somebody_else_has_written() -> None:
    number = feedback(feedback_content="夜间噪声超过 35 dB。")
    with pytest.raises(Invalid) as refused:
        triaged(number, feedback_content="没有问题。")
    assert set(refused.value.errors) == {"feedback_content"}
    with pytest.raises(Invalid) as refused:
        triaged(number, closing="solved")
    assert set(refused.value.errors) == {"closing"}, "what is asked later is not there yet"
    with pytest.raises(Invalid) as refused:
        answer(number, TRIAGE, "submit", values={"responsible": "nobody"})
    assert set(refused.value.errors) == {"responsible"}
    with pytest.raises(Forbidden):
        start_case(actor("finance_manager"), "SC-009", {})


def test_it_leads_to_research_and_on_to_promotion_as_one_chain() -> None:
    number = feedback(subject="精装房项目噪声偏大", feedback_content="夜间噪声超过 35 dB。", feedback_kind="need")
    with pytest.raises(Invalid) as refused:
        acted_on(number, seeds=["research"])
    assert set(refused.value.errors) == {"seed_note"}
    answer(number, ANALYST, "submit", values={**MEASURE, "seeds": ["research"], "seed_note": "列入下次调研。"})
    answer(number, ACTOR, "submit", values=DONE)
    answer(number, TELLER, "submit", values=CLOSED)
    seeded = newest("SC-001")
    case = Instance.objects.get(number=seeded)
    assert asked(seeded) == {ANALYST}
    assert (case.title, case.data["content"]) == ("客户反馈调研：精装房项目噪声偏大", ["customer_needs"])
    assert f"{number}-01" in case.data["purpose"]
    assert "夜间噪声超过 35 dB" in case.data["purpose"]
    task = open_task(seeded, ANALYST)
    shown = task_view(actor(ANALYST), task)
    assert shown.values["topic"] == case.title
    whole = plan(methods=["interview"], period={"start": "2026-01-05", "end": "2099-12-18"})
    decide(actor(ANALYST), task, "submit", values={k: v for k, v in whole.items() if k not in case.data})
    promotion = finish_research(finish_plan(seeded))
    columns = chain(actor("general_manager"), promotion).columns
    assert [[one.process_code for one in column] for column in columns] == [
        ["SC-009"], ["SC-001"], ["SC-002"], ["SC-003"],
    ]  # fmt: skip


def test_it_leads_to_a_pricing_change_with_its_content() -> None:
    number = feedback(
        feedback_content="同档竞品便宜 300 元。" + "原话。" * 1600, feedback_kind="price", product="HX-350"
    )
    acted_on(number, seeds=["pricing"], seed_note="请评估工程价。")
    answer(number, TELLER, "submit", values=CLOSED)
    case = Instance.objects.get(version__definition__code="SC-005")
    assert (asked(case.number), case.title) == ({ANALYST}, "HX-350 吊顶全热交换新风机 350 价格调整")
    assert case.data["reason"].startswith(f"由客户信息反馈单 {number}-01 引出。客户反馈：同档竞品便宜 300 元。")
    answer(case.number, ANALYST, "submit")
    assert asked(case.number) == {"finance_manager"}, "however long the customer's words are, they fit"


def test_a_process_that_is_not_in_effect_is_not_led_to() -> None:
    retire("SC-005")
    retire("SC-008")
    number = feedback()
    triaged(number)
    for seed in ("pricing", "training"):
        with pytest.raises(Invalid) as refused:
            answer(number, ANALYST, "submit", values={**MEASURE, "seeds": [seed], "seed_note": "请评估调价。"})
        assert set(refused.value.errors) == {"seeds"}


def retire(code: str) -> None:
    """No version of a process is in effect any more."""
    Version.objects.filter(definition__code=code, status="in_effect").update(status="retired")


def test_who_heard_nothing_from_customers_closes_at_once() -> None:
    number = feedback()
    answer(number, TRIAGE, "return", "是哪个楼栋？", to="record")
    answer(number, TELLER, "none")
    case = Instance.objects.get(number=number)
    assert (case.status, asked(number), case.data["nothing_to_tell"]) == ("completed", set(), True)
    assert Document.objects.get(dossier=case.pk).version_count == 1


def test_its_first_page_sends_only_what_is_asked_then() -> None:
    client = Client()
    person = Person.objects.get(login=TELLER)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    form = start_form("SC-009")
    assert form is not None
    typed = {**form.example, "received_on": clock.today().isoformat()}
    wrong = client.post("/processes/SC-009/start", {**typed, "customer": "没有这家公司"})
    assert (wrong.status_code, wrong.content.decode().count("销售计划月份")) == (422, 0)
    assert client.post("/processes/SC-009/start", typed).status_code == 303
    assert Instance.objects.get().starter == person


def test_its_page_says_that_it_is_a_proposal() -> None:
    assert process_view(actor(TELLER), "SC-009").provisional


def test_what_the_forms_propose_to_programs_is_accepted_from_step_to_step() -> None:
    number = feedback()
    seen: list[str] = []
    while Instance.objects.get(number=number).status == "running":
        seen.append(answer_as_proposed(number, min(asked(number))))
    assert seen == ["triage", "analyse", "act", "confirm"]
