"""A case's evidence pack, as a download."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from huiqian.documents.rules import attachment_headers
from huiqian.insight.evidence.packing import ZIP, evidence
from huiqian.web.requests import actor_of


@require_GET
def case_evidence(request: HttpRequest, number: str) -> StreamingHttpResponse:
    """The pack of a case that the reader may see, sent while it is made."""
    pack = evidence(actor_of(request), number)
    return StreamingHttpResponse(pack.chunks, headers=attachment_headers(pack.name, ZIP))
