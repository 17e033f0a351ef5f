"""Who sees pins (as the case), and who makes what of them: whoever takes part sets them, who made the draft settles."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import Forbidden, NotFound, Refusal
from huiqian.documents.models import Document, Version
from huiqian.org.queries import roster
from huiqian.process.access import visible_cases
from huiqian.process.content import Content
from huiqian.process.members import SEPARATOR
from huiqian.proofing.models import Pin
from huiqian.work.access import takes_part
from huiqian.work.models import Assignment


class ProofClosed(Refusal):
    """The document is not in review any more."""

    code = "proof-closed"
    text = _("This document is no longer in review: its pins can be read, and nothing can be added.")


def pin_for(actor: Actor, pin: int) -> Pin:
    """A pin of a case one may read. 1 query; NotFound otherwise."""
    found = Pin.objects.select_related("document").filter(pk=pin, case__in=visible_cases(actor)).first()
    if found is None:
        raise NotFound
    return found


def check_takes_part(actor: Actor, case_id: int, starter: int) -> None:
    """Forbidden for whoever only looks on."""
    if not takes_part(actor, case_id, starter):
        raise Forbidden(_("Only people who take part in the case set pins and answer them."))


def check_open(document: Document, running: bool) -> None:
    """ProofClosed where the case stands still or has ended, or the document is in review no more."""
    if not running or document.status != Document.Status.IN_REVIEW:
        raise ProofClosed


def may_settle(actor: Actor, document: Document, case_id: int, content: Content) -> bool:
    """Whether somebody says that a pin is settled: who wrote the latest version, or who writes the next one now.

    2 queries.
    """
    if actor.admin:
        return True
    people = _speaks_for(actor)
    author = Version.objects.filter(document=document, number=document.version_count).values_list(
        "author_id", flat=True
    )
    if author.first() in people:
        return True
    kind = document.key.partition(SEPARATOR)[0]
    steps = [one.id for one in content.definition.elements.values() if one.settings.get("document") == kind]
    shares = Assignment.objects.filter(task__instance_id=case_id, task__status="open", status="open")
    return shares.filter(person_id__in=people, task__element__in=steps).exists()


def may_confirm(actor: Actor, pin: Pin) -> bool:
    """Whether somebody confirms that a pin is settled, or opens it again: who set it, or decides for them today."""
    return actor.admin or pin.author_id in _speaks_for(actor)


def _speaks_for(actor: Actor) -> frozenset[int]:
    return frozenset({actor.person}) | roster().stands_in_for(actor.person, clock.today())
