"""Colleagues are copied on a case: they may read it, find it among their copies, and what they read is marked."""

import pytest

from huiqian.base.errors import Forbidden, Invalid, NotFound, Refusal
from huiqian.documents.models import Reader
from huiqian.documents.queries import document_view
from huiqian.journal.models import Entry
from huiqian.org.models import Person
from huiqian.work.commands import copy_case, decide, hand_over_task, read_copies
from huiqian.work.models import Assignment, Copy
from huiqian.work.queries import case_view, copies, inbox_counts
from huiqian.work.tests.test_decide import at_once
from tests.people import actor, open_task, start

STARTER, READER = "marketing_manager", "finance_manager"


def copied(login: str) -> list[tuple[str, bool]]:
    """What somebody was copied on, and whether it is unread."""
    return [(row.case_number, row.unread) for row in copies(actor(login)).rows]


@pytest.mark.usefixtures("company")
class TestOneAfterTheOther:
    """Who copies whom, and what comes of it."""

    def test_a_copied_colleague_reads_the_case_and_its_documents_but_decides_nothing(self) -> None:
        number = start()
        assert copy_case(actor(STARTER), number, [READER], text="供参考") == 1
        view = case_view(actor(READER), number)
        assert (view.my_task, view.may_copy) == (None, False)
        assert document_view(actor(READER), f"{number}-01").number == f"{number}-01"
        assert [(one.person.login, one.sender.login, one.text) for one in view.copies] == [(READER, STARTER, "供参考")]
        with pytest.raises(Forbidden):
            decide(actor(READER), open_task(number, "product_marketing_director"), "approve")
        with pytest.raises(Forbidden):
            copy_case(actor(READER), number, ["technical_director"])

    def test_it_is_unread_until_it_is_read(self) -> None:
        first, second = start(), start()
        for number in (first, second):
            copy_case(actor(STARTER), number, [READER])
        assert copied(READER) == [(second, True), (first, True)]
        assert inbox_counts(actor(READER)).copies == 2
        assert read_copies(actor(READER), first) == 1
        assert copied(READER) == [(second, True), (first, False)]
        assert [row.case_number for row in copies(actor(READER), unread=True).rows] == [second]
        assert read_copies(actor(READER)) == 1
        assert inbox_counts(actor(READER)).copies == 0

    def test_page_by_page_and_searched(self) -> None:
        numbers = [start(topic=f"第{n}份年度市场调研策划") for n in range(27)]
        for number in numbers:
            copy_case(actor(STARTER), number, [READER])
        page = copies(actor(READER))
        rest = copies(actor(READER), after=page.after)
        assert [row.case_number for row in (*page.rows, *rest.rows)] == numbers[::-1]
        assert rest.after == ""
        assert [row.case_number for row in copies(actor(READER), search="第7份").rows] == [numbers[7]]

    def test_once_is_enough_and_nobody_copies_themselves(self) -> None:
        number = start()
        assert copy_case(actor(STARTER), number, [READER, READER]) == 1
        assert copy_case(actor(STARTER), number, [READER, "technical_director"]) == 1
        for wrong in ([], [STARTER], ["nobody"]):
            with pytest.raises(Invalid):
                copy_case(actor(STARTER), number, wrong)
        with pytest.raises(NotFound):
            copy_case(actor("administrative_assistant"), number, [READER])

    def test_whoever_decides_copies_with_it(self) -> None:
        number = start()
        task = open_task(number, "product_marketing_director")
        with pytest.raises(Invalid):
            decide(actor("product_marketing_director"), task, "approve", copy_to=["nobody"])
        decide(actor("product_marketing_director"), task, "approve", copy_to=[READER])
        assert copied(READER) == [(number, True)]
        facts = Entry.objects.filter(kind="case_copied")
        assert [fact.detail["people"] for fact in facts] == [[actor(READER).id]]

    def test_who_was_copied_and_is_asked_later_takes_part(self) -> None:
        number = start()
        copy_case(actor(STARTER), number, [READER])
        share = Assignment.objects.get(task_id=open_task(number, "product_marketing_director"))
        hand_over_task(actor("product_marketing_director"), share.pk, READER)
        assert Reader.objects.get(person__login=READER).role == "participant"
        assert copy_case(actor(READER), number, ["technical_director"]) == 1

    def test_a_closed_account_is_not_copied(self) -> None:
        Person.objects.filter(login=READER).update(is_active=False)
        with pytest.raises(Invalid):
            copy_case(actor(STARTER), start(), ["nobody", READER])


@pytest.mark.usefixtures("real_company")
def test_two_who_copy_the_same_colleague_at_the_same_moment_send_one_copy() -> None:
    number = start()
    people = [actor(STARTER), actor("product_marketing_director")]
    results = at_once(*[lambda me=me: copy_case(me, number, [READER]) for me in people])
    assert not [one for one in results if isinstance(one, Refusal)]
    assert sorted(int(str(one)) for one in results) == [0, 1]
    assert Copy.objects.count() == 1
