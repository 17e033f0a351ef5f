"""Give a re-check that was left behind to whoever is responsible now."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import NotFound
from huiqian.process.run import lock_case, write_facts
from huiqian.work.models import Recheck
from huiqian.work.rechecks import pass_on


@command
def pass_on_recheck(actor: Actor, recheck: int) -> bool:
    """Give the open re-check of somebody whose account is closed to whoever is responsible now; whether it went on."""
    found = Recheck.objects.filter(pk=recheck).first()
    if found is None:
        raise NotFound
    case = lock_case(actor, found.instance_id, clock.now())
    found.refresh_from_db()
    former = found.person_id
    if found.answer or case.roster.people[former].active or pass_on(case, found) == former:
        return False
    write_facts(case)
    return True
