"""Groups of positions: which positions a process means by one name."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiqian.base.errors import Invalid
from huiqian.org import queries as org
from huiqian.org.access import check_may_administer
from huiqian.org.commands import save_group
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go

PLACE = "place."


@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """The groups with their positions and who holds them today."""
    return render(request, "organisation/groups.html", {"section": "organisation", "groups": org.groups()})


@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    """Add a group of positions."""
    return _form(request, "")


@require_http_methods(["GET", "HEAD", "POST"])
def group_change(request: HttpRequest, code: str) -> HttpResponse:
    """Change a group's names and positions."""
    return _form(request, code)


def _form(request: HttpRequest, code: str) -> HttpResponse:
    check_may_administer(actor_of(request))
    found = org.group(code) if code else None
    typed = {"code": code, "name_zh": found.name_zh if found else "", "name_en": found.name_en if found else ""}
    places = {one: str(number) for number, one in enumerate(found.positions if found else (), start=1)}
    errors: dict[str, object] = {}
    if request.method == "POST":
        typed |= {name: request.POST.get(name, "").strip() for name in ("name_zh", "name_en")}
        typed["code"] = code or request.POST.get("code", "").strip()
        places = _places(request.POST)
        try:
            save_group(
                actor_of(request), typed["code"], name_zh=typed["name_zh"], name_en=typed["name_en"],
                positions=_ordered(places),
            )  # fmt: skip
        except Invalid as refusal:
            errors = dict(refusal.errors)
        else:
            note(request, _("The group is saved. Cases that come to its steps from now on ask these positions."))
            return go(request, reverse("groups"))
    rows = [(position, places.get(position.code, "")) for position in org.roster().positions.values()]
    context = {"section": "organisation", "code": code, "typed": typed, "errors": errors, "rows": rows}
    return render(request, "organisation/group_form.html", context, status=422 if errors else 200)


def _places(post: QueryDict) -> dict[str, str]:
    """What was written beside each position, by its code."""
    return {
        name.removeprefix(PLACE): str(value).strip()
        for name, value in post.items()
        if name.startswith(PLACE) and str(value).strip()
    }


def _ordered(places: dict[str, str]) -> list[str]:
    """The positions that have a number, by it; Invalid for what is no number."""
    if any(not (value.isascii() and value.isdigit() and 0 < len(value) < 4) for value in places.values()):
        raise Invalid(
            {"positions": [_("Number the positions that belong to the group 1, 2, 3 …; leave the others empty.")]}
        )
    return sorted(places, key=lambda code: int(places[code]))
