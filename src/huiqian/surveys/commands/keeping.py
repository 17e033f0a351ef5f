"""Keeping a survey: closed, opened again, shared by personal links."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid, Refusal
from huiqian.forms.rules import Field, Words
from huiqian.forms.rules.kinds import Wrong, clean
from huiqian.journal.record import record
from huiqian.process.models import Instance
from huiqian.surveys.access import survey_to_keep
from huiqian.surveys.effects import closed, opened, token
from huiqian.surveys.events import LinksMade
from huiqian.surveys.models import GOING, Invitation, Survey

MOST_LINKS = 1000


class NotOpenYet(Refusal):
    """A survey that its process has not opened yet."""

    code = "survey-not-open"
    text = _("This survey has not been opened yet: the process opens it when its step is reached.")


@command
def close_survey(actor: Actor, survey_id: int) -> None:
    """Take no more answers from now on. Refusals: NotFound, Forbidden, NotOpenYet. Closed already: nothing to do."""
    case, survey = survey_to_keep(actor, survey_id)
    if survey.opened_at is None:
        raise NotOpenYet
    if survey.closed_at is None:
        record(actor, case.chain, [closed(survey, case.now)])


@command
def reopen_survey(actor: Actor, survey_id: int) -> None:
    """Take answers again, as long as the case goes on; a closing time that is past is taken away.

    Refusals: NotFound, Forbidden, NotOpenYet where it was never open or its case is over. Open: nothing to do.
    """
    case, survey = survey_to_keep(actor, survey_id)
    if survey.opened_at is None or survey.case.status not in GOING:
        raise NotOpenYet(None if survey.opened_at is None else _("The case is over, so its survey stays closed."))
    if survey.state_at(case.now) != "open":
        if survey.closes_at is not None and survey.closes_at <= case.now:
            survey.closes_at = None
        record(actor, case.chain, [opened(survey, case.now)])


@command
def make_links(actor: Actor, survey_id: int, labels: Sequence[str]) -> int:
    """Make a personal link for each label (a name, a customer); how many. From then on only such links answer.

    Refusals: NotFound, Forbidden; Invalid, at "labels", for none, too many or too long ones.
    """
    case, survey = survey_to_keep(actor, survey_id)
    names = [name for label in labels if (name := _label(label))]
    have = survey.invitations.count()
    if not names:
        raise Invalid({"labels": [_("Write whom the links are for, one a line.")]})
    if have + len(names) > MOST_LINKS:
        raise Invalid({"labels": [format_lazy(_("At most {most} personal links."), most=MOST_LINKS)]})
    Invitation.objects.bulk_create(
        Invitation(survey=survey, token=token(), label=name, made_at=case.now, made_by_id=actor.person)
        for name in names
    )
    if survey.mode != Survey.Mode.PERSONAL:
        survey.mode = Survey.Mode.PERSONAL
        survey.save(update_fields=["mode"])
    record(actor, case.chain, [LinksMade(survey=survey.pk, key=survey.key, count=len(names))])
    return len(names)


def _label(text: str) -> str:
    try:
        return str(clean(Field(name="labels", type="text", label=Words(), max_length=100), text) or "")
    except Wrong as wrong:
        raise Invalid({"labels": [wrong.sentence]}) from None


@command
def close_due_surveys(actor: Actor) -> int:
    """Time's own: close the surveys whose closing time has come or whose case is over; returns how many."""
    if not actor.admin:
        raise Forbidden
    now = clock.now()
    over = Q(closes_at__lte=now) | ~Q(case__status__in=[Instance.Status.RUNNING, Instance.Status.SUSPENDED])
    waiting = Survey.objects.filter(over, opened_at__isnull=False, closed_at__isnull=True)
    due = list(waiting.select_for_update(of=("self",), skip_locked=True)[:100])
    for survey in due:
        record(actor, f"case:{survey.case_id}", [closed(survey, now)])
    return len(due)
