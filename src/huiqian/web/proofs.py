"""Proofing (批注): a file of a version large, with pins; two versions side by side or one over the other."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiqian.base.errors import Invalid, NotFound
from huiqian.documents.commands import ask_for_page
from huiqian.proofing.commands import answer_pin, set_pin
from huiqian.proofing.queries import ProofView, proof_view, proofs_of_case
from huiqian.proofing.rules import PinCard
from huiqian.web.notes import note
from huiqian.web.panel import Panel
from huiqian.web.requests import actor_of, go, safe_next
from huiqian.work.queries import CaseView

SIDE, OVER = "side", "over"


def proofs(request: HttpRequest, view: CaseView) -> Panel | None:
    """On the page of a case: the files on which pins may be set, with how many are open."""
    lines = proofs_of_case(actor_of(request), view.id, view.version_id)
    if not lines:
        return None
    mine = sum(one.mine for one in lines)
    asked = view.my_task is not None and view.status == "running"
    return Panel(_("Proofing"), "proofs/panel.html", {"lines": lines, "mine": mine}, first=asked)


@require_http_methods(["GET", "HEAD", "POST"])
def case_proof(request: HttpRequest, number: str, file: UUID) -> HttpResponse:
    """GET: the file with its pins. POST: one more pin."""
    if request.method != "POST":
        return _page(request, proof_view(actor_of(request), number, file, _count(request.GET.get("version", ""))))
    typed = request.POST
    card = PinCard(typed.get("page", ""), typed.get("left", ""), typed.get("top", ""), typed.get("text", ""))
    try:
        pin = set_pin(actor_of(request), number, file, card, key_of(request))
    except Invalid as refusal:
        view = proof_view(actor_of(request), number, file)
        return _page(request, view, 422, page=_count(card.page), card=card, errors=refusal.errors)
    note(request, _("Pin %(number)s is set.") % {"number": pin.number})
    return go(request, f"{reverse('case-proof', args=[number, file])}?page={pin.page}#pin-{pin.number}")


@require_POST
def pin_answers(request: HttpRequest, pin: int) -> HttpResponse:
    """Reply to a pin, settle it, confirm that, or open it again."""
    typed = request.POST
    found = answer_pin(actor_of(request), pin, typed.get("kind", ""), typed.get("text", ""), key_of(request))
    back = safe_next(request, typed.get("next", ""), reverse("case-proof", args=[found.case.number, found.file]))
    return go(request, f"{back.partition('#')[0]}#pin-{found.number}")


def key_of(request: HttpRequest) -> UUID:
    """The form's own key, by which what is sent twice is done once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 6 else None


def _page(
    request: HttpRequest, view: ProofView, status: int = 200, page: int | None = None, **more: object
) -> HttpResponse:
    asked = request.GET
    page = page or _count(asked.get("page", "")) or 1
    pages = max(view.file.pages, 1)
    if page > pages:
        raise NotFound
    other = next((one for one in view.sides if str(one.version) == asked.get("with") != str(view.version)), None)
    mode = OVER if asked.get("mode") == OVER else SIDE
    context = {
        "section": "inbox", "proof": view, "page": page, "pages": pages, "page_numbers": range(1, pages + 1),
        "state": _state(request, view.file.id, view.file.preview, page),
        "other": other, "mode": mode, "key": uuid4(),
        "other_state": _state(request, other.file.id, other.file.preview, page, other.file.pages) if other else "",
        "on_page": [pin for pin in view.pins if pin.page == page],
        "pinning": view.may_pin and not (other and mode == OVER),
    }  # fmt: skip
    return render(request, "proofs/page.html", context | more, status=status)


def _state(request: HttpRequest, file: str, preview: str, page: int, pages: int | None = None) -> str:
    """Whether a page can be seen: made, waiting (a worker draws it), or none."""
    if page == 1 or preview != "made":
        return preview or "none"
    if pages is not None and page > pages:
        return "none"
    return ask_for_page(actor_of(request), UUID(file), page)
