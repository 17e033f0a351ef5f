"""Surveys for those who make them: built question by question, shared, watched, taken home as Excel."""

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.documents.rules import download_headers
from huiqian.surveys import queries
from huiqian.surveys.commands import (
    add_question,
    arrange_survey,
    close_survey,
    make_links,
    reopen_survey,
    save_question,
    save_survey_settings,
)
from huiqian.surveys.models import Survey
from huiqian.surveys.queries import SurveyView, survey_view
from huiqian.surveys.rules import KINDS, OPEN, Question
from huiqian.surveys.rules.codes import qr_file, qr_svg
from huiqian.surveys.rules.editing import joined
from huiqian.surveys.rules.shape import ANSWERED, SAYING, SAYS
from huiqian.surveys.rules.sheets import links_sheet
from huiqian.surveys.rules.states import closing_text
from huiqian.web.notes import note
from huiqian.web.registers import sheet, stamp
from huiqian.web.requests import actor_of, go, is_fragment
from huiqian.web.respond import Turn, language_of, next_place, read_turn, show

TYPED = ("title", "title_en", "intro", "intro_en", "thanks", "thanks_en", "mode", "once", "closes")


def link_of(request: HttpRequest, token: str) -> str:
    """The whole address of a link, as it is sent and printed."""
    path = reverse("respond", args=[token])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def code_of(request: HttpRequest, token: str) -> str:
    """A link as a QR code within a page."""
    return mark_safe(qr_svg(link_of(request, token)))  # noqa: S308 - drawn by ourselves


@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, survey: int) -> HttpResponse:
    """GET: how a survey stands, its link and its settings. POST: change the settings."""
    if request.method != "POST":
        return _overview(request, survey_view(actor_of(request), survey))
    typed = {name: request.POST.get(name, "") for name in TYPED}
    try:
        save_survey_settings(actor_of(request), survey, typed)
    except Invalid as refusal:
        return _overview(request, survey_view(actor_of(request), survey), 422, typed=typed, errors=refusal.errors)
    note(request, _("The settings are saved."))
    return go(request, reverse("survey", args=[survey]))


