"""Refuse a version in its joint review."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid
from huiqian.process.access import version_for_change
from huiqian.process.models import Version
from huiqian.process.reviewing import give_opinion

MOST_TEXT = 5000


@command
def refuse_version(actor: Actor, process: str, number: int, opinion: str) -> Version:
    """Refuse a version, with the reason: its review is over, all opinions are kept. A corrected one is a new version.

    Refusals: NotFound, Forbidden (others are asked), OpinionStands (it was said already), ReviewOver; Invalid without
    an opinion.
    """
    version = version_for_change(actor, process, number)
    said = opinion.strip()[:MOST_TEXT]
    if not said:
        raise Invalid({"opinion": [_("Say what has to be corrected.")]})
    give_opinion(actor, version, said, clock.now(), agrees=False)
    return version
