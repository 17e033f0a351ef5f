"""Event logs for process mining: the form that says which, and the download."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiqian.base.errors import Invalid, Text
from huiqian.documents.rules import attachment_headers
from huiqian.insight.access import check_may_see_figures
from huiqian.insight.eventlog.export import OCEL, XES, event_log, usual_period
from huiqian.process.queries import contents_in_effect
from huiqian.web.requests import actor_of, day_from


@require_GET
def log(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The form; once a format is chosen, the log itself, sent while it is made."""
    actor, asked = actor_of(request), request.GET
    check_may_see_figures(actor)
    errors: dict[str, list[Text]] = {}
    if "format" in asked:
        try:
            found = event_log(
                actor, asked["format"], asked.get("process", ""), day_from(asked.get("since", ""), "since"),
                day_from(asked.get("until", ""), "until"), names=bool(asked.get("names")),
            )  # fmt: skip
        except Invalid as refusal:
            errors = refusal.errors
        else:
            return StreamingHttpResponse(found.chunks, headers=attachment_headers(found.name, found.type))
    since, until = usual_period()
    begun = {"since": since.isoformat(), "until": until.isoformat(), "process": asked.get("process", "")}
    processes = [(one.code, f"{one.code} {one.name}") for one in contents_in_effect()]
    context = {
        "section": "figures", "errors": errors, "typed": asked.dict() if errors else begun,
        "processes": [("", _("All processes")), *processes],
        "formats": [(OCEL, "OCEL 2.0 (JSON)"), (XES, _("XES (XML): one process"))],
    }  # fmt: skip
    return render(request, "insight/event_log.html", context, status=422 if errors else 200)
