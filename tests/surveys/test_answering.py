"""Answering from outside: once, in time, with files that are what they say."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest

from huiqian.base import clock
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.documents.access import file_for
from huiqian.documents.commands import forget_unattached_files
from huiqian.documents.models import File
from huiqian.documents.tests.samples import PDF, huge_png, picture
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.surveys.commands import (
    AnsweredAlready,
    From,
    NotOpenYet,
    PersonalOnly,
    SurveyClosedNow,
    TooMany,
    answering,
    close_survey,
    has_answered,
    make_links,
    reopen_survey,
    send_file,
)
from huiqian.surveys.models import Answer, Survey
from huiqian.surveys.queries import changed_answers
from huiqian.surveys.tests.samples import WHOLE
from tests.people import actor
from tests.surveys.scene import BUILDER, OUTSIDE, respond


def send(survey: Survey, content: bytes, name: str = "照片.png", question: str = "photo") -> File:
    return send_file(
        OUTSIDE, survey.token, question, name, io.BytesIO(content), From(str(uuid4()), address="192.0.2.1")
    )


def test_an_answer_is_kept_as_it_is_and_names_nobody(running: Survey) -> None:
    answer = respond(running, address="192.0.2.7")
    assert (answer.values["score"], answer.language) == (5, "zh")
    assert "192.0.2.7" not in f"{answer.__dict__}"
    fact = Entry.objects.get(kind="survey_answered")
    assert (fact.actor_id, fact.address, set(fact.detail)) == (None, "", {"survey", "answer", "digest"})
    assert list(verify()) == []


def test_the_same_form_sent_twice_counts_once(running: Survey) -> None:
    key = str(uuid4())
    first = respond(running, key=key, browser="b1")
    assert respond(running, {"use": "no"}, key=key, browser="b1").pk == first.pk
    assert (Answer.objects.count(), Entry.objects.filter(kind="survey_answered").count()) == (1, 1)


def test_a_browser_answers_once_unless_many_people_share_it(running: Survey) -> None:
    respond(running, browser="b1")
    with pytest.raises(AnsweredAlready):
        respond(running, browser="b1")
    assert has_answered(running, None, "b1")
    respond(running, browser="b2")
    respond(running)
    respond(running)
    Survey.objects.filter(pk=running.pk).update(once=False)
    respond(running, browser="b1")
    assert Answer.objects.count() == 5


def test_a_personal_link_answers_once_and_the_open_one_no_more(running: Survey) -> None:
    boss = actor(BUILDER)
    assert make_links(boss, running.pk, ["苏州新城置业 张工", " ", "无锡建工"]) == 2
    one, other = running.invitations.all()
    with pytest.raises(PersonalOnly):
        respond(running)
    respond(running, token=one.token)
    with pytest.raises(AnsweredAlready):
        respond(running, token=one.token)
    respond(running, token=other.token)
    assert [answer.invitation.label for answer in Answer.objects.all() if answer.invitation] == [one.label, other.label]
    with pytest.raises(Invalid):
        make_links(boss, running.pk, ["", "  "])
    with pytest.raises(Invalid):
        make_links(boss, running.pk, ["x"] * 999)


def test_an_unknown_link_opens_nothing(running: Survey) -> None:
    for token in ("", "x", "\0", "x" * 5000, running.token[:-1], running.token.swapcase()):
        with pytest.raises(NotFound):
            respond(running, token=token or " ")


def test_it_is_closed_and_opened_again_by_whoever_built_it(running: Survey) -> None:
    boss = actor(BUILDER)
    close_survey(boss, running.pk)
    close_survey(boss, running.pk)
    with pytest.raises(SurveyClosedNow):
        respond(running)
    assert Answer.objects.count() == 0
    reopen_survey(boss, running.pk)
    respond(running)
    assert Entry.objects.filter(kind__in=["survey_closed", "survey_opened"]).count() == 3
    with pytest.raises(NotFound):
        close_survey(actor("finance_manager"), running.pk)


def test_only_whoever_built_it_keeps_it(running: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    running.case.dossier.watch = ["general_manager"]
    running.case.dossier.save()
    for verb in (close_survey, reopen_survey):
        with pytest.raises(Forbidden):
            verb(actor("general_manager"), running.pk)
    close_survey(actor("admin"), running.pk)


def test_what_was_never_open_is_neither_closed_nor_opened_again(survey: Survey) -> None:
    for verb in (close_survey, reopen_survey):
        with pytest.raises(NotOpenYet):
            verb(actor(BUILDER), survey.pk)


def test_a_closing_time_that_is_past_goes_when_it_is_opened_again(running: Survey) -> None:
    Survey.objects.filter(pk=running.pk).update(closes_at=clock.now() - timedelta(hours=1))
    with pytest.raises(SurveyClosedNow):
        respond(running)
    reopen_survey(actor(BUILDER), running.pk)
    respond(running)


def test_one_address_does_not_fill_the_table(running: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "MOST_ANSWERS", 3)
    for _turn in range(3):
        respond(running, address="192.0.2.1")
    with pytest.raises(TooMany):
        respond(running, address="192.0.2.1")
    respond(running, address="192.0.2.2")
    with clock.moved_to(clock.now() + timedelta(minutes=11)):
        respond(running, address="192.0.2.1")


def test_what_does_not_fit_is_told_by_question_and_stores_nothing(running: Survey) -> None:
    with pytest.raises(Invalid) as refused:
        respond(running, {"use": "perhaps", "area": "5000"})
    assert set(refused.value.errors) == {"use", "area"}
    with pytest.raises(Invalid) as refused:
        respond(running, {})
    assert set(refused.value.errors) == {"use"}
    assert Answer.objects.count() == 0


def test_a_file_belongs_to_its_answer_and_is_read_by_who_reads_the_case(running: Survey) -> None:
    file = send(running, picture())
    for login in ("marketing_manager", "finance_manager"):
        with pytest.raises(NotFound):
            file_for(actor(login), file.pk)
    answer = respond(running, {**WHOLE, "photo": [str(file.pk)]})
    assert answer.values["photo"] == [str(file.pk)]
    assert file_for(actor("marketing_manager"), file.pk).type == "image/png"
    with pytest.raises(NotFound):
        file_for(actor("finance_manager"), file.pk)
    with pytest.raises(Invalid) as refused:
        respond(running, {**WHOLE, "photo": [str(file.pk)]})
    assert set(refused.value.errors) == {"photo"}, "a file is part of one answer only"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html><script>alert(1)</script>", b"MZ" + b"\0" * 200, huge_png(50_000, 50_000), PDF[:40], b"x\0y" * 99],
)
def test_files_that_are_not_accepted_are_told_at_their_question(running: Survey, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        send(running, content)
    assert set(refused.value.errors) == {"photo"}
    assert File.objects.count() == 0


def test_files_are_taken_only_where_one_is_asked_for(running: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid):
        send(running, picture(), question="use")
    with pytest.raises(Invalid):
        send(running, picture(), question="x" * 500)
    assert send(running, PDF, "../../etc/pass\u202ewd.png").name == "passwd.png.pdf"
    monkeypatch.setattr(answering, "MOST_FILES", 1)
    with pytest.raises(TooMany):
        send(running, picture())
    monkeypatch.setattr(answering, "MOST_FILES", 99)
    monkeypatch.setattr(answering, "WAITING", 100)
    with pytest.raises(Invalid):
        send(running, picture())
    close_survey(actor(BUILDER), running.pk)
    with pytest.raises(SurveyClosedNow):
        send(running, picture())


def test_files_of_other_people_cannot_be_taken_along(running: Survey) -> None:
    from huiqian.documents.commands import upload_file

    own = upload_file(actor("finance_manager"), "工资.pdf", io.BytesIO(PDF))
    with pytest.raises(Invalid):
        respond(running, {**WHOLE, "photo": [str(own.pk)]})
    own.refresh_from_db()
    assert own.dossier_id is None


def test_files_that_were_never_handed_in_go_after_a_month(running: Survey) -> None:
    send(running, picture())
    with clock.moved_to(clock.now() + timedelta(days=31)):
        assert forget_unattached_files(actor("admin")) == 1
    assert File.objects.count() == 0


def test_an_answer_that_was_changed_behind_the_product_s_back_is_found(running: Survey) -> None:
    first, second, third = (respond(running, {"use": "no", "area": area}) for area in ("1", "2.50", "300"))
    assert list(changed_answers()) == []
    Answer.objects.filter(pk=first.pk).update(values={"use": "yes", "area": "1"})
    Answer.objects.filter(pk=second.pk).delete()
    Answer.objects.filter(pk=third.pk).update(answered_at=clock.now())
    extra = Answer.objects.create(survey=running, language="zh", values={}, answered_at=clock.now())
    assert sorted(changed_answers()) == [
        (running.pk, first.pk, "changed"), (running.pk, second.pk, "removed"), (running.pk, extra.pk, "inserted"),
    ]  # fmt: skip
