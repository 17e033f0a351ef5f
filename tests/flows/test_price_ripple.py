"""Price ripple (价格联动): approved prices reach the open cases that quote those before them, and only once."""

import threading
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Forbidden, Invalid, NotFound, Refusal
from huiqian.jobs.turns import remind, spread_prices
from huiqian.journal.models import Entry
from huiqian.marketing.commands import ask_to_recheck, enter_price_list, settle_ripple, void_ripple
from huiqian.marketing.effects import quoting_cases
from huiqian.marketing.models import PriceList, PriceRipple
from huiqian.marketing.queries import cases_to_recheck, ripple_of_case, ripples_to_spread
from huiqian.marketing.rules.prices import PriceRow
from huiqian.marketing.rules.ripple import PriceChange
from huiqian.org.commands import change_person
from huiqian.org.models import Holding, Person
from huiqian.process.models import Instance
from huiqian.work.commands import (
    answer_recheck,
    hand_over_task,
    pass_on_recheck,
    remind_of_rechecks,
    void_recheck,
    withdraw_case,
)
from huiqian.work.models import Recheck
from huiqian.work.queries import inbox_counts, rechecks_left_behind, rechecks_of_cause, waiting_rechecks
from tests.events import propose
from tests.flows.test_sc005 import begin, let_time_come, prices, tomorrow, up_to_approval
from tests.people import actor, answer
from tests.sales import hand_in, line, open_month

# Plans that are handed in lie with whoever gathers them.
MANAGER, GATHERER, NAMED = "key_account_manager_1", "key_account_director", "吊顶全热交换新风机 350"


def month_to_come() -> Any:
    return (clock.today().replace(day=1) + timedelta(days=32)).replace(day=1)


def enter(**changes: str) -> PriceRipple:
    """An administrator enters a list that takes effect tomorrow; what it changes."""
    row = {name: Decimal(price) for name, price in prices(**changes).items() if name != "product"}
    made = enter_price_list(
        actor("admin"), [PriceRow(product="HX-350", **row)], title="十二月价格表", effective_from=tomorrow()
    )  # fmt: skip
    return PriceRipple.objects.get(price_list=made)


def asked() -> list[tuple[str, str]]:
    """Who is asked to look at which case again."""
    found = Recheck.objects.filter(answer="").order_by("instance__number", "person__login")
    return list(found.values_list("instance__number", "person__login"))


def whose() -> list[str]:
    """Of which managers' plans the only re-check is."""
    return [one["member"] for one in Recheck.objects.get().lines]


@pytest.mark.usefixtures("company")
def test_an_entered_list_reaches_plans_and_events_that_quote_the_old_prices() -> None:
    plans, event, other = open_month(month_to_come()), propose(topic=f"{NAMED} 推介会"), propose(topic="年会")
    hand_in(plans, MANAGER, line(), line("C-002", "HX-500"))
    ripple = enter()
    assert asked() == []
    assert spread_prices() == 2
    holder = Instance.objects.get(number=event).tasks.get(status="open").assignments.get().person.login
    assert asked() == [(plans, GATHERER), (event, holder)], f"not {other}, which names no product"
    plan, guess = (Recheck.objects.get(instance__number=number) for number in (plans, event))
    assert [(one["product"], one["member"], one["price"]) for one in plan.lines] == [("HX-350", MANAGER, "5280.00")]
    assert guess.lines[0]["words"].startswith(NAMED)
    assert plan.detail["changes"]["HX-350"]["after"]["list_price"] == "5480"
    told = Entry.objects.get(chain=f"case:{plan.instance_id}", kind="recheck_asked")
    assert told.detail["people"] == [plan.person_id]
    assert (spread_prices(), len(asked())) == (0, 2), "a tick that runs twice asks nobody twice"
    ripple.refresh_from_db()
    assert ripple.spread_at is not None


@pytest.mark.usefixtures("company")
def test_a_proposal_shows_its_ripple_asks_when_approved_and_again_when_it_takes_effect() -> None:
    plans = open_month(month_to_come())
    hand_in(plans, MANAGER)
    number = begin()
    up_to_approval(number, first=tomorrow(3))
    case = Instance.objects.get(number=number)
    expected = ripple_of_case(actor("general_manager"), number, case.version_id, case.data)
    assert expected is not None
    assert [one.case.number for one in expected.touched] == [plans]
    assert asked() == []
    answer(number, "general_manager", opinion="批准。")
    spread_prices()
    assert asked() == [(plans, GATHERER)]
    hand_in(plans, "key_account_manager_2", line("C-002"))
    spread_prices()
    assert whose() == [MANAGER], "nobody looks between the approval and the day"
    let_time_come(tomorrow(3))
    spread_prices()
    assert (asked(), whose()) == ([(plans, GATHERER)], [MANAGER, "key_account_manager_2"])
    assert PriceRipple.objects.get().price_list == PriceList.objects.get(case_number=number)


