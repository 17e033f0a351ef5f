"""Somebody is away: their deputy sees their tasks, reads the cases, decides, and both names stay on the record."""

from datetime import timedelta

import pytest

from huiqian.base import clock
from huiqian.base.errors import Forbidden, Invalid, NotFound, Refusal, Stale
from huiqian.documents.models import Signature, Version
from huiqian.documents.queries import document_view
from huiqian.journal.models import Entry
from huiqian.org.commands import appoint_deputy, change_person, end_deputy
from huiqian.org.models import Deputy, Holding
from huiqian.process.access import case_for
from huiqian.work.access import AlreadyDecided
from huiqian.work.commands import decide, hand_over_task
from huiqian.work.models import Assignment, Task
from huiqian.work.queries import case_view, inbox, inbox_counts, next_task, task_view
from huiqian.work.tests.test_decide import at_once
from tests.people import actor, answer, approve_up_to_signing, asked, budget, open_task, plan, start

AWAY, DEPUTY = "product_marketing_director", "finance_manager"


def stand_in(person: str = AWAY, deputy: str = DEPUTY, days: int = 3, begins: int = 0) -> Deputy:
    """`person` is away from `begins` days ahead, for some days."""
    since = clock.today() + timedelta(days=begins)
    return appoint_deputy(actor(person), person, deputy, since=since, until=since + timedelta(days=days), reason="出差")


def mine(login: str, tab: str = "open") -> list[tuple[str, str]]:
    """The cases in somebody's inbox, and for whom they would decide them."""
    return [(row.case_number, row.behalf_login) for row in inbox(actor(login), tab).rows]


