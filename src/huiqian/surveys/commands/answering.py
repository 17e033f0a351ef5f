"""Answering a survey, from outside: no account, nothing seen but the questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, Refusal
from huiqian.documents.intake import MEGABYTE, take_in
from huiqian.documents.models import File
from huiqian.journal.record import record
from huiqian.surveys.access import public_survey
from huiqian.surveys.events import SurveyAnswered
from huiqian.surveys.models import Answer, Invitation, Survey, Upload
from huiqian.surveys.rules import FILE, OPEN, Questionnaire, check_answers, read_questionnaire
from huiqian.surveys.rules.states import canonical, digest_of, origin_of

# From one address: a hall where many share it still gets through, a robot does not fill the table.
LATELY = timedelta(minutes=10)
MOST_ANSWERS, MOST_FILES = 300, 60
FILE_LIMIT = 10 * MEGABYTE
# What respondents may have sent along without handing in, for one survey.
WAITING = 300 * MEGABYTE
WRITE = """
insert into surveys_answer (survey_id, key, invitation_id, browser, origin, language, values, answered_at)
values (%s, %s, %s, %s, %s, %s, %s::jsonb, %s) on conflict do nothing returning id
"""


class SurveyClosedNow(Refusal):
    """The survey takes no answers: it is not open yet, or closed."""

    code = "survey-closed"
    status = 410
    text = _("This survey is closed. Thank you for wanting to take part; nothing was stored.")


class AnsweredAlready(Refusal):
    """This link or this device has answered."""

    code = "answered-already"
    text = _("You have answered this survey already. Thank you!")


class TooMany(Refusal):
    """Too many answers from one address within some minutes."""

    code = "too-many-answers"
    status = 429
    text = _(
        "Too many answers came from this network within some minutes. Nothing was stored; try again a little later."
    )


class TooLarge(Refusal):
    """A page came with more than 60 MB of files."""

    code = "too-large"
    status = 413
    text = _("These files are too large together. Send fewer or smaller ones; nothing was stored.")


class PersonalOnly(Refusal):
    """A survey that only personal links answer."""

    code = "personal-links-only"
    status = 403
    text = _("This survey is answered by personal links. Use the link that you were sent.")


@dataclass(frozen=True, slots=True)
class From:
    """Where an answer comes from: the form's key, the browser's mark if it bears one, the address, the language."""

    key: str
    browser: str = ""
    address: str = ""
    language: str = "zh"


@command
def answer_survey(actor: Actor, token: str, raw: Mapping[str, Any], origin: From) -> Answer:
    """Answer the survey that a link opens. The same form sent twice counts once and gives the same answer.

    Refusals: NotFound for an unknown link, SurveyClosedNow, PersonalOnly, AnsweredAlready (a personal link was used, or
    this browser has answered), TooMany; Invalid by question. Whoever closes waits for answers that are being stored.
    """
    survey, invitation = public_survey(token)
    _hold(survey)
    if (same := survey.answers.filter(key=origin.key).first()) is not None:
        return same
    try:
        mark = check_may_answer(survey, invitation, origin)
    except AnsweredAlready:
        # Unless it was this very form, a moment ago.
        if (same := survey.answers.filter(key=origin.key).first()) is not None:
            return same
        raise
    checked = check_answers(read_questionnaire(survey.content), raw)
    files = _files(survey, checked.values, checked.errors)
    if checked.errors:
        raise Invalid(checked.errors)
    now = clock.now()
    values = canonical(checked.values)
    browser = origin.browser if survey.once and invitation is None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            [survey.pk, origin.key, invitation.pk if invitation else None, browser, mark, origin.language, values, now],
        )
        row = cursor.fetchone()
    if row is None:
        # Somebody was faster: the same form, or the same link or browser with another one.
        if (same := survey.answers.filter(key=origin.key).first()) is not None:
            return same
        raise AnsweredAlready
    File.objects.filter(pk__in=files, dossier__isnull=True).update(dossier_id=survey.case_id)
    fact = SurveyAnswered(survey=survey.pk, answer=row[0], digest=digest_of(values))
    record(actor, f"survey:{survey.pk}", [fact], at=now)
    return Answer.objects.get(pk=row[0])


def _hold(survey: Survey) -> None:
    """Hold the survey's row together with others who answer: whoever closes or changes it waits for them."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 from surveys_survey where id = %s for share", [survey.pk])
    survey.refresh_from_db(fields=["content", "mode", "once", "opened_at", "closes_at", "closed_at"])