@pytest.mark.usefixtures("company")
def test_a_proposal_withdrawn_before_its_day_takes_its_questions_back() -> None:
    plans, number = open_month(month_to_come()), begin()
    hand_in(plans, MANAGER)
    up_to_approval(number, first=tomorrow(3))
    answer(number, "general_manager")
    spread_prices()
    withdraw_case(actor("marketing_manager"), number, "改期再议")
    spread_prices()
    (recheck,) = Recheck.objects.all()
    assert recheck.answer == "void"
    assert inbox_counts(actor(GATHERER)).rechecks == 0
    with pytest.raises(Refusal):
        answer_recheck(actor(GATHERER), recheck.pk, "right")


@pytest.mark.usefixtures("company")
def test_whoever_was_asked_answers_on_the_record_others_do_not() -> None:
    plans = open_month(month_to_come())
    hand_in(plans, MANAGER)
    enter()
    spread_prices()
    recheck = Recheck.objects.get()
    before = inbox_counts(actor(GATHERER))
    assert (before.rechecks, before.open) == (1, 2), "beside the task"
    assert [one.case_number for one in waiting_rechecks(actor(GATHERER))] == [plans]
    with pytest.raises(NotFound):
        answer_recheck(actor("graphic_designer"), recheck.pk, "right")
    with pytest.raises(Forbidden):
        answer_recheck(actor("finance_manager"), recheck.pk, "right")
    for wrong, path in (("changed", "note"), ("maybe", "answer")):
        with pytest.raises(Invalid) as refused:
            answer_recheck(actor(GATHERER), recheck.pk, wrong, note=" ")
        assert list(refused.value.errors) == [path]
    answer_recheck(actor(GATHERER), recheck.pk, "changed", note="单价已改为 5480 元。")
    recheck.refresh_from_db()
    assert (recheck.answer, recheck.note, recheck.answered_by) == ("changed", "单价已改为 5480 元。", recheck.person)
    assert Entry.objects.filter(chain=f"case:{recheck.instance_id}", kind="recheck_answered").exists()
    assert inbox_counts(actor(GATHERER)).open == 1
    with pytest.raises(Refusal):
        answer_recheck(actor(GATHERER), recheck.pk, "right")


@pytest.mark.usefixtures("company")
def test_nobody_learns_of_cases_they_may_not_read() -> None:
    plans, event = open_month(month_to_come()), propose(topic=f"{NAMED} 推介会")
    hand_in(plans, MANAGER)
    cause = enter().cause
    spread_prices()
    for login, seen in (("general_manager", {plans, event}), ("finance_manager", {plans}), ("graphic_designer", set())):
        assert {one.case_number for one in rechecks_of_cause(actor(login), cause)} == seen, login


@pytest.mark.usefixtures("company")
def test_a_plan_that_is_not_touched_is_not_found_a_changed_one_is_looked_at_under_its_lock() -> None:
    plans = open_month(month_to_come())
    hand_in(plans, MANAGER, line("C-001", "HX-500"))
    ripple = enter()
    assert cases_to_recheck(ripple) == []
    assert ask_to_recheck(SYSTEM, ripple.pk, Instance.objects.get(number=plans).pk) == 0


@pytest.mark.usefixtures("company")
def test_what_is_written_down_while_a_tick_looks_is_looked_for_again() -> None:
    ripple = enter()
    assert not settle_ripple(SYSTEM, ripple.pk, ripple.made_at - timedelta(minutes=1))
    assert [one.pk for one in ripples_to_spread()] == [ripple.pk]
    assert settle_ripple(SYSTEM, ripple.pk, ripple.made_at)
    assert ripples_to_spread() == []
    assert not void_ripple(SYSTEM, ripple.pk), "prices that are in the register are not given up"


@pytest.mark.usefixtures("company")
def test_an_answer_stands_also_when_its_cause_goes_away() -> None:
    plans = open_month(month_to_come())
    hand_in(plans, MANAGER)
    enter()
    spread_prices()
    recheck = Recheck.objects.get()
    answer_recheck(actor("admin"), recheck.pk, "right")
    assert not void_recheck(SYSTEM, recheck.pk)
    recheck.refresh_from_db()
    assert (recheck.answer, recheck.answered_by) == ("right", Person.objects.get(login="admin"))