@pytest.mark.usefixtures("company")
class TestOneAfterTheOther:
    """What a deputy sees and does."""

    def test_tasks_from_before_and_from_meanwhile_are_in_the_inbox_marked_and_counted(self) -> None:
        before = start()
        stand_in()
        later = start()
        assert sorted(mine(DEPUTY)) == [(before, AWAY), (later, AWAY)]
        assert sorted(mine(AWAY)) == [(before, ""), (later, "")]
        counts = inbox_counts(actor(DEPUTY))
        assert (counts.open, counts.own, [(one.login, one.count) for one in counts.others]) == (2, 0, [(AWAY, 2)])
        assert len(inbox(actor(DEPUTY), behalf=AWAY).rows) == 2
        assert inbox(actor(DEPUTY), behalf="me").rows == ()
        following = next_task(actor(DEPUTY))
        assert following is not None
        assert following.behalf_login == AWAY

    def test_own_tasks_and_those_of_two_who_are_away_come_in_one_order_page_by_page(self) -> None:
        stand_in()
        stand_in("marketing_manager")
        numbers = [start() for _case in range(14)]
        for number in numbers[:7]:
            answer(number, AWAY, "return", "请补充", to="draft")
        share = Assignment.objects.filter(person__login=AWAY, status="open").first()
        assert share is not None
        hand_over_task(actor(AWAY), share.pk, DEPUTY)
        page = inbox(actor(DEPUTY))
        assert len(page.rows) == 14
        assert {row.behalf_login for row in page.rows} == {"", AWAY, "marketing_manager"}
        assert [row.due_at for row in page.rows] == sorted(row.due_at for row in page.rows if row.due_at)

    def test_the_deputy_decides_and_both_names_stand_everywhere(self) -> None:
        number = start()
        stand_in()
        decide(actor(DEPUTY), open_task(number, AWAY), "approve", opinion="同意。", behalf=AWAY)
        share = Assignment.objects.get(task__instance__number=number, task__element="review")
        assert (share.person.login, share.decided_by and share.decided_by.login) == (AWAY, DEPUTY)
        line = next(one for one in case_view(actor(DEPUTY), number).timeline if one.element == "review")
        assert (line.person, line.behalf) == ("许文静", "李强")
        signature = Signature.objects.get(version__document__dossier__instance__number=number, step="review")
        assert (signature.person_name, signature.behalf_name, signature.position_name) == (
            "许文静",
            "李强",
            "产品市场部经理",
        )
        fact = Entry.objects.get(kind="task_decided", detail__element="review")
        assert (fact.actor_id, fact.behalf_id) == (actor(DEPUTY).id, actor(AWAY).id)
        assert asked(number) == {"business_unit_director"}
        assert [row.decided_by for row in inbox(actor(AWAY), "done").rows] == ["许文静"]
        assert mine(DEPUTY, "done") == [(number, AWAY)]

    def test_what_a_deputy_writes_names_both_as_its_author(self) -> None:
        number = start()
        answer(number, AWAY, "return", "请补充", to="draft")
        stand_in("marketing_manager")
        task = open_task(number, "marketing_manager")
        decide(
            actor(DEPUTY), task, "submit", values=plan(topic="2026 年度市场调研（第二版）"), behalf="marketing_manager"
        )
        authors = Version.objects.filter(document__dossier__instance__number=number).order_by("number")
        assert list(authors.values_list("author_name", flat=True)) == ["王丽", "许文静（代 王丽）"]

    def test_nobody_decides_for_somebody_without_saying_so(self) -> None:
        number = start()
        stand_in()
        with pytest.raises(Forbidden, match="李强"):
            decide(actor(DEPUTY), open_task(number, AWAY), "approve")

    def test_who_signs_for_themselves_and_for_another_signs_twice(self) -> None:
        number = start()
        stand_in("technical_director", "general_manager")
        approve_up_to_signing(number)
        me, away = actor("general_manager"), "technical_director"
        assert len(case_view(me, number).my_tasks) == 2
        decide(me, open_task(number, "general_manager"), "approve")
        decide(me, open_task(number, away), "approve", behalf=away)
        signed = Signature.objects.filter(version__document__dossier__instance__number=number, step__startswith="sign_")
        assert sorted(signed.values_list("person_name", "behalf_name")) == [("周志远", ""), ("周志远", "陈博")]

    def test_both_shares_of_one_task_are_signed_one_by_one(self) -> None:
        number = start()
        stand_in()
        task = open_task(number, AWAY)
        first = Assignment.objects.get(task_id=task)
        Task.objects.filter(pk=task).update(mode="all")
        Assignment.objects.create(task_id=task, person_id=actor(DEPUTY).id, assigned_at=first.assigned_at, turn=1)
        assert not decide(actor(DEPUTY), task, "approve").settled
        with pytest.raises(AlreadyDecided):
            decide(actor(DEPUTY), task, "approve")
        assert decide(actor(DEPUTY), task, "approve", behalf=AWAY).settled
        signed = Signature.objects.filter(step="review").values_list("person_name", "behalf_name")
        assert sorted(signed) == [("许文静", ""), ("许文静", "李强")]

    def test_nobody_approves_their_own_draft_for_somebody_else(self) -> None:
        number = start()
        stand_in(AWAY, "marketing_manager")
        task = open_task(number, AWAY)
        assert mine("marketing_manager") == []
        assert inbox_counts(actor("marketing_manager")).open == 0
        assert case_view(actor("marketing_manager"), number).my_task is None
        with pytest.raises(NotFound):
            task_view(actor("marketing_manager"), task)
        with pytest.raises(Forbidden, match="李强"):
            decide(actor("marketing_manager"), task, "approve", behalf=AWAY)

    def test_a_deputys_deputy_decides_nothing_and_two_may_stand_in_for_each_other(self) -> None:
        number = start()
        stand_in()
        stand_in(DEPUTY, AWAY)
        stand_in("general_manager", AWAY)
        other = "administrative_assistant"
        appoint_deputy(actor("admin"), "technical_director", other, since=clock.today(), until=clock.today())
        assert mine("general_manager") == []
        assert mine(DEPUTY) == [(number, AWAY)]
        with pytest.raises(NotFound):
            decide(actor(other), open_task(number, AWAY), "approve", behalf=AWAY)

    def test_the_case_and_its_documents_are_read_while_it_lasts_and_own_acts_for_ever(self) -> None:
        done, waiting = start(), start()
        with pytest.raises(NotFound):
            case_for(actor(DEPUTY), done)
        deputy = stand_in()
        assert case_view(actor(DEPUTY), waiting).my_task is not None
        assert document_view(actor(DEPUTY), f"{waiting}-01").number == f"{waiting}-01"
        decide(actor(DEPUTY), open_task(done, AWAY), "approve", behalf=AWAY)
        end_deputy(actor(AWAY), deputy.pk)
        assert case_for(actor(DEPUTY), done).number == done
        assert document_view(actor(DEPUTY), f"{done}-01").number == f"{done}-01"
        for look in (case_for, document_view):
            with pytest.raises(NotFound):
                look(actor(DEPUTY), waiting if look is case_for else f"{waiting}-01")
        with pytest.raises(NotFound):
            decide(actor(DEPUTY), open_task(waiting, AWAY), "approve", behalf=AWAY)
        with pytest.raises(Stale):
            end_deputy(actor(AWAY), deputy.pk)

    def test_not_before_the_first_day_nor_after_the_last(self) -> None:
        number = start()
        stand_in(begins=2, days=1)
        assert mine(DEPUTY) == []
        with clock.moved_to(clock.now() + timedelta(days=3)):
            assert mine(DEPUTY) == [(number, AWAY)]
        with clock.moved_to(clock.now() + timedelta(days=4)):
            assert mine(DEPUTY) == []

    def test_one_deputy_a_day_and_only_for_oneself(self) -> None:
        stand_in()
        with pytest.raises(Invalid):
            stand_in(begins=3)
        stand_in(begins=4)
        with pytest.raises(Forbidden):
            appoint_deputy(actor(DEPUTY), AWAY, DEPUTY, since=clock.today(), until=clock.today())

    def test_a_closed_account_ends_it_and_the_work_is_handed_over(self) -> None:
        number = start()
        deputy = stand_in()
        Holding.objects.filter(person__login=AWAY).update(until=clock.today())
        change_person(actor("admin"), AWAY, name="李强", active=False)
        deputy.refresh_from_db()
        assert deputy.ended_at is not None
        assert mine(DEPUTY) == []
        hand_over_task(actor("admin"), Assignment.objects.get(task_id=open_task(number, AWAY)).pk, DEPUTY)
        assert mine(DEPUTY) == [(number, "")]

    def test_a_deputy_does_not_hand_over_what_is_not_theirs(self) -> None:
        number = start()
        stand_in()
        with pytest.raises(Forbidden):
            hand_over_task(actor(DEPUTY), Assignment.objects.get(task_id=open_task(number, AWAY)).pk, "admin")
        assert not case_view(actor(DEPUTY), number).may_hand_over

    def test_the_route_says_who_decides_meanwhile(self) -> None:
        stand_in("business_unit_director")
        number = start()
        line = next(one for one in case_view(actor(AWAY), number).timeline if one.element == "budget")
        assert (line.state, line.deputy) == ("future", "许文静")

    def test_a_step_to_fill_in_is_filled_in_for_somebody(self) -> None:
        number = start()
        stand_in("business_unit_director")
        answer(number, AWAY)
        task = open_task(number, "business_unit_director")
        assert task_view(actor(DEPUTY), task).task.behalf_login == "business_unit_director"
        decide(actor(DEPUTY), task, "approve", values=budget(number), behalf="business_unit_director")
        assert "business_unit_director" not in asked(number)


