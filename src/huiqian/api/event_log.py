"""GET /event-log: what happened in a period's cases, for process mining."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router

from huiqian.api.bearer import actor_of
from huiqian.documents.rules import attachment_headers
from huiqian.insight.eventlog.export import TYPES, event_log, usual_period

router = Router()

LOG: dict[str, Any] = {"responses": {200: {"content": {kind: {} for kind in TYPES.values()}}}}


@router.get("", summary="An event log as OCEL 2.0 or XES", openapi_extra=LOG)
def get_event_log(
    request: HttpRequest, since: date | None = None, until: date | None = None,
    format: Literal["ocel", "xes"] = "ocel", process: str = "", names: bool = False,
) -> HttpResponse | StreamingHttpResponse:  # fmt: skip
    """All cases begun from one day to another, both included (where not said: the half year up to today). XES tells one
    process. Without `names` people have pseudonyms.
    """
    first, last = usual_period()
    found = event_log(actor_of(request), format, process, since or first, until or last, names=names)
    return StreamingHttpResponse(found.chunks, headers=attachment_headers(found.name, found.type))
