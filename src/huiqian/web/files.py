"""Files: taken in one at a time while a form is filled in, given out as downloads."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiqian.base.errors import Refusal
from huiqian.documents.commands import upload_file
from huiqian.documents.queries import download, file_state
from huiqian.documents.queries import preview as shown
from huiqian.web.requests import actor_of


@require_POST
def files(request: HttpRequest) -> HttpResponse:
    """Take in a file; the answer is JSON, because the form's script asks."""
    sent = request.FILES.get("file")
    if sent is None:
        return JsonResponse({"code": "invalid", "text": _("Choose a file.")}, status=422)
    try:
        kept = upload_file(actor_of(request), sent.name or "", sent.file, sent.size)
    except Refusal as refusal:
        told = getattr(refusal, "errors", {}).get("file", [str(refusal)])
        return JsonResponse({"code": refusal.code, "text": " ".join(map(str, told))}, status=refusal.status)
    answer = {"id": str(kept.pk), "name": kept.name, "size": kept.size, "type": kept.type}
    return JsonResponse(answer, status=201)


@require_GET
def file(request: HttpRequest, file: UUID) -> StreamingHttpResponse:
    """Give out a file, always as a download."""
    found = download(actor_of(request), file)
    return StreamingHttpResponse(found.chunks, headers=dict(found.headers))


@require_GET
def preview(request: HttpRequest, file: UUID) -> HttpResponse:
    """What a file looks like: a small picture, or with `size=large` one to look at closely; `page` of a PDF."""
    known, asked = request.headers.get("If-None-Match", ""), request.GET.get("page", "")
    page = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    found = shown(actor_of(request), file, large=request.GET.get("size") == "large", known=known, page=page)
    headers = dict(found.headers)
    if not found.content:
        del headers["Content-Length"], headers["Content-Type"]
    return HttpResponse(found.content, status=200 if found.content else 304, headers=headers)


@require_GET
def face(request: HttpRequest, file: UUID) -> HttpResponse:
    """A file's picture for the page that waits for it."""
    return render(request, "forms/thumb.html", {"file": file_state(actor_of(request), file)})
