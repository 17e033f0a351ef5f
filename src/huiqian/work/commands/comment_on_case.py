"""Say something about a case."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid
from huiqian.process.access import case_for
from huiqian.process.run import lock_case, write_facts
from huiqian.work.events import CaseCommented
from huiqian.work.models import Comment


@command
def comment_on_case(actor: Actor, number: str, text: str) -> Comment:
    """Say something about a case one may read, at any time. Refusals: NotFound, Invalid."""
    found = case_for(actor, number)
    said = text.strip()
    if not said or len(said) > 5000:
        raise Invalid({"text": [_("Write something, 5,000 characters at most.")]})
    case = lock_case(actor, found.pk, clock.now())
    comment = Comment.objects.create(instance_id=case.id, author_id=actor.person, text=said, said_at=case.now)
    case.facts.append(CaseCommented(comment=comment.pk, text=said))
    write_facts(case)
    return comment
