"""Who may see figures over other people's work."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import Forbidden
from huiqian.org.queries import roster


def may_see_figures(actor: Actor) -> bool:
    """Administrators, and whoever holds a position that is another one's superior today. No query of its own."""
    if actor.admin:
        return True
    if actor.person is None:
        return False
    snapshot = roster()
    superiors = {position.superior for position in snapshot.positions.values()}
    return not superiors.isdisjoint(snapshot.positions_of(actor.person, clock.today()))


def check_may_see_figures(actor: Actor) -> None:
    """Forbidden says who may."""
    if not may_see_figures(actor):
        raise Forbidden(_("The management board is for superiors and administrators."))