def _overview(request: HttpRequest, view: SurveyView, status: int = 200, **more: object) -> HttpResponse:
    kept, asked = view.survey, view.asked
    values = {
        "title": kept.title_zh, "title_en": kept.title_en, "intro": asked.intro.zh, "intro_en": asked.intro.en,
        "thanks": asked.thanks.zh, "thanks_en": asked.thanks.en, "mode": kept.mode, "once": "1" if kept.once else "",
        "closes": closing_text(kept.closes_at),
    }  # fmt: skip
    links = queries.links_of(kept)
    context = {
        "view": view, "survey": kept, "typed": values, "link": link_of(request, kept.token),
        "code": code_of(request, kept.token),
        "links": [(one, link_of(request, one.token), used) for one, used in links],
        "used": sum(used for _one, used in links),
        "changes": view.rights.builds or view.rights.keeps,
        "modes": [("open", _("Anybody who has the link")), ("personal", _("Only personal links, one answer each"))],
    }  # fmt: skip
    return render(request, "surveys/overview.html", context | more, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_questions(request: HttpRequest, survey: int) -> HttpResponse:
    """GET: the builder. POST: add a question, which then is open for writing."""
    actor = actor_of(request)
    if request.method != "POST":
        return _builder(request, survey_view(actor, survey), request.GET.get("edit", ""))
    page = request.POST.get("page", "0")
    name = add_question(
        actor, survey, request.POST.get("kind", ""), int(page) if page.isdecimal() and len(page) < 4 else 0
    )
    if is_fragment(request):
        return _builder(request, survey_view(actor, survey), name)
    return go(request, f"{reverse('survey-questions', args=[survey])}?edit={name}#card-{name}")


def _builder(
    request: HttpRequest,
    view: SurveyView,
    edit: str = "",
    status: int = 200,
    *,
    form: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The builder; `edit` names the question that is open for writing, `form` its form where it was typed in."""
    if not (view.rights.builds or view.rights.keeps):
        raise Forbidden(_("Questions are made by whoever has the step that builds the survey. Look at the preview."))
    editing = edit if edit in view.asked.by_name and view.may_change else ""
    context = {
        "view": view, "survey": view.survey, "kinds": KINDS.items(), "editing": editing,
        "form": form or (_form(view, view.asked.by_name[editing]) if editing else None),
        "conditions": {one.name: _condition(view, one) for one in view.asked if one.show_if},
        "several_pages": len(view.asked.pages) > 1,
    }  # fmt: skip
    return render(request, "surveys/builder.html", context, status=status)


def _condition(view: SurveyView, one: Question) -> str:
    """When a question is asked, in words."""
    said = one.show_if
    source = view.asked.by_name.get(said.question) if said else None
    if said is None or source is None:
        return ""
    option = source.option(said.value)
    words = {
        "n": view.asked.numbers[source.name], "says": SAYING.get(said.op, said.op),
        "value": str(option.label) if option else said.value,
    }  # fmt: skip
    if said.op == ANSWERED:
        return _("Asked only if question %(n)s is answered") % words
    return _("Asked only if question %(n)s %(says)s “%(value)s”") % words


def _form(
    view: SurveyView, one: Question, typed: Mapping[str, str] | None = None, errors: Mapping[str, object] | None = None
) -> dict[str, object]:
    """The form of a question: what stands in its fields, what is wrong, what a condition may say."""
    earlier = view.asked.before(one.name)
    said = one.show_if
    source = next((before for before in earlier if said and before.name == said.question), None)
    values = {
        "label": one.label.zh, "label_en": one.label.en, "help": joined(one.help), "kind": one.kind,
        "top": str(one.top), "low": joined(one.low), "high": joined(one.high), "unit": joined(one.unit),
        "options": "\n".join(joined(option.label) for option in one.options),
        "rows": "\n".join(joined(row.label) for row in one.rows),
        "least": "" if one.least is None else f"{one.least:f}", "most": "" if one.most is None else f"{one.most:f}",
        "if_question": said.question if source and said else "", "if_op": said.op if said else "",
        "if_value": said.value if said else "", "required": "1" if one.required else "",
    }  # fmt: skip
    ops = [(op, SAYING[op]) for op in SAYS[source.kind]] if source else []
    return {
        "question": one, "values": {**values, **(typed or {})},
        "errors": {**view.problems.get(one.name, {}), **(errors or {})},
        "sources": [("", _("always")), *((q.name, f"{view.asked.numbers[q.name]}. {q.label}"[:60]) for q in earlier)],
        "source": source, "ops": ops,
        "value_options": [(option.code, str(option.label)) for option in source.options] if source else [],
        "kinds": list(KINDS.items()), "tops": [("5", "1–5"), ("10", "1–10")],
        "needs_value": bool(source) and (said.op if said else "") != ANSWERED,
    }  # fmt: skip


@require_POST
def survey_question(request: HttpRequest, survey: int, name: str) -> HttpResponse:
    """Save a question as its form says it: while it is typed (htmx), or done with it."""
    actor, typed = actor_of(request), {key: str(value) for key, value in request.POST.items()}
    status, errors = 200, None
    try:
        save_question(actor, survey, name, typed)
    except Invalid as refusal:
        status, errors = 422, refusal.errors
    if status == 200 and not is_fragment(request):
        return go(request, f"{reverse('survey-questions', args=[survey])}#card-{name}")
    view = survey_view(actor, survey)
    one = view.asked.by_name.get(name)
    if one is None:
        raise NotFound
    form = _form(view, one, typed if errors else None, errors)
    context = {"view": view, "survey": view.survey, "form": form, "one": one, "saved": status == 200}
    if is_fragment(request):
        return render(request, "surveys/question_form.html", context, status=status)
    return _builder(request, view, name, status, form=form)


@require_POST
def survey_arrangement(request: HttpRequest, survey: int) -> HttpResponse:
    """Move, copy or delete a question; add, name or delete a page."""
    actor, posted = actor_of(request), request.POST
    place = posted.get("page", "0")
    arrange_survey(
        actor, survey, posted.get("how", ""), question=posted.get("question", ""),
        page=int(place) if place.isdecimal() and len(place) < 4 else 0, title=posted.get("title", ""),
    )  # fmt: skip
    if is_fragment(request):
        return _builder(request, survey_view(actor, survey))
    return go(request, reverse("survey-questions", args=[survey]))


@require_http_methods(["GET", "HEAD", "POST"])
def survey_preview(request: HttpRequest, survey: int) -> HttpResponse:
    """The survey exactly as respondents see it; nothing is stored."""
    view = survey_view(actor_of(request), survey)
    turn, errors = Turn({}, 0, ""), dict[str, object]()
    if request.method == "POST":
        turn = read_turn(request, view.asked)
        place, wrong = next_place(view.asked, turn)
        errors = dict(wrong)
        turn = replace(turn, place=turn.place if place is None else place)
    back = reverse("survey-questions" if view.rights.builds else "survey", args=[survey])
    with translation.override(language_of(request)):
        return show(
            request, view.survey, turn, errors, 422 if errors else 200, queries.sent_names, preview=back, ticket=""
        )


@require_GET
def survey_results(request: HttpRequest, survey: int) -> HttpResponse:
    """What came of it so far; the open page asks again and gets nothing where nothing is new."""
    view = survey_view(actor_of(request), survey)
    if is_fragment(request) and request.GET.get("seen") == f"{view.answers}-{view.state}":
        return HttpResponse(status=204)
    found = queries.results(view.survey)
    context = {"view": view, "survey": view.survey, "results": found, "live": view.state == OPEN}
    return render(request, "surveys/results.html", context)


@require_GET
def survey_sheet(request: HttpRequest, survey: int) -> HttpResponse:
    """Every answer as Excel."""
    view = survey_view(actor_of(request), survey)
    return sheet(queries.sheet_of_answers(view.survey), f"{view.survey.title}-{stamp()}")


@require_POST
def survey_state(request: HttpRequest, survey: int) -> HttpResponse:
    """Close it, or open it again."""
    actor = actor_of(request)
    if request.POST.get("state") == "open":
        reopen_survey(actor, survey)
        note(request, _("The survey takes answers again."))
    else:
        close_survey(actor, survey)
        note(request, _("The survey is closed."))
    return go(request, reverse("survey", args=[survey]))


@require_http_methods(["GET", "HEAD", "POST"])
def survey_links(request: HttpRequest, survey: int) -> HttpResponse:
    """GET: the personal links as Excel, to send them out. POST: make some, one for each line."""
    actor, labels = actor_of(request), request.POST.get("labels", "")
    if request.method != "POST":
        view = survey_view(actor, survey)
        if not (view.rights.builds or view.rights.keeps):
            raise Forbidden
        links = [(one.label, link_of(request, one.token), used) for one, used in queries.links_of(view.survey)]
        return sheet(links_sheet(links), f"{view.survey.title}-{_('Personal links')}-{stamp()}")
    try:
        made = make_links(actor, survey, labels[:200_000].splitlines())
    except Invalid as refusal:
        return _overview(
            request, survey_view(actor, survey), 422, labels=labels, link_errors=refusal.errors.get("labels")
        )
    note(request, _("%(n)d personal links are made.") % {"n": made})
    return go(request, reverse("survey", args=[survey]) + "#links")


@require_GET
def survey_code(request: HttpRequest, survey: int) -> HttpResponse:
    """The open link's QR code as a picture, to print."""
    found: Survey = survey_view(actor_of(request), survey).survey
    content = qr_file(link_of(request, found.token))
    headers = download_headers(f"{found.title}.png", "image/png", len(content))
    return HttpResponse(content, headers=headers)
