"""Bring changed prices to the open cases that quote those before them (价格联动)."""

from datetime import datetime

from huiqian.base import clock, wires
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import NotFound
from huiqian.marketing.effects import changes_of, quotes_of
from huiqian.marketing.effects.ripple import OPEN, until
from huiqian.marketing.models import PriceRipple
from huiqian.process.run import lock_case, write_facts


@command
def ask_to_recheck(actor: Actor, ripple: int, case_id: int) -> int:
    """Ask whoever is responsible for a case to look at it again, if it still quotes the prices before; how many are
    asked that were not. Looked at under the case's lock, so that it holds what stands; done twice, it adds nothing.
    """
    found = PriceRipple.objects.filter(pk=ripple).first()
    if found is None:
        raise NotFound
    case = lock_case(actor, case_id, clock.now())
    # Held until the question is written: a proposal given up meanwhile asks nothing, or takes this one back as well.
    found = PriceRipple.objects.select_for_update().get(pk=ripple)
    if found.void_at is not None:
        return 0
    over = case.started_at >= until(found.effective_from, found.made_at)
    if over or case.status not in OPEN or case.number == found.case_number:
        return 0
    members = {key: record.data for key, record in case.members.all().items()}
    quotes = quotes_of(case.version_id, case.data, members, changes_of(found), found.effective_from)
    detail = {"title": found.title, "effective_from": found.effective_from.isoformat(), "changes": found.changes}
    lines = [quote.to_json() for quote in quotes]
    asked: int = wires.hand("ask_recheck")(case, found.cause, detail, lines, found.effective_from)
    write_facts(case)
    return asked


@command
def settle_ripple(actor: Actor, ripple: int, made_at: datetime) -> bool:
    """All open cases were looked at for what was written down at `made_at`; what came since is looked at anew."""
    return bool(PriceRipple.objects.filter(pk=ripple, made_at=made_at).update(spread_at=clock.now()))


@command
def void_ripple(actor: Actor, ripple: int) -> bool:
    """The proposal was withdrawn before its day: its prices never take effect."""
    found = PriceRipple.objects.filter(pk=ripple, price_list__isnull=True, void_at__isnull=True)
    return bool(found.update(void_at=clock.now(), spread_at=clock.now()))
