"""Claims (宣传用语): the list of words that administrators keep, and what is found in a case, for who approves it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiqian.base.errors import Invalid
from huiqian.claims import queries
from huiqian.claims.commands import save_phrase
from huiqian.claims.queries import findings
from huiqian.claims.rules import REFUSE, WARN, PhraseCard
from huiqian.org.access import check_may_administer
from huiqian.process.content import content_of
from huiqian.web.notes import note
from huiqian.web.panel import Panel
from huiqian.web.requests import actor_of, go
from huiqian.work.queries import CaseView

PAGE = 50


def kinds() -> dict[str, str]:
    """The kinds of words, in the reader's language."""
    return {
        "absolute": _("Absolute words"), "price": _("Price claims"), "proof": _("Figures without a source"),
        "patent": _("Patents"), "national": _("State and national symbols"), "medical": _("Medical claims"),
        "guarantee": _("Guarantees"), "rivals": _("Rivals run down"), "other": _("Other"),
    }  # fmt: skip


def claims(request: HttpRequest, view: CaseView) -> Panel | None:
    """On the page of a case: what is found in the texts handed in, with the reasons given."""
    content, rows = content_of(view.version_id), []
    named = kinds()
    for form in content.forms.values():
        for name, found in findings(form, view.data).items():
            field = form.by_name[name]
            reason = str(view.data.get(field.claims) or "")
            rows.append((str(field.label), [(one, named.get(one.word.kind, "")) for one in found], reason))
    if not rows:
        return None
    asked = view.my_task is not None and view.my_task.kind == "approve"
    title = _("Words to check: %(n)d") % {"n": sum(len(found) for _label, found, _reason in rows)}
    return Panel(title, "claims/panel.html", {"rows": rows}, first=asked)


@require_GET
def phrases(request: HttpRequest) -> HttpResponse:
    """The list, with search and filters."""
    check_may_administer(actor_of(request))
    asked = {name: request.GET.get(name, "").replace("\x00", "").strip() for name in ("search", "kind", "state")}
    page = Paginator(queries.phrases(**asked), PAGE).get_page(request.GET.get("page"))
    named = kinds()
    context = {
        "section": "claims", "page": page, "rows": [(one, named.get(one.kind, one.kind)) for one in page],
        "kinds": named.items(), **asked,
    }  # fmt: skip
    return render(request, "claims/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def phrase_change(request: HttpRequest, phrase: int | None = None) -> HttpResponse:
    """Add a word, or change one."""
    check_may_administer(actor_of(request))
    found = queries.phrase(phrase) if phrase is not None else None
    card = PhraseCard()
    if found is not None:
        card = PhraseCard(
            found.text, found.kind, found.level, found.why, found.suggestion, "\n".join(found.exceptions), found.active
        )
    errors: dict[str, object] = {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").replace("\x00", "").strip()
                 for name in ("text", "kind", "level", "why", "suggestion", "exceptions")}  # fmt: skip
        card = PhraseCard(**typed, active=bool(request.POST.get("active")))
        try:
            save_phrase(actor_of(request), card, phrase)
        except Invalid as refusal:
            errors = dict(refusal.errors)
        else:
            note(request, _("The word is saved. It holds for everything handed in from now on."))
            return go(request, reverse("phrases"))
    context = {
        "section": "claims", "phrase": found, "card": card, "errors": errors, "kinds": kinds().items(),
        "levels": ((WARN, _("warn: it stays with a reason")), (REFUSE, _("refuse: it may not stay"))),
    }  # fmt: skip
    return render(request, "claims/change.html", context, status=422 if errors else 200)
