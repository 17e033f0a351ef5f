"""The joint review: all agree and the version takes effect, one refuses and it does not (G2, R13)."""

from datetime import datetime, timedelta

import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.org.commands import appoint_deputy, assign_position, end_holding
from huiqian.org.models import Holding
from huiqian.process.commands import (
    agree_to_version,
    bring_into_effect,
    refuse_version,
    remind_reviewers,
    submit_version,
    withdraw_version,
)
from huiqian.process.models import Version
from huiqian.process.reviewing import OpinionStands, ReviewOver
from tests.people import actor
from tests.versions import REVIEWERS, agree, changed, draft, folder_of, in_effect, submitted

pytestmark = pytest.mark.usefixtures("company")


def test_when_the_last_one_has_agreed_it_takes_effect_and_the_one_before_retires() -> None:
    before, version = in_effect(), submitted()
    assert agree(version, *REVIEWERS[:4]).status == "in_review"
    assert in_effect() == before
    assert agree(version, REVIEWERS[4]).status == "in_effect"
    before.refresh_from_db()
    assert before.status == "retired"
    assert before.retired_at == version.effective_from
    assert version.reviews.get().outcome == "agreed"
    kinds = list(Entry.objects.filter(chain="process:SC-001").order_by("pk").values_list("kind", flat=True))
    assert kinds[-7:] == ["version_submitted", *["opinion_given"] * 5, "version_in_effect"]
    assert list(verify()) == []


def test_one_refuses_and_it_is_over_with_all_opinions_kept() -> None:
    version = agree(submitted(), "general_manager")
    with pytest.raises(Invalid):
        refuse_version(actor("technical_director"), "SC-001", version.number, "  ")
    refuse_version(actor("technical_director"), "SC-001", version.number, "“审阅”含义不清。")
    version.refresh_from_db()
    assert version.status == "refused"
    review = version.reviews.get()
    assert review.outcome == "refused"
    assert [(one.agrees, one.text) for one in review.opinions.all()[:2]] == [
        (True, "同意。"),
        (False, "“审阅”含义不清。"),
    ]
    with pytest.raises(ReviewOver):
        agree(version, "project_director")
    assert in_effect().number == 1


def test_a_corrected_draft_is_a_new_version_that_asks_everybody_anew() -> None:
    version = agree(submitted(), "general_manager")
    refuse_version(actor("technical_director"), "SC-001", version.number, "含义不清。")
    corrected = draft(changed("审核策划书", "复核策划书"))
    submit_version(actor("admin"), "SC-001", corrected.number, note="改为“复核”。")
    assert corrected.reviews.get().opinions.filter(agrees__isnull=True).count() == 5
    assert agree(corrected).status == "in_effect"


def test_who_is_not_asked_has_no_say() -> None:
    version = submitted()
    with pytest.raises(NotFound):
        agree_to_version(actor("finance_manager"), "SC-001", version.number)
    with pytest.raises(Forbidden):
        agree_to_version(actor("marketing_manager"), "SC-001", version.number)
    with pytest.raises(Forbidden):
        refuse_version(actor("admin"), "SC-001", version.number, "不行。")


def test_who_has_spoken_does_not_speak_twice() -> None:
    version = agree(submitted(), "general_manager")
    with pytest.raises(OpinionStands):
        agree(version, "general_manager")
    with pytest.raises(OpinionStands):
        refuse_version(actor("general_manager"), "SC-001", version.number, "反悔了。")


def test_a_reviewer_who_is_replaced_midway_speaks_no_more_but_the_new_one_does() -> None:
    version, former = submitted(), actor("project_director")
    assign_position(actor("admin"), "project_director", "purchasing_officer", since=clock.today(), replace=True)
    with pytest.raises(NotFound):
        agree_to_version(former, "SC-001", version.number)
    agree(version, "purchasing_officer")
    opinion = version.reviews.get().opinions.get(position="project_director")
    assert opinion.person_id == actor("purchasing_officer").id


def test_what_was_said_stays_when_its_reviewer_leaves_the_position() -> None:
    version = agree(submitted(), "project_director")
    assign_position(actor("admin"), "project_director", "purchasing_officer", since=clock.today(), replace=True)
    with pytest.raises(OpinionStands):
        agree(version, "purchasing_officer")
    assert version.reviews.get().opinions.get(position="project_director").person_id == actor("project_director").id