@pytest.mark.usefixtures("real_company")
class TestAtOnce:
    """Real threads and real commits."""

    def test_holder_and_deputy_decide_at_the_same_moment_and_one_is_told_who_was_faster(self) -> None:
        number = start()
        stand_in()
        task, holder, deputy = open_task(number, AWAY), actor(AWAY), actor(DEPUTY)
        results = at_once(
            lambda: decide(holder, task, "approve"),
            lambda: decide(deputy, task, "approve", behalf=AWAY),
        )
        (told,) = [one for one in results if isinstance(one, AlreadyDecided)]
        assert ("李强" in str(told)) != ("许文静" in str(told))
        assert Signature.objects.filter(step="review").count() == 1
        assert asked(number) == {"business_unit_director"}

    def test_two_deputies_named_at_the_same_moment_leave_one(self) -> None:
        results = at_once(stand_in, lambda: stand_in(deputy="general_manager"))
        assert len([one for one in results if isinstance(one, Refusal)]) == 1
        assert Deputy.objects.filter(person__login=AWAY).count() == 1

    def test_ending_it_and_deciding_at_the_same_moment_is_one_before_the_other(self) -> None:
        number = start()
        deputy = stand_in()
        task, me, away = open_task(number, AWAY), actor(DEPUTY), actor(AWAY)
        results = at_once(
            lambda: decide(me, task, "approve", behalf=AWAY),
            lambda: end_deputy(away, deputy.pk),
        )
        decided = not isinstance(results[0], Refusal)
        assert Signature.objects.filter(step="review").exists() == decided
        assert asked(number) == ({"business_unit_director"} if decided else {AWAY})
