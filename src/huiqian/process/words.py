"""What a process's own words mean to people: kinds of elements and of fields."""

from django.utils.translation import gettext as _


def kind_name(kind: str) -> str:
    """What kind of element it is, as people who read diagrams call it."""
    return {
        "userTask": _("step"), "manualTask": _("manual step"), "serviceTask": _("automatic step"),
        "businessRuleTask": _("decision table"), "callActivity": _("other process"), "subProcess": _("subprocess"),
        "sendTask": _("sends a message"), "receiveTask": _("waits for a message"), "scriptTask": _("automatic step"),
        "exclusiveGateway": _("either … or"), "parallelGateway": _("side by side"),
        "inclusiveGateway": _("one or more"),
        "eventBasedGateway": _("whatever comes first"), "startEvent": _("start"), "endEvent": _("end"),
        "boundaryEvent": _("event at a step"), "intermediateCatchEvent": _("waits"),
        "intermediateThrowEvent": _("announces"),
    }.get(kind, kind)  # fmt: skip


def field_kind(kind: str) -> str:
    """What a field of a form takes."""
    return {
        "text": _("text"), "long_text": _("long text"), "number": _("number"), "integer": _("whole number"),
        "money": _("amount"), "date": _("date"), "date_range": _("from–to"), "choice": _("one choice"),
        "choices": _("several choices"), "boolean": _("yes or no"), "files": _("files"), "table": _("table"),
        "person": _("person"), "department": _("department"), "position": _("position"), "customer": _("customer"),
        "product": _("product"), "stock_item": _("stock item"), "event_template": _("event template"),
        "research_report": _("research report"),
    }.get(kind, kind)  # fmt: skip
