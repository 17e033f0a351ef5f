"""SC-001 市场调研策划流程, as the handbook says it, step by step and on every branch."""

import pytest

from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.documents.models import Document, Signature, Version
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.process.models import Instance
from huiqian.work.access import AlreadyDecided, CaseClosed
from huiqian.work.commands import decide, start_case, withdraw_case
from huiqian.work.models import Task
from huiqian.work.queries import case_view, foresee, inbox
from tests.people import SIGNATORIES, actor, answer, approve_up_to_signing, asked, budget, open_task, plan, start

pytestmark = pytest.mark.usefixtures("company")


def test_an_annual_plan_goes_the_whole_way_into_the_archive() -> None:
    number = start(topic="2026 年度华东区新风系统市场调研")
    assert number.startswith("SC-001-20")
    assert asked(number) == {"product_marketing_director"}
    answer(number, "product_marketing_director", opinion="可行。")
    assert asked(number) == {"business_unit_director"}
    answer(number, "business_unit_director", values=budget(number))
    assert asked(number) == {"general_manager"}
    answer(number, "general_manager", opinion="同意，按此执行。")
    assert asked(number) == {"product_marketing_director"}
    answer(number, "product_marketing_director", "submit")
    assert asked(number) == set(SIGNATORIES)
    for login in SIGNATORIES:
        answer(number, login)
    case = Instance.objects.get(number=number)
    assert (case.status, case.title) == ("completed", "2026 年度华东区新风系统市场调研")
    document = Document.objects.get(dossier=case.pk, key="plan")
    assert (document.status, document.version_count) == ("in_force", 1)
    signed = Signature.objects.filter(version__document=document, void_at=None)
    assert {s.step for s in signed} >= {"review", "sign_technical", "sign_general", "sign_key_account"}
    assert list(verify()) == []


def test_a_regular_plan_skips_the_general_manager_s_opinion_only() -> None:
    number = start(kind="regular")
    answer(number, "product_marketing_director")
    answer(number, "business_unit_director", values=budget(number))
    assert asked(number) == {"product_marketing_director"}
    assert not Task.objects.filter(instance__number=number, element="general_manager_opinion").exists()


@pytest.mark.parametrize("kind", ["annual", "monthly", "major"])
def test_all_other_kinds_go_to_the_general_manager(kind: str) -> None:
    number = start(kind=kind)
    answer(number, "product_marketing_director")
    answer(number, "business_unit_director", values=budget(number))
    assert asked(number) == {"general_manager"}


def test_a_return_brings_version_two_and_asks_every_signature_anew() -> None:
    number = start()
    approve_up_to_signing(number)
    answer(number, "technical_director")
    answer(number, "key_account_director", "return", "样本偏少，请补到 200 份。", to="draft")
    assert asked(number) == {"marketing_manager"}
    document = Document.objects.get(dossier__instance__number=number)
    assert not Signature.objects.filter(version__document=document, void_at=None).exclude(outcome="return").exists()
    view = case_view(actor("marketing_manager"), number)
    assert view.my_task is not None
    assert [item.opinion for item in view.my_task.returned_opinions] == ["样本偏少，请补到 200 份。"]
    assert view.round == 2
    given = {item.step: item.void for item in view.timeline if item.state == "done" and item.outcome == "approve"}
    assert given == dict.fromkeys(given, True)
    assert (view.steps_done, len(given)) == (0, 4)
    answer(number, "marketing_manager", "submit", values=plan(topic="改过的主题"))
    versions = Version.objects.filter(document=document).order_by("number")
    assert [v.values["topic"] for v in versions][1] == "改过的主题"
    assert versions[0].values["topic"] != "改过的主题"
    assert asked(number) == {"product_marketing_director"}
    approve_up_to_signing(number)
    assert asked(number) == set(SIGNATORIES), "the signature given before the return does not count"
    for login in SIGNATORIES:
        answer(number, login)
    assert Instance.objects.get(number=number).status == "completed"
    assert Signature.objects.filter(version__document=document).exclude(void_at=None).count() >= 3
    told = [item for item in case_view(actor("marketing_manager"), number).timeline if item.state == "done"]
    assert [item.void for item in told if item.element == "sign_technical"] == [True, False]
    assert {item.login for item in told if item.element.startswith("sign_") and not item.void} == set(SIGNATORIES)


@pytest.mark.parametrize("login", SIGNATORIES)
@pytest.mark.parametrize("before", [0, 1, 2])
def test_any_signatory_at_any_moment_sends_it_back_and_the_others_close(login: str, before: int) -> None:
    number = start()
    approve_up_to_signing(number)
    for other in [o for o in SIGNATORIES if o != login][:before]:
        answer(number, other)
    answer(number, login, "return", "请修改", to="draft")
    assert asked(number) == {"marketing_manager"}
    closed = Task.objects.filter(instance__number=number, element__startswith="sign_")
    assert sorted(closed.values_list("status", flat=True)) == sorted(
        ["returned"] + ["done"] * before + ["cancelled"] * (2 - before)
    )


