"""Answering a survey from outside: no account, page by page; nothing else is reachable from here.

No CSRF token: whoever answers has no account whose rights a stranger's page could borrow, and browsers inside chat
programs keep no cookies. What a form is for, and that we gave it out, stands in its signed ticket.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import Invalid, NotFound, Refusal
from huiqian.surveys.access import public_survey
from huiqian.surveys.commands import (
    AnsweredAlready,
    From,
    PersonalOnly,
    SurveyClosedNow,
    TooLarge,
    answer_survey,
    has_answered,
    send_file,
)
from huiqian.surveys.models import Invitation, Survey
from huiqian.surveys.queries import sent_names
from huiqian.surveys.rules import DRAFT, FILE, OPEN, Questionnaire, check_answers, raw_from, read_questionnaire
from huiqian.surveys.rules.faces import pages_asked, sheet
from huiqian.surveys.rules.states import Outdated, Ticket, check_not_a_robot, read_ticket
from huiqian.web.middleware import open_to_all

COOKIE = "respondent"
YEAR = 365 * 24 * 3600
# A page with its files.
MOST_BYTES = 60 * 1024 * 1024
OUTSIDE = Actor(id=None, name="", door="survey")


# A field that people do not see and browsers do not fill in by themselves.
TRAP = "second_opinion"


@dataclass(frozen=True, slots=True)
class Turn:
    """What a form that came back says: everything typed, which page it was, which button was pressed."""

    raw: dict[str, Any]
    place: int
    button: str


@open_to_all
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, token: str) -> HttpResponse:
    """Answer the survey that this link opens."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        # Before anything of it is read: whoever sends this has no account.
        return _refused(request, TooLarge())
    language = language_of(request)
    with translation.override(language):
        try:
            survey, invitation = public_survey(token)
            response = _answered(request, survey, invitation, token)
        except Refusal as refusal:
            response = _refused(request, refusal)
    response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def language_of(request: HttpRequest) -> str:
    """The language that the form or the address asks for, else the browser's chosen one."""
    asked = request.POST.get("switch") or request.POST.get("language") or request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE


def _answered(request: HttpRequest, survey: Survey, invitation: Invitation | None, token: str) -> HttpResponse:
    browser = _browser(request)
    if request.method == "POST":
        return _take(request, survey, token, browser)
    if "done" in request.GET:
        return _thanks(request, survey)
    if survey.state != OPEN:
        raise SurveyClosedNow(
            _("This survey is not open yet. Please come back later.") if survey.state == DRAFT else None
        )
    if invitation is None and survey.mode == Survey.Mode.PERSONAL:
        raise PersonalOnly
    if has_answered(survey, invitation, browser):
        return _thanks(request, survey, again=True)
    ticket = Ticket(token, str(uuid4()), clock.now()).signed()
    response = _page(request, survey, ticket, Turn({}, 0, ""), {})
    if not browser:
        response.set_signed_cookie(
            COOKIE, str(uuid4()), salt=COOKIE, max_age=YEAR, path=request.path, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


def _browser(request: HttpRequest) -> str:
    """The mark that this browser got with the survey's first page; empty where it keeps no cookies."""
    try:
        return str(request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=YEAR))[:36]
    except BadSignature:
        return ""


def _take(request: HttpRequest, survey: Survey, token: str, browser: str) -> HttpResponse:
    """A form came back: go to another page, or hand the answers in."""
    asked = read_questionnaire(survey.content)
    posted = read_turn(request, asked)
    address = str(request.META.get("REMOTE_ADDR", ""))
    origin = From("", browser, address, translation.get_language() or "")
    signed = request.POST.get("ticket", "")
    try:
        ticket = read_ticket(signed, token, clock.now())
    except Outdated as refusal:
        signed = Ticket(token, str(uuid4()), clock.now()).signed()
        return _page(request, survey, signed, posted, {}, refusal)
    taken, wrong = _with_files(request, survey, token, origin, posted)
    place, errors = next_place(asked, taken)
    errors = {**errors, **wrong}
    if wrong:
        place = taken.place
    if place is not None or errors:
        return _page(request, survey, signed, replace(taken, place=taken.place if place is None else place), errors)
    try:
        check_not_a_robot(ticket, request.POST.get(TRAP, ""), clock.now())
        answer_survey(OUTSIDE, token, taken.raw, replace(origin, key=ticket.key))
    except Invalid as refusal:
        first = next((asked.page_of(name) for name in refusal.errors if name in asked.by_name), taken.place)
        return _page(request, survey, signed, replace(taken, place=first), refusal.errors)
    except (SurveyClosedNow, AnsweredAlready, PersonalOnly, NotFound):
        raise
    except Refusal as refusal:
        return _page(request, survey, signed, taken, {}, refusal)
    language = translation.get_language() or settings.LANGUAGE_CODE
    return HttpResponseRedirect(f"{reverse('respond', args=[token])}?done=1&language={language}", status=303)


