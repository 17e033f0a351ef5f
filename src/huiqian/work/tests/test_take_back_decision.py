"""Taking one's own decision back: while nothing after it was touched, and what becomes of what was signed."""

from datetime import timedelta

import pytest

from huiqian.base import clock
from huiqian.base.errors import Forbidden, NotFound, Refusal
from huiqian.documents.models import Signature
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.org.commands import appoint_deputy
from huiqian.work.access import AlreadyDecided, CaseClosed
from huiqian.work.commands import decide, take_back_decision
from huiqian.work.commands.take_back_decision import NotTakenBack
from huiqian.work.models import Assignment, Task
from huiqian.work.queries import case_view, inbox
from huiqian.work.tests.test_decide import at_once
from tests.people import SIGNATORIES, actor, answer, approve_up_to_signing, asked, budget, open_task, plan, start

REVIEWER, NEXT, STARTER = "product_marketing_director", "business_unit_director", "marketing_manager"


def reviewed() -> tuple[str, int]:
    """A case that 李强 has approved; his task."""
    number = start()
    task = open_task(number, REVIEWER)
    answer(number, REVIEWER, opinion="同意。")
    return number, task


@pytest.mark.usefixtures("company")
class TestOneAfterTheOther:
    """Who may, until when, and what is left of it."""

    def test_the_task_is_ones_own_again_and_the_next_one_is_no_longer_asked(self) -> None:
        number, task = reviewed()
        assert case_view(actor(REVIEWER), number).may_take_back == task
        take_back_decision(actor(REVIEWER), task, reason="预算要再核对。")
        assert asked(number) == {REVIEWER}
        assert [row.case_number for row in inbox(actor(REVIEWER)).rows] == [number]
        assert inbox(actor(REVIEWER), "done").rows == ()
        assert Signature.objects.get(step="review").void_at is not None
        fact = Entry.objects.get(kind="decision_taken_back")
        assert (fact.detail["people"], fact.detail["reason"]) == ([actor(NEXT).id], "预算要再核对。")
        lines = [one for one in case_view(actor(REVIEWER), number).timeline if one.element == "review"]
        assert [(one.state, one.taken_back) for one in lines] == [("cancelled", True), ("current", False)]
        assert list(verify()) == []

    def test_it_is_decided_again_and_goes_on(self) -> None:
        number, task = reviewed()
        take_back_decision(actor(REVIEWER), task)
        answer(number, REVIEWER, "return", "请补充", to="draft")
        assert asked(number) == {STARTER}

    def test_the_drafter_takes_the_submission_back_and_submits_a_second_version(self) -> None:
        number = start()
        first = Task.objects.get(instance__number=number, element="draft")
        take_back_decision(actor(STARTER), first.pk)
        assert asked(number) == {STARTER}
        answer(number, STARTER, "submit", values=plan(topic="2026 年度市场调研（更正）"))
        assert asked(number) == {REVIEWER}
        assert case_view(actor(STARTER), number).documents[0].version_count == 2

    def test_not_once_somebody_after_it_has_decided(self) -> None:
        number, task = reviewed()
        answer(number, NEXT, values=budget(number))
        assert case_view(actor(REVIEWER), number).may_take_back is None
        with pytest.raises(NotTakenBack):
            take_back_decision(actor(REVIEWER), task)
        assert Signature.objects.get(step="review").void_at is None

    def test_not_when_one_of_several_has_signed_what_came_after(self) -> None:
        number, task = reviewed()
        following = open_task(number, NEXT)
        Task.objects.filter(pk=following).update(mode="all")
        share = Assignment.objects.get(task_id=following)
        Assignment.objects.create(task_id=following, person_id=actor("admin").id, assigned_at=share.assigned_at, turn=1)
        assert not decide(actor(NEXT), following, "approve", values=budget(number)).settled
        assert case_view(actor(REVIEWER), number).may_take_back is None
        with pytest.raises(NotTakenBack):
            take_back_decision(actor(REVIEWER), task)
        assert asked(number) == {"admin"}
        assert Signature.objects.get(step="review").void_at is None

    def test_a_return_and_what_has_taken_effect_stay(self) -> None:
        number = start()
        task = open_task(number, REVIEWER)
        answer(number, REVIEWER, "return", "请补充", to="draft")
        with pytest.raises(Refusal):
            take_back_decision(actor(REVIEWER), task)
        assert asked(number) == {STARTER}
        ended = start()
        approve_up_to_signing(ended)
        tasks = {login: open_task(ended, login) for login in SIGNATORIES}
        for login in SIGNATORIES:
            answer(ended, login)
        with pytest.raises(CaseClosed):
            take_back_decision(actor(SIGNATORIES[-1]), tasks[SIGNATORIES[-1]])

    def test_one_of_three_signatures_while_the_others_are_open(self) -> None:
        number = start()
        approve_up_to_signing(number)
        task = open_task(number, "technical_director")
        answer(number, "technical_director")
        answer(number, "general_manager")
        take_back_decision(actor("technical_director"), task)
        assert asked(number) == {"technical_director", "key_account_director"}
        void = Signature.objects.filter(step__startswith="sign_", void_at__isnull=False)
        assert list(void.values_list("person_name", flat=True)) == ["陈博"]

    def test_whose_it_is_not(self) -> None:
        _number, task = reviewed()
        for login in (STARTER, NEXT):
            with pytest.raises(Forbidden):
                take_back_decision(actor(login), task)
        with pytest.raises(NotFound):
            take_back_decision(actor("finance_manager"), task)

    def test_a_deputy_and_the_one_they_decided_for_both_may(self) -> None:
        today, deputy = clock.today(), "finance_manager"
        appoint_deputy(actor(REVIEWER), REVIEWER, deputy, since=today, until=today + timedelta(days=1))
        for login in (deputy, REVIEWER):
            number = start()
            task = open_task(number, REVIEWER)
            decide(actor(deputy), task, "approve", behalf=REVIEWER)
            take_back_decision(actor(login), task)
            assert asked(number) == {REVIEWER}


@pytest.mark.usefixtures("real_company")
class TestAtOnce:
    """Real threads and real commits."""

    @pytest.mark.parametrize("_again", range(3))
    def test_taking_back_while_the_next_one_decides_is_one_or_the_other(self, _again: int) -> None:
        number, task = reviewed()
        following, whole = open_task(number, NEXT), budget(number)
        me, after = actor(REVIEWER), actor(NEXT)
        results = at_once(
            lambda: take_back_decision(me, task),
            lambda: decide(after, following, "approve", values=whole),
        )
        taken = not isinstance(results[0], Refusal)
        assert isinstance(results[1], AlreadyDecided) == taken
        assert isinstance(results[0], NotTakenBack) != taken
        assert (asked(number) == {REVIEWER}) == taken
        assert list(verify()) == []

    def test_twice_at_the_same_moment_takes_back_once(self) -> None:
        number, task = reviewed()
        me = actor(REVIEWER)
        results = at_once(*[lambda: take_back_decision(me, task)] * 3)
        assert len([one for one in results if isinstance(one, Refusal)]) == 2
        assert asked(number) == {REVIEWER}
