"""A draft goes into the joint review: the five positions are asked, one version at a time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from huiqian.base import clock
from huiqian.base.errors import Forbidden, Invalid, NotFound, Stale
from huiqian.journal.models import Entry
from huiqian.org.commands import assign_position, save_group
from huiqian.org.models import PositionGroup
from huiqian.process.commands import submit_version, withdraw_version
from huiqian.process.models import Review, Version
from huiqian.process.reviewing import NoReviewers, OnItsWay, ReviewOver
from tests.people import actor
from tests.versions import REVIEWERS, agree, changed, draft, in_effect, submitted

pytestmark = pytest.mark.usefixtures("company")


def test_the_five_positions_are_asked() -> None:
    version = submitted()
    review = version.reviews.get()
    assert version.status == "in_review"
    assert tuple(review.opinions.values_list("position", flat=True)) == REVIEWERS
    fact = Entry.objects.get(kind="version_submitted")
    assert set(fact.detail["people"]) == {actor(login).id for login in REVIEWERS}
    assert review.due_at > review.submitted_at + timedelta(days=4)


def test_which_positions_review_is_the_administrators_to_say() -> None:
    save_group(actor("admin"), "process_reviewers", name_zh="流程联合审核", positions=["finance_manager"])
    assert list(submitted().reviews.get().opinions.values_list("position", flat=True)) == ["finance_manager"]


def test_without_the_group_nothing_is_submitted() -> None:
    PositionGroup.objects.filter(code="process_reviewers").delete()
    save_group(actor("admin"), "others", name_zh="其他", positions=["finance_manager"])
    with pytest.raises(NoReviewers):
        submitted()
    assert not Review.objects.exists()


def test_a_note_is_asked_and_a_day_that_has_not_passed() -> None:
    version, yesterday = draft(), clock.today() - timedelta(days=1)
    with pytest.raises(Invalid) as refusal:
        submit_version(actor("admin"), "SC-001", version.number, note=" ", effective_on=yesterday)
    assert set(refusal.value.errors) == {"note", "effective_on"}


def test_one_version_of_a_process_is_on_its_way() -> None:
    first = submitted()
    second = draft(changed("预算", "费用"))
    with pytest.raises(OnItsWay):
        submit_version(actor("admin"), "SC-001", second.number, note="改用词。")
    withdraw_version(actor("admin"), "SC-001", first.number, "先改别的。")
    submit_version(actor("admin"), "SC-001", second.number, note="改用词。")


def test_the_database_holds_to_it_by_itself() -> None:
    submitted()
    second = draft(changed("预算", "费用"))
    for status in ("in_review", "agreed", "in_effect"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.filter(pk=second.pk).update(status=status, effective_from=clock.now())


def test_no_version_takes_effect_without_its_review_not_even_by_hand() -> None:
    before, second = in_effect(), draft()
    Version.objects.filter(pk=before.pk).update(status="retired")
    with pytest.raises(IntegrityError, match="joint review"), transaction.atomic():
        Version.objects.filter(pk=second.pk).update(status="in_effect", effective_from=clock.now())


@pytest.mark.parametrize(("field", "said"), [("bpmn", "<a/>"), ("content", {}), ("digest", ""), ("number", 9)])
def test_what_the_reviewers_have_read_stays_not_even_by_hand(field: str, said: object) -> None:
    version = submitted()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**{field: said})


def test_who_may_submit() -> None:
    version = draft()
    with pytest.raises(NotFound):
        submit_version(actor("finance_manager"), "SC-001", version.number, note="改用词。")
    submit_version(actor("marketing_manager"), "SC-001", version.number, note="改用词。")
    with pytest.raises(Stale):
        submit_version(actor("marketing_manager"), "SC-001", version.number, note="改用词。")


def test_a_reviewer_who_reads_it_may_not_take_it_back() -> None:
    version = submitted()
    with pytest.raises(Forbidden):
        withdraw_version(actor("general_manager"), "SC-001", version.number, "不需要。")


def test_withdrawn_it_is_a_draft_again_and_all_are_asked_anew() -> None:
    version = agree(submitted(), "general_manager", "technical_director")
    with pytest.raises(Invalid):
        withdraw_version(actor("admin"), "SC-001", version.number, " ")
    withdraw_version(actor("admin"), "SC-001", version.number, "补充说明。")
    with pytest.raises(ReviewOver):
        agree(version, "project_director")
    submit_version(actor("admin"), "SC-001", version.number, note="补充后再报。")
    first, second = version.reviews.order_by("round")
    assert (first.outcome, first.reason, second.outcome) == ("withdrawn", "补充说明。", "")
    assert first.opinions.filter(agrees=True).count() == 2
    assert second.opinions.filter(agrees__isnull=False).count() == 0
    with pytest.raises(ReviewOver):
        withdraw_version(actor("admin"), "SC-001", in_effect().number, "不行。")


def test_nobody_holds_a_position_so_its_superior_is_asked() -> None:
    assign_position(actor("admin"), "project_director", "general_manager", since=clock.today(), replace=True)
    version = agree(submitted(), "general_manager")
    spoken = version.reviews.get().opinions.filter(agrees=True).values_list("position", flat=True)
    assert set(spoken) == {"general_manager", "project_director"}
