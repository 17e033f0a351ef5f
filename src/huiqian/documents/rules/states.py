"""What the states of documents, and of the cases they come from, are called."""

from django.utils.translation import gettext as _


def status_words(status: str) -> str:
    """The name of a case's or a document's state."""
    return {
        "running": _("in progress"), "suspended": _("suspended"), "completed": _("completed"),
        "withdrawn": _("withdrawn"), "terminated": _("stopped"), "in_review": _("in review"),
        "in_force": _("in force"), "superseded": _("superseded"),
    }.get(status, status)  # fmt: skip
