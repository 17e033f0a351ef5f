"""How somebody wants to hear of things, and that they have read them."""

from collections.abc import Mapping

from django.db import connection
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid
from huiqian.journal.record import record
from huiqian.notify.events import WaysChosen
from huiqian.notify.models import Wish
from huiqian.notify.rules import KINDS, WAYS


@command
def choose_ways(actor: Actor, ways: Mapping[str, str]) -> None:
    """Choose for kinds of notices how one hears of them beside the bell: bell (not at all), at_once or digest.

    Kinds left out stay as they are. Refusals: Invalid.
    """
    wrong = {kind: [_("Choose one of the ways.")] for kind, way in ways.items() if kind not in KINDS or way not in WAYS}
    if wrong:
        raise Invalid(wrong)
    Wish.objects.bulk_create(
        [Wish(person_id=actor.person, kind=kind, way=way) for kind, way in ways.items()],
        update_conflicts=True, unique_fields=["person", "kind"], update_fields=["way"],
    )  # fmt: skip
    record(actor, f"person:{actor.person}", [WaysChosen(ways=dict(ways))])


@command
def read_notices(actor: Actor) -> None:
    """Mark all of one's notices as read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update notify_notice set read_at = %s where person_id = %s and read_at is null", [clock.now(), actor.id]
        )
