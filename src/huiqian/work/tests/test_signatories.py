"""Adding signatories before, after and beside oneself, and taking off who has not decided yet."""

import pytest

from huiqian.base.errors import Forbidden, Invalid, Refusal
from huiqian.documents.models import Signature
from huiqian.journal.models import Entry
from huiqian.process.models import Instance
from huiqian.work.access import AlreadyDecided
from huiqian.work.commands import add_signatory, decide, remove_signatory
from huiqian.work.commands.signatories import NotOffered
from huiqian.work.models import Assignment
from huiqian.work.queries import case_view, inbox
from huiqian.work.tests.test_decide import at_once
from tests.people import actor, answer, asked, budget, open_task, start

REVIEWER, NEXT, ADDED = "product_marketing_director", "business_unit_director", "finance_manager"


def add(task: int, place: str, person: str = ADDED, by: str = REVIEWER) -> None:
    """Somebody adds a colleague to their step."""
    add_signatory(actor(by), task, person, place, reason="请财务会审。")


@pytest.mark.usefixtures("company")
class TestOneAfterTheOther:
    """Where somebody is added, and what it takes to go on."""

    def test_beside_both_must_agree(self) -> None:
        number = start()
        task = open_task(number, REVIEWER)
        add(task, "beside")
        assert asked(number) == {REVIEWER, ADDED}
        assert not decide(actor(REVIEWER), task, "approve").settled
        assert decide(actor(ADDED), task, "approve", opinion="预算可行。").settled
        assert asked(number) == {NEXT}
        signed = Signature.objects.filter(step="review").values_list("person_name", "position_name")
        assert sorted(signed) == [("李强", "产品市场部经理"), ("许文静", "财务经理")]

    def test_before_oneself_waits_and_is_asked_when_they_have_agreed(self) -> None:
        number = start()
        task = open_task(number, REVIEWER)
        add(task, "before")
        assert asked(number) == {ADDED}
        with pytest.raises(Forbidden):
            decide(actor(REVIEWER), task, "approve")
        assert not decide(actor(ADDED), task, "approve").settled
        assert asked(number) == {REVIEWER}
        assert decide(actor(REVIEWER), task, "approve").settled

    def test_after_oneself_and_a_third_in_between(self) -> None:
        number = start()
        task = open_task(number, REVIEWER)
        add(task, "after")
        add(task, "after", "technical_director")
        order = []
        while asked(number) != {NEXT}:
            (login,) = asked(number)
            order.append(login)
            decide(actor(login), task, "approve")
        assert order == [REVIEWER, "technical_director", ADDED]

    def test_an_added_signatory_may_return_and_fills_in_nothing(self) -> None:
        number = start()
        answer(number, REVIEWER)
        task = open_task(number, NEXT)
        add(task, "before", by=NEXT)
        mine = case_view(actor(ADDED), number).my_task
        assert mine is not None
        assert (mine.form, mine.fills) == (None, False)
        decide(actor(ADDED), task, "approve")
        assert decide(actor(NEXT), task, "approve", values=budget(number)).settled
        other = start()
        task = open_task(other, REVIEWER)
        add(task, "beside")
        decide(actor(ADDED), task, "return", opinion="预算过高", to="draft")
        assert asked(other) == {"marketing_manager"}

    def test_the_record_says_who_added_whom_and_why(self) -> None:
        number = start()
        task = open_task(number, REVIEWER)
        add(task, "beside")
        line = next(one for one in case_view(actor(REVIEWER), number).timeline if one.login == ADDED)
        assert (line.state, line.added_by) == ("current", "李强")
        fact = Entry.objects.get(kind="signatory_added")
        assert (fact.detail["people"], fact.detail["reason"]) == ([actor(ADDED).id], "请财务会审。")

    def test_whoever_added_takes_off_and_the_turn_goes_on(self) -> None:
        number = start()
        task = open_task(number, REVIEWER)
        add(task, "before")
        assert case_view(actor(REVIEWER), number).may_take_off == task
        remove_signatory(actor(REVIEWER), task, ADDED, reason="改为抄送。")
        assert asked(number) == {REVIEWER}
        assert inbox(actor(ADDED)).rows == ()
        assert decide(actor(REVIEWER), task, "approve").settled
        assert Entry.objects.filter(kind="signatory_removed").count() == 1

    def test_what_is_refused(self) -> None:
        number = start()
        task = open_task(number, REVIEWER)
        for person, place, reason in ((ADDED, "beside", " "), (ADDED, "above", "会审"), ("nobody", "beside", "会审")):
            with pytest.raises(Invalid):
                add_signatory(actor(REVIEWER), task, person, place, reason=reason)
        with pytest.raises(Invalid):
            add(task, "beside", REVIEWER)
        with pytest.raises(Forbidden):
            add(task, "beside", by="marketing_manager")
        add(task, "beside")
        with pytest.raises(Invalid):
            add(task, "beside")
        with pytest.raises(Forbidden):
            remove_signatory(actor("marketing_manager"), task, ADDED, reason="不需要")
        with pytest.raises(Invalid):
            remove_signatory(actor(REVIEWER), task, REVIEWER, reason="不需要")
        decide(actor(REVIEWER), task, "approve")
        with pytest.raises(Invalid):
            remove_signatory(actor(REVIEWER), task, ADDED, reason="没有人剩下")
        decide(actor(ADDED), task, "approve")
        with pytest.raises(AlreadyDecided):
            remove_signatory(actor(REVIEWER), task, ADDED, reason="已办")

    def test_a_step_that_does_work_knows_none(self) -> None:
        number = start()
        answer(number, REVIEWER, "return", "请补充", to="draft")
        with pytest.raises(NotOffered):
            add(open_task(number, "marketing_manager"), "beside", by="marketing_manager")


@pytest.mark.usefixtures("real_company")
def test_adding_and_deciding_at_the_same_moment_is_one_before_the_other() -> None:
    number = start()
    task = open_task(number, REVIEWER)
    me = actor(REVIEWER)
    results = at_once(
        lambda: decide(me, task, "approve"),
        lambda: add_signatory(me, task, ADDED, "beside", reason="会审"),
    )
    added = not isinstance(results[1], Refusal)
    assert asked(number) == ({ADDED} if added else {NEXT})


@pytest.mark.usefixtures("real_company")
def test_taking_off_and_deciding_at_the_same_moment_is_one_or_the_other() -> None:
    number = start()
    task = open_task(number, REVIEWER)
    add(task, "beside")
    me, other = actor(REVIEWER), actor(ADDED)
    results = at_once(
        lambda: remove_signatory(me, task, ADDED, reason="改为抄送"),
        lambda: decide(other, task, "approve"),
    )
    assert len([one for one in results if isinstance(one, Refusal)]) == 1
    assert asked(number) == {REVIEWER}
    assert Instance.objects.get(number=number).status == "running"
    assert Assignment.objects.filter(task_id=task, status="open").count() == 1