def read_turn(request: HttpRequest, asked: Questionnaire) -> Turn:
    """What a form says that came back; a file that was to be taken out is out."""
    posted = request.POST
    raw = raw_from(asked, {name: posted.getlist(name) for name in posted})
    question, _colon, file = posted.get("drop", "").partition(":")
    if question in asked.by_name and isinstance(raw.get(question), list):
        raw[question] = [one for one in raw[question] if one != file]
    place = int(posted["page"]) if posted.get("page", "").isdecimal() and len(posted["page"]) < 4 else 0
    button = next((name for name in ("switch", "drop", "back", "send") if name in posted), "next")
    return Turn(raw, min(place, len(asked.pages) - 1), button)


def next_place(asked: Questionnaire, turn: Turn) -> tuple[int | None, Mapping[str, Any]]:
    """Which page comes next, and what is wrong on this one; None where the answers are to be handed in."""
    pages = pages_asked(asked, turn.raw)
    if turn.button in ("switch", "drop"):
        return turn.place, {}
    if turn.button == "back":
        return max((n for n in pages if n < turn.place), default=pages[0]), {}
    inside = {one.name for one in asked.pages[turn.place].questions}
    errors = {name: told for name, told in check_answers(asked, turn.raw).errors.items() if name in inside}
    if errors:
        return turn.place, errors
    after = next((n for n in pages if n > turn.place), None)
    # What was answered here may have made it the last page, or not the last any more.
    return (turn.place if after is None and turn.button != "send" else after), {}


def _with_files(
    request: HttpRequest, survey: Survey, token: str, origin: From, turn: Turn
) -> tuple[Turn, dict[str, list[Any]]]:
    """Take in the files that came with the form; their ids go along from now on."""
    raw, errors = dict(turn.raw), dict[str, list[Any]]()
    for name in request.FILES:
        for sent in request.FILES.getlist(name):
            try:
                file = send_file(OUTSIDE, token, name, sent.name or "", sent.file, origin)
            except Invalid as refusal:
                errors[name] = list(next(iter(refusal.errors.values())))
            else:
                raw[name] = [*raw.get(name, []), str(file.pk)]
    return replace(turn, raw=raw), errors


def _page(
    request: HttpRequest,
    survey: Survey,
    ticket: str,
    turn: Turn,
    errors: Mapping[str, Any],
    refusal: Refusal | None = None,
) -> HttpResponse:
    status = refusal.status if refusal else 422 if errors else 200
    context = {"ticket": ticket, "refusal": refusal}
    return show(request, survey, turn, errors, status, sent_names, **context)


def show(
    request: HttpRequest,
    survey: Survey,
    turn: Turn,
    errors: Mapping[str, Any],
    status: int,
    names: Callable[[Survey, Any], Mapping[str, str]],
    **more: object,
) -> HttpResponse:
    """One page of a survey as respondents see it."""
    asked = read_questionnaire(survey.content)
    ids = [str(one) for name, value in turn.raw.items() if asked.by_name[name].kind == FILE for one in value]
    shown = sheet(asked, turn.place, turn.raw, errors, names(survey, ids))
    context = {"survey": survey, "asked": asked, "sheet": shown, "errors": errors}
    return render(request, "surveys/answer.html", context | more, status=status)


def _thanks(request: HttpRequest, survey: Survey, *, again: bool = False) -> HttpResponse:
    asked = read_questionnaire(survey.content)
    more = survey.state == OPEN and not survey.once and survey.mode == Survey.Mode.OPEN
    context = {
        "survey": survey, "icon": "circle-check", "tone": "ok",
        "title": _("You have answered already") if again else _("Thank you!"),
        "text": str(asked.thanks) or _("Your answers are stored. You can close this page."),
        "next": request.path if more else "",
    }  # fmt: skip
    return render(request, "surveys/message.html", context)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A page that says in a friendly way why there is nothing to answer."""
    titles = {
        404: _("This link leads nowhere"), 403: _("A personal link is needed"), 409: _("You have answered already"),
        410: _("This survey takes no answers now"), 413: _("Too large"),
    }  # fmt: skip
    text = _("Check the address, or ask whoever sent you the link.") if refusal.status == 404 else str(refusal)
    icons = {410: "clock-pause", 409: "circle-check", 403: "lock"}
    context = {
        "icon": icons.get(refusal.status, "file-search"), "tone": "", "text": text,
        "title": titles.get(refusal.status, _("This cannot be done")),
    }  # fmt: skip
    return render(request, "surveys/message.html", context, status=refusal.status)