def test_a_position_that_nobody_holds_is_never_passed_silently() -> None:
    version = submitted()
    holding = Holding.objects.get(position__code="project_director")
    end_holding(actor("admin"), holding.pk, until=clock.today())
    # Its superior speaks for it, beside nothing else of theirs.
    agree(version, "business_unit_director")
    opinion = version.reviews.get().opinions.get(position="project_director")
    assert (opinion.person_id, opinion.via) == (actor("business_unit_director").id, "superior")


def test_a_deputy_speaks_for_whoever_is_away_and_both_names_stand_there() -> None:
    version, today = submitted(), clock.today()
    appoint_deputy(actor("technical_director"), "technical_director", "graphic_designer", since=today, until=today)
    agree(version, "graphic_designer")
    opinion = version.reviews.get().opinions.get(position="technical_director")
    assert (opinion.person_id, opinion.behalf_id) == (actor("graphic_designer").id, actor("technical_director").id)


def test_agreed_for_a_later_day_it_waits_for_it() -> None:
    day = clock.today() + timedelta(days=3)
    version = agree(submitted(day))
    assert (version.status, in_effect().number) == ("agreed", 1)
    assert bring_into_effect(SYSTEM) is False
    with clock.moved_to(clock.now() + timedelta(days=3)):
        assert bring_into_effect(SYSTEM) is True
        assert bring_into_effect(SYSTEM) is False
    assert in_effect() == version


def test_what_waits_for_its_day_can_still_be_taken_back() -> None:
    version = agree(submitted(clock.today() + timedelta(days=3)))
    withdraw_version(actor("admin"), "SC-001", version.number, "推迟。")
    with clock.moved_to(clock.now() + timedelta(days=4)):
        assert bring_into_effect(SYSTEM) is False
    version.refresh_from_db()
    assert version.status == "draft"


def test_a_new_name_comes_with_the_version() -> None:
    version = draft(folder_of(process_json=("市场调研策划流程", "市场调研立项流程")), file="SC-001.zip")
    submit_version(actor("admin"), "SC-001", version.number, note="改名。")
    agree(version)
    assert in_effect().definition.name_zh == "市场调研立项流程"


def _reminded() -> list[set[int]]:
    facts = Entry.objects.filter(kind="review_overdue").order_by("pk")
    return [set(fact.detail["people"]) for fact in facts]


def test_reviewers_who_are_late_are_reminded_every_working_day_until_it_is_decided() -> None:
    version = agree(submitted(), "general_manager")
    # Until the end of a Friday, the make-up work of no holiday near.
    due = datetime(2027, 3, 12, 18, 0, tzinfo=COMPANY_ZONE)
    version.reviews.update(due_at=due)
    late = {actor(login).id for login in REVIEWERS[1:]}
    moments = {
        due - timedelta(minutes=1): 0, due + timedelta(minutes=1): 1, due + timedelta(minutes=2): 0,
        due + timedelta(days=1): 0, due + timedelta(days=2): 0, due + timedelta(days=2, hours=14, minutes=59): 0,
        due + timedelta(days=2, hours=15): 1, due + timedelta(days=3): 0,
    }  # fmt: skip
    for moment, times in moments.items():
        with clock.moved_to(moment):
            assert remind_reviewers(SYSTEM) == times, moment
    assert _reminded() == [late, late]
    agree(version, *REVIEWERS[1:4])
    with clock.moved_to(due + timedelta(days=4)):
        assert remind_reviewers(SYSTEM) == 1
    assert _reminded()[2:] == [{actor(REVIEWERS[4]).id}]
    agree(version, REVIEWERS[4])
    with clock.moved_to(due + timedelta(days=5)):
        assert remind_reviewers(SYSTEM) == 0


def test_versions_of_different_processes_go_their_ways() -> None:
    submitted()
    other = draft(
        folder_of("SC-002", process_json=("市场调研流程", "市场调研实施流程")), code="SC-002", file="SC-002.zip"
    )
    submit_version(actor("admin"), "SC-002", other.number, note="改名。")
    assert Version.objects.filter(status="in_review").count() == 2


def test_who_submitted_it_does_not_agree_in_a_reviewers_place() -> None:
    version, today = draft(), clock.today()
    submit_version(actor("marketing_manager"), "SC-001", version.number, note="改用词。")
    appoint_deputy(actor("technical_director"), "technical_director", "marketing_manager", since=today, until=today)
    with pytest.raises(Forbidden):
        agree_to_version(actor("marketing_manager"), "SC-001", version.number)
