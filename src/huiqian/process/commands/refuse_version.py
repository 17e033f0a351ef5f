"""Refuse a version in its joint review."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
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
    give_opinion(actor, version, opinion.strip()[:MOST_TEXT], clock.now(), agrees=False)
    return version