@pytest.mark.usefixtures("real_company")
def test_two_workers_at_once_ask_once() -> None:
    plans = open_month(month_to_come())
    hand_in(plans, MANAGER)
    enter()
    (ripple,) = ripples_to_spread()
    (case,) = cases_to_recheck(ripple)
    ready, counts = threading.Barrier(2), []

    def ask() -> None:
        ready.wait()
        counts.append(ask_to_recheck(SYSTEM, ripple.pk, case))
        connection.close()

    threads = [threading.Thread(target=ask) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 1]
    with transaction.atomic():
        assert Recheck.objects.count() == 1


def one_asked(topic: str) -> Recheck:
    """The re-check of an event that names a product, asked of whoever its task waits for."""
    propose(topic=topic)
    enter()
    spread_prices()
    return Recheck.objects.get()


@pytest.mark.usefixtures("company")
def test_whoever_left_is_not_asked_and_what_they_were_asked_goes_on() -> None:
    recheck = one_asked(f"{NAMED} 推介会")
    former = recheck.person
    assert rechecks_left_behind() == []
    assert not pass_on_recheck(SYSTEM, recheck.pk), "they are there"
    Holding.objects.filter(person=former).delete()
    change_person(actor("admin"), former.login, name=former.name, active=False)
    assert rechecks_left_behind() == [recheck.pk]
    remind()
    recheck.refresh_from_db()
    assert (former.login, recheck.person.login) == ("marketing_manager", "product_marketing_director"), "the superior"
    told = Entry.objects.get(chain=f"case:{recheck.instance_id}", kind="recheck_passed_on")
    assert (told.detail["person"], told.detail["people"]) == (former.pk, [recheck.person_id])
    assert inbox_counts(actor("product_marketing_director")).rechecks == 1
    remind()
    assert Entry.objects.filter(kind="recheck_passed_on").count() == 1


@pytest.mark.usefixtures("company")
def test_a_task_that_is_handed_over_takes_the_question_along() -> None:
    recheck = one_asked(f"{NAMED} 推介会")
    share = recheck.instance.tasks.get(status="open").assignments.get()
    hand_over_task(actor(recheck.person.login), share.pk, "technical_director")
    recheck.refresh_from_db()
    assert (recheck.person.login, recheck.answer) == ("technical_director", "")
    answer_recheck(actor("technical_director"), recheck.pk, "right")


@pytest.mark.usefixtures("company")
def test_a_late_re_check_is_told_again_every_working_day_until_it_is_answered() -> None:
    recheck = one_asked(f"{NAMED} 推介会")
    assert recheck.due_at is not None
    monday = datetime(2098, 3, 3, 10, 0, tzinfo=clock.COMPANY_ZONE)
    told = []
    for hours in (0, 1, 24, 48):
        with clock.moved_to(monday + timedelta(hours=hours)):
            told.append(remind_of_rechecks(SYSTEM))
    assert told == [1, 0, 1, 1]
    assert Entry.objects.filter(kind="recheck_overdue", detail__people=[recheck.person_id]).count() == 3
    answer_recheck(actor(recheck.person.login), recheck.pk, "right")
    with clock.moved_to(monday + timedelta(hours=72)):
        assert remind_of_rechecks(SYSTEM) == 0


@pytest.mark.usefixtures("company")
def test_a_turn_that_is_cut_short_takes_its_questions_back_at_the_next_and_asks_none() -> None:
    plans, number = open_month(month_to_come()), begin()
    hand_in(plans, MANAGER)
    up_to_approval(number, first=tomorrow(3))
    answer(number, "general_manager")
    spread_prices()
    withdraw_case(actor("marketing_manager"), number, "改期再议")
    ripple = PriceRipple.objects.get()
    assert void_ripple(SYSTEM, ripple.pk)
    hand_in(plans, "key_account_manager_2", line("C-002"))
    case = Instance.objects.get(number=plans)
    assert ask_to_recheck(SYSTEM, ripple.pk, case.pk) == 0, "given up"
    assert Recheck.objects.get().answer == ""
    spread_prices()
    assert Recheck.objects.get().answer == "void"


@pytest.mark.usefixtures("company")
def test_a_name_is_looked_for_as_it_is_written_whatever_signs_it_has() -> None:
    name, prices_before = '新风机 "A+B" (350)* [静音\\低温]', {"list_price": Decimal(1)}
    number = propose(topic=f"{name} 推介会")
    propose(topic="新风机 AAB 350 静音低温推介会")

    def found(*changes: PriceChange) -> list[str]:
        return [case.number for case in quoting_cases(Instance.objects.all(), changes, clock.now())]

    change = PriceChange("ZZ-1.5", name, prices_before, {"list_price": Decimal(2)})
    assert found(change) == [number]
    assert found(PriceChange("ZZ-1.5", "没有的产品", prices_before, prices_before), change) == [number]
    assert found() == []
