"""What an evidence pack's page calls the journal's facts."""

from django.utils.translation import gettext as _


def fact_words(kind: str) -> str:
    """What a fact of a case's journal tells; its own name for those that have no words yet."""
    return {
        "case_started": _("The case began"), "task_opened": _("A task was given"), "task_decided": _("Decided"),
        "case_returned": _("Sent back"), "decision_taken_back": _("A decision was taken back"),
        "case_withdrawn": _("The case was taken back by its starter"), "task_handed_over": _("A task was handed over"),
        "signatory_added": _("A signatory was added"), "signatory_removed": _("A signatory was taken off"),
        "case_commented": _("Commented"), "case_copied": _("Colleagues were copied"), "task_urged": _("Urged"),
        "task_overdue": _("A task is late"), "decision_taken": _("A decision table answered"),
        "service_run": _("The system did a step"), "incident_raised": _("The case could not go on"),
        "incident_retried": _("It was tried again"), "case_ended": _("The case ended"),
        "case_handed_on": _("Handed on to another process"), "case_suspended": _("Suspended"),
        "case_resumed": _("Resumed"), "survey_opened": _("A survey was opened"),
        "survey_closed": _("A survey was closed"), "survey_changed": _("A survey was changed"),
        "links_made": _("Personal links were made"), "event_log_opened": _("The event's log was opened"),
        "event_entry_added": _("The event's log was written"), "event_log_closed": _("The event's log was closed"),
        "recheck_asked": _("A look again was asked for"), "recheck_answered": _("It was looked at again"),
        "pin_set": _("A pin was set"), "pin_answered": _("A pin was answered"),
    }.get(kind, kind)  # fmt: skip
