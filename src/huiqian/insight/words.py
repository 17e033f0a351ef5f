"""The words that the handbook's files say by themselves, around what the processes say."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiqian.insight.queries.handbook.shape import PositionLine


def then_words(line: PositionLine) -> str:
    """What becomes of a position's steps once its holder leaves, or today where it has none."""
    who = line.stand_in_words or "–"
    if not line.steps:
        return _("no step depends on it")
    if line.risk == "none":
        return _("asked instead today: %(who)s") % {"who": who}
    return _("then asked: %(who)s") % {"who": who} if line.risk else _("the other holders go on")


def print_words() -> dict[str, Any]:
    """Headings, column heads and connecting words, in the reader's language."""
    number, step, name, version = _("No."), _("Step"), _("Process"), _("Version")
    since, document, time = _("In effect since"), _("Document"), _("Time")
    return {
        "page": _("Page {page} of {pages}"), "contents": _("Contents"), "rules": _("General rules"),
        "overview": _("The processes and how they feed each other"), "processes": _("Processes"),
        "duties": _("Positions' duties"), "raci": _("Positions × steps"), "positions": _("Positions and people"),
        "forms": _("Appendix: the forms"), "links": _("What goes from one process to another"),
        "cover_heads": [_("Number"), name, version, since, _("Joint review")],
        "process_heads": [_("Number"), name, _("Department"), version, since],
        "link_heads": [_("From"), _("To"), document, _("How")],
        "step_heads": [number, _("Step and position"), _("What is done, and what may come of it"), time],
        "document_heads": [document, _("Written in"), _("Signed by")],
        "received_heads": ["", name, document, _("How")],
        "position_heads": [
            _("Position"), _("Holder today"), _("Reports to"), _("Steps"), _("If the holder leaves"),
        ],
        "field_heads": [_("Field"), _("Kind"), _("Required"), _("Note")],
        "made": _("Written by the system from the versions in effect and the organisation of the day."),
        "adopted": _("adopted with the handbook"), "not_in_effect": _("not in effect"),
        "provisional_short": _(" (provisional)"),
        "provisional": _("The company's source gives no steps for this process; what stands here is a proposal."),
        "version": _("Version {n}"), "since": _("in effect since {day}"), "begins": _("Begins"),
        "watch": _("Looks on"), "review": _("Joint review"), "diagram": _("Diagram"),
        "diagram_next": _("on the following page"), "piece": _("Diagram, part {n} of {all}"), "steps": _("Steps"),
        "documents": _("Documents it makes"), "receives": _("Receives and hands on"),
        "from": pgettext("process", "from"), "to": pgettext("process", "to"), "fills": _("fills in") + " ",
        "each": _(" (one for each)"), "unnumbered": _("Without a number"),
        "kinds": {
            "do": pgettext("handbook", "Does"), "approve": pgettext("handbook", "Decides"),
            "part": pgettext("handbook", "Part"), "call": pgettext("handbook", "Calls"),
            "rule": pgettext("handbook", "By rule"), "wait": pgettext("handbook", "Waits"),
            "system": pgettext("handbook", "System"),
        },
        "how": _("Who exactly"), "writes": _("Writes"), "form": _("Form"), "signs": _("Signs"),
        "answers": pgettext("handbook", "Answers"), "returns": _("May return to"), "due": time,
        "at_once": _("Then at the same time"), "event": _("If meanwhile: %(name)s") % {"name": ""}, "then": _("Then"),
        "each_that_fits": _("each that fits"), "table": _("Decision table") + " ",
        "table_above": _("By the decision table “{name}”, shown above."),
        "starts": pgettext("duty", "Starts"), "does": pgettext("duty", "Does"),
        "decides": pgettext("duty", "Decides"), "told": pgettext("duty", "Is kept informed"),
        "nobody": _("Nobody today"), "nobody_short": _("nobody"),
        "no_duty": _("No process in effect asks anything of this position"),
        "letters": _("R does it · A decides or answers for it · C gives an opinion · I is kept informed"),
        "number": number, "step": step, "risky": _("Steps that hang on one person, or on nobody"),
        "filled": _("filled in at") + " ", "comma": _(", "), "semicolon": _("; "), "dot": " · ",
    }  # fmt: skip