def check_may_answer(survey: Survey, invitation: Invitation | None, origin: From) -> str:
    """Whether this link, browser and address may answer now; the address's mark. At most 2 queries.

    Refusals: SurveyClosedNow, PersonalOnly, AnsweredAlready, TooMany.
    """
    now = clock.now()
    if survey.state_at(now) != OPEN:
        raise SurveyClosedNow
    if invitation is None and survey.mode == Survey.Mode.PERSONAL:
        raise PersonalOnly
    if has_answered(survey, invitation, origin.browser):
        raise AnsweredAlready
    mark = origin_of(origin.address, survey.token, clock.today()) if origin.address else ""
    if mark and survey.answers.filter(origin=mark, answered_at__gt=now - LATELY).count() >= MOST_ANSWERS:
        raise TooMany
    return mark


def has_answered(survey: Survey, invitation: Invitation | None, browser: str) -> bool:
    """Whether this personal link, or this browser where a device answers once, has answered. At most 1 query."""
    if invitation is not None:
        return Answer.objects.filter(invitation=invitation).exists()
    return bool(browser) and survey.once and survey.answers.filter(browser=browser).exists()


def _files(survey: Survey, values: dict[str, Any], errors: dict[str, Any]) -> list[UUID]:
    """The files that answers name: sent along for this survey, and part of no answer yet."""
    named = {name: value for name, value in values.items() if _asks_file(survey, name)}
    ids = [UUID(one) for value in named.values() for one in value]
    if not ids:
        return []
    known = set(
        Upload.objects.filter(survey=survey, file__in=ids, file__dossier=None).values_list("file_id", flat=True)
    )
    for name, value in named.items():
        if not {UUID(one) for one in value} <= known:
            errors[name] = [_("This file is no longer there. Choose it again.")]
    return ids


def _asks_file(survey: Survey, name: str) -> bool:
    asked: Questionnaire = read_questionnaire(survey.content)
    return asked.by_name[name].kind == FILE


@command
def send_file(actor: Actor, token: str, question: str, name: str, stream: IO[bytes] | None, origin: From) -> File:
    """Take in a file that a respondent sends along; nobody sees it before the answer that names it is handed in.

    Refusals as for answering, without those about the questions; Invalid, at the question, for what is no file of an
    accepted kind, larger than 10 MB, or too much at once.
    """
    survey, invitation = public_survey(token)
    mark = check_may_answer(survey, invitation, origin)
    asked = read_questionnaire(survey.content).by_name.get(question)
    if asked is None or asked.kind != FILE:
        raise Invalid({question[:40]: [_("No file is asked for here.")]})
    now = clock.now()
    if mark and survey.uploads.filter(origin=mark, sent_at__gt=now - LATELY).count() >= MOST_FILES:
        raise TooMany
    try:
        file = take_in(name, stream, None, uploader=None, limit=FILE_LIMIT, room=lambda size: _check_room(survey, size))
    except Invalid as refusal:
        raise Invalid({question: refusal.errors["file"]}) from None
    Upload.objects.create(file=file, survey=survey, origin=mark, sent_at=now)
    return file


def _check_room(survey: Survey, size: int) -> None:
    waiting = (
        Upload.objects.filter(Q(file__dossier=None), survey=survey).aggregate(bytes=Sum("file__size"))["bytes"] or 0
    )
    if waiting + size > WAITING:
        raise Invalid(
            {
                "file": [
                    format_lazy(
                        _("No more files can be sent along at the moment (limit {most} MB)."), most=WAITING // MEGABYTE
                    )
                ]
            }
        )
