"""Say whether a case is still right after something that it rests on has changed (复核)."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, NotFound
from huiqian.process.run import lock_case, write_facts
from huiqian.work.access import AlreadyDecided, check_may_answer, recheck_for
from huiqian.work.events import RecheckAnswered
from huiqian.work.models import Recheck

ANSWERS = (Recheck.Answer.RIGHT, Recheck.Answer.CHANGED)


@command
def answer_recheck(actor: Actor, recheck: int, answer: str, *, note: str = "") -> None:
    """Answer a re-check. right: the case is right as it is; changed: it was corrected, with a word on what.

    Whoever was asked may, who decides for them while they are away, whoever the case waits for now, and administrators.
    Refusals: NotFound, Forbidden, AlreadyDecided, Invalid (no such answer; changed without a word).
    """
    found = recheck_for(actor, recheck)
    case = lock_case(actor, found.instance_id, clock.now())
    found.refresh_from_db()
    check_may_answer(actor, found)
    if found.answer:
        raise AlreadyDecided(_("This re-check was answered already."))
    if answer not in ANSWERS:
        raise Invalid({"answer": [_("Choose one of the answers.")]})
    said = note.strip()[:1000]
    if answer == Recheck.Answer.CHANGED and not said:
        raise Invalid({"note": [_("Say what was changed.")]})
    found.answer, found.note, found.answered_by_id, found.answered_at = answer, said, actor.person, case.now
    found.save()
    case.facts.append(RecheckAnswered(recheck=found.pk, cause=found.cause, answer=answer, note=said))
    write_facts(case, behalf=found.person_id if found.person_id != actor.id else None)


@command
def void_recheck(actor: Actor, recheck: int) -> bool:
    """Nobody needs to answer any more: what was to change does not. Returns whether it was still open."""
    found = Recheck.objects.filter(pk=recheck).first()
    if found is None:
        raise NotFound
    case = lock_case(actor, found.instance_id, clock.now())
    found.refresh_from_db()
    if found.answer:
        return False
    found.answer, found.answered_at = Recheck.Answer.VOID, case.now
    found.save()
    case.facts.append(RecheckAnswered(recheck=found.pk, cause=found.cause, answer=found.answer, note=""))
    write_facts(case)
    return True