@pytest.mark.parametrize("login", ["product_marketing_director", "business_unit_director", "general_manager"])
def test_each_step_before_the_signing_can_return_it(login: str) -> None:
    number = start()
    if login != "product_marketing_director":
        answer(number, "product_marketing_director")
    if login == "general_manager":
        answer(number, "business_unit_director", values=budget(number))
    answer(number, login, "return", "预算说明不足")
    assert asked(number) == {"marketing_manager"}


def test_a_return_asks_for_an_opinion_and_a_step_that_was_passed() -> None:
    number = start()
    with pytest.raises(Invalid) as refused:
        answer(number, "product_marketing_director", "return", "  ")
    assert "opinion" in refused.value.errors
    with pytest.raises(Invalid) as refused:
        answer(number, "product_marketing_director", "return", "看看", to="budget")
    assert "to" in refused.value.errors
    with pytest.raises(Invalid):
        answer(number, "product_marketing_director", "dance")
    assert asked(number) == {"product_marketing_director"}


def test_wrong_answers_are_told_by_field_and_change_nothing() -> None:
    with pytest.raises(Invalid) as refused:
        start(topic="", kind="weekly")
    assert {"topic", "kind"} <= set(refused.value.errors)
    assert not Instance.objects.exists()
    number = start()
    answer(number, "product_marketing_director")
    with pytest.raises(Invalid) as refused:
        answer(number, "business_unit_director", values={"budget_conclusion": "full", "approved_budget": "999999999"})
    assert "approved_budget" in refused.value.errors
    assert asked(number) == {"business_unit_director"}


def test_only_the_market_manager_starts_it() -> None:
    with pytest.raises(Forbidden):
        start_case(actor("finance_manager"), "SC-001", plan())
    with pytest.raises(NotFound):
        start_case(actor("marketing_manager"), "SC-999", plan())


def test_outsiders_do_not_even_learn_that_a_case_exists() -> None:
    number = start()
    task = open_task(number, "product_marketing_director")
    for login in ("finance_manager", "key_account_manager_1"):
        with pytest.raises(NotFound):
            case_view(actor(login), number)
        with pytest.raises(NotFound):
            decide(actor(login), task, "approve")
    with pytest.raises(Forbidden):
        decide(actor("general_manager"), task, "approve")
    assert case_view(actor("general_manager"), number).my_task is None


def test_deciding_twice_is_told_and_done_once() -> None:
    number = start()
    task = open_task(number, "product_marketing_director")
    decide(actor("product_marketing_director"), task, "approve")
    with pytest.raises(AlreadyDecided):
        decide(actor("product_marketing_director"), task, "approve")


def test_the_starter_withdraws_and_the_case_is_closed() -> None:
    number = start()
    task = open_task(number, "product_marketing_director")
    with pytest.raises(Forbidden):
        withdraw_case(actor("product_marketing_director"), number, "不需要了")
    with pytest.raises(Invalid):
        withdraw_case(actor("marketing_manager"), number, " ")
    withdraw_case(actor("marketing_manager"), number, "改期再办")
    case = Instance.objects.get(number=number)
    assert case.status == "withdrawn"
    assert asked(number) == set()
    assert Document.objects.get(dossier=case.pk).status == "withdrawn"
    with pytest.raises((AlreadyDecided, CaseClosed)):
        decide(actor("product_marketing_director"), task, "approve")


def test_the_route_is_foreseen_and_says_what_is_skipped() -> None:
    me = actor("marketing_manager")
    route = foresee(me, "SC-001", {"kind": "regular"})
    skipped = [item.element for item in route.items if item.state == "skipped"]
    assert skipped == ["general_manager_opinion"]
    assert {item.person for item in route.items if item.element.startswith("sign_")} == {"陈博", "周志远", "孙洁"}
    assert not [i for i in foresee(me, "SC-001", {"kind": "annual"}).items if i.state == "skipped"]


def test_the_inbox_and_the_progress_tell_the_same_story() -> None:
    number = start()
    rows = inbox(actor("product_marketing_director")).rows
    assert [row.case_number for row in rows] == [number]
    assert rows[0].due_at is not None
    answer(number, "product_marketing_director", opinion="可行。")
    assert [row.outcome for row in inbox(actor("product_marketing_director"), "done").rows] == ["approve"]
    started = inbox(actor("marketing_manager"), "started").rows
    assert [(row.case_number, row.waiting_for) for row in started] == [(number, ("赵敏",))]
    view = case_view(actor("marketing_manager"), number)
    states = [(item.element, item.state) for item in view.timeline]
    assert states[:3] == [("draft", "done"), ("review", "done"), ("budget", "current")]
    assert ("sign_technical", "future") in states
    assert "<svg" in view.diagram


def test_every_decision_is_in_the_journal() -> None:
    number = start()
    answer(number, "product_marketing_director", opinion="可行。")
    chain = f"case:{Instance.objects.get(number=number).pk}"
    kinds = list(Entry.objects.filter(chain=chain).order_by("number").values_list("kind", flat=True))
    assert kinds == ["case_started", "task_opened", "task_decided", "task_opened", "task_decided", "task_opened"]
    decided = Entry.objects.filter(chain=chain, kind="task_decided").last()
    assert decided is not None
    assert (decided.actor_id, decided.detail["opinion"]) == (actor("product_marketing_director").id, "可行。")
