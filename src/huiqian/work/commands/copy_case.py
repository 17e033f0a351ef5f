"""Keep colleagues informed of a case (抄送), and read what one was copied on."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden
from huiqian.process.access import case_for
from huiqian.process.run import lock_case, write_facts
from huiqian.work.access import takes_part
from huiqian.work.effects import people_to_copy, send_copies
from huiqian.work.models import Copy


@command
def copy_case(actor: Actor, number: str, people: Sequence[str], *, text: str = "") -> int:
    """Keep colleagues (logins) informed of a case, with a word: they may read it from now on; how many were new to it.

    Whoever takes part may, and administrators. Refusals: NotFound, Forbidden (one only looks on), Invalid.
    """
    found = case_for(actor, number)
    if not takes_part(actor, found.pk, found.starter_id):
        raise Forbidden(_("Only people who take part in a case can copy others on it."))
    case = lock_case(actor, found.pk, clock.now())
    sent = send_copies(case, people_to_copy(case, people, asked=True), text.strip()[:200])
    write_facts(case)
    return sent


@command
def read_copies(actor: Actor, number: str = "") -> int:
    """What one was copied on is read: one case, or all of them; how many were unread."""
    unread = Copy.objects.filter(person_id=actor.person, read_at__isnull=True)
    if number:
        unread = unread.filter(instance__number=number)
    return unread.update(read_at=clock.now())
