"""Who sees, builds and keeps a survey. It follows its case: who reads the case sees it, who has the step builds it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock, wires
from huiqian.base.actors import Actor
from huiqian.base.errors import Forbidden, NotFound, Refusal
from huiqian.process.access import visible_cases
from huiqian.process.content import SurveyKind, content_of
from huiqian.process.models import Instance
from huiqian.process.run import Case, lock_case
from huiqian.surveys.models import Invitation, Survey

# What a survey's case carries and no page of a survey reads.
HEAVY = ("case__state", "case__data", "case__decisions")


class SurveyHasAnswers(Refusal):
    """Questions are not changed any more once somebody has answered them."""

    code = "survey-has-answers"
    text = _(
        "There are answers already, so the questions stay as they are. You can still change the title, what is said "
        "before and after, and when it closes."
    )


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do with a survey now: `builds` its questions, `keeps` it (closes, opens again, makes links)."""

    builds: bool
    keeps: bool


def visible_surveys(actor: Actor) -> QuerySet[Survey]:
    """The surveys of the cases that this person may read."""
    return Survey.objects.filter(case__in=visible_cases(actor)).select_related("case").defer(*HEAVY)


def survey_for(actor: Actor, survey_id: int) -> Survey:
    """A survey by its number. 1 query; NotFound where there is none or its case is not theirs to see."""
    found = visible_surveys(actor).filter(pk=survey_id).first()
    if found is None:
        raise NotFound
    return found


def kind_of(survey: Survey) -> SurveyKind | None:
    """What the process says of this survey."""
    return content_of(survey.case.version_id).surveys.get(survey.key)


def rights_of(actor: Actor, survey: Survey) -> Rights:
    """Whoever has the step where it is built builds it; whoever had it, and administrators, keep it. 1 query."""
    kind = kind_of(survey)
    if kind is None or actor.id is None:
        return Rights(builds=False, keeps=actor.admin)
    shares: Mapping[int, bool] = wires.hand("asked_at")(survey.case_id, kind.build)
    running = survey.case.status == Instance.Status.RUNNING
    return Rights(builds=running and shares.get(actor.id, False), keeps=actor.admin or actor.id in shares)


def survey_to_build(actor: Actor, survey_id: int, *, questions: bool = True) -> tuple[Case, Survey]:
    """A survey whose case is locked, to change it. NotFound, Forbidden; SurveyHasAnswers where `questions` change."""
    case, survey, rights = _locked(actor, survey_id)
    if not (rights.builds or (rights.keeps and not questions)):
        raise Forbidden(_("Questions are changed by whoever has the step that builds the survey, while it is open."))
    if questions and survey.answers.exists():
        raise SurveyHasAnswers
    return case, survey


def survey_to_keep(actor: Actor, survey_id: int) -> tuple[Case, Survey]:
    """A survey whose case is locked, to open, close or share it. NotFound, Forbidden."""
    case, survey, rights = _locked(actor, survey_id)
    if not (rights.keeps or rights.builds):
        raise Forbidden(_("Only whoever built the survey, or an administrator, opens, closes and shares it."))
    return case, survey


def _locked(actor: Actor, survey_id: int) -> tuple[Case, Survey, Rights]:
    found = survey_for(actor, survey_id)
    case = lock_case(actor, found.case_id, clock.now())
    # Read again behind the lock: answers in flight hold the row until they are stored.
    survey = Survey.objects.select_for_update(of=("self",)).select_related("case").defer(*HEAVY).get(pk=survey_id)
    return case, survey, rights_of(actor, survey)


def public_survey(token: str) -> tuple[Survey, Invitation | None]:
    """The survey that a link opens, and the invitation if the link is personal. At most 2 queries; NotFound."""
    if not token or len(token) > 43 or "\x00" in token:
        raise NotFound
    surveys = Survey.objects.select_related("case").defer(*HEAVY)
    survey = surveys.filter(token=token).first()
    if survey is not None:
        return survey, None
    invitation = Invitation.objects.filter(token=token).first()
    if invitation is None:
        raise NotFound
    return surveys.get(pk=invitation.survey_id), invitation
