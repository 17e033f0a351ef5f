"""The organisation: departments, positions, who holds what from when to when, and people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base import clock
from huiqian.base.errors import Invalid
from huiqian.org import queries as org
from huiqian.org.access import check_may_administer
from huiqian.org.commands import assign_position, end_holding, save_department, save_position
from huiqian.org.models import Department, Holding, Position
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, day_from, day_or_none, go
from huiqian.work.queries.lookups import open_work_of_former_holders


@require_GET
def organisation(request: HttpRequest) -> HttpResponse:
    """Departments as a tree, each with its positions and who holds them today."""
    return render(request, "organisation/page.html", {"section": "organisation", "departments": org.organisation()})


@require_GET
def position(request: HttpRequest, code: str) -> HttpResponse:
    """One position: its holders of all times, and for administrators how to change them."""
    return _position_page(request, code)


def _position_page(request: HttpRequest, code: str, status: int = 200, **values: object) -> HttpResponse:
    line = org.position_view(code)
    actor = actor_of(request)
    context: dict[str, object] = {"section": "organisation", "line": line, "today": clock.today()}
    if actor.admin:
        context["people"] = org.people().filter(is_active=True)
        context["former_work"] = open_work_of_former_holders(code)
    return render(request, "organisation/position.html", context | values, status=status)


@require_POST
def holdings(request: HttpRequest, code: str) -> HttpResponse:
    """Let somebody hold a position from a day on."""
    typed = request.POST
    try:
        assign_position(
            actor_of(request),
            code,
            typed.get("person", ""),
            since=day_from(typed.get("since", ""), "since"),
            until=day_or_none(typed.get("until", ""), "until"),
            replace=typed.get("replace", "1") == "1",
        )
    except Invalid as refusal:
        return _position_page(request, code, 422, errors=refusal.errors, typed=typed)
    note(request, _("The change is entered. New tasks go to whoever holds the position on that day."))
    return go(request, reverse("position", args=[code]))


@require_POST
def holding_end(request: HttpRequest, holding: int) -> HttpResponse:
    """Let a holding end on a day."""
    found = Holding.objects.select_related("position").filter(pk=holding).first()
    code = found.position.code if found else ""
    try:
        end_holding(actor_of(request), holding, until=day_from(request.POST.get("until", ""), "until"))
    except Invalid as refusal:
        return _position_page(request, code, 422, end_errors=refusal.errors, ending=holding)
    note(request, _("The change is entered."))
    return go(request, reverse("position", args=[code]))


@require_http_methods(["GET", "POST"])
def new_position(request: HttpRequest) -> HttpResponse:
    """Add a position."""
    return _position_form(request, "")


@require_http_methods(["GET", "POST"])
def position_change(request: HttpRequest, code: str) -> HttpResponse:
    """Change a position's names, department and superior."""
    return _position_form(request, code)


def _position_form(request: HttpRequest, code: str) -> HttpResponse:
    check_may_administer(actor_of(request))
    typed: dict[str, object] = {}
    errors: dict[str, object] = {}
    if request.method == "POST":
        typed = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
        post = request.POST
        try:
            saved = save_position(
                actor_of(request),
                code or post.get("code", ""),
                name_zh=post.get("name_zh", ""),
                name_en=post.get("name_en", ""),
                department=post.get("department", ""),
                superior=post.get("superior", ""),
                several=post.get("several") == "1",
            )
            note(request, _("The position is saved."))
            return go(request, reverse("position", args=[saved.code]))
        except Invalid as refusal:
            errors = dict(refusal.errors)
    elif code:
        found = org.position_view(code).position
        above = found.superior.code if found.superior else ""
        typed = {"code": code, "name_zh": found.name_zh, "name_en": found.name_en}
        typed |= {"department": found.department.code, "superior": above, "several": "1" if found.several else ""}
    context = {
        "section": "organisation",
        "code": code,
        "typed": typed,
        "errors": errors,
        "departments": [(one.code, one.name) for one in Department.objects.all()],
        "superiors": [("", _("none"))] + [(one.code, one.name) for one in Position.objects.exclude(code=code)],
    }
    return render(request, "organisation/position_form.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
def department_form(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a department, or change one."""
    check_may_administer(actor_of(request))
    typed: dict[str, object] = {}
    errors: dict[str, object] = {}
    if request.method == "POST":
        post = request.POST
        typed = {name: post.get(name, "") for name in ("code", "name_zh", "name_en", "parent")}
        try:
            save_department(
                actor_of(request), code or post.get("code", ""), name_zh=post.get("name_zh", ""),
                name_en=post.get("name_en", ""), parent=post.get("parent", ""),
            )  # fmt: skip
            note(request, _("The department is saved."))
            return go(request, reverse("organisation"))
        except Invalid as refusal:
            errors = dict(refusal.errors)
    elif code:
        found = next((line.department for line in org.organisation() if line.department.code == code), None)
        if found is not None:
            parent = found.parent.code if found.parent else ""
            typed = {"code": code, "name_zh": found.name_zh, "name_en": found.name_en, "parent": parent}
    parents = [("", _("none"))] + [(one.code, one.name) for one in Department.objects.exclude(code=code)]
    context = {"section": "organisation", "code": code, "typed": typed, "errors": errors, "parents": parents}
    return render(request, "organisation/department_form.html", context, status=422 if errors else 200)
