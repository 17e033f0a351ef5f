"""Agree to a version in its joint review."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.process.access import version_for_change
from huiqian.process.models import Version
from huiqian.process.reviewing import give_opinion

MOST_TEXT = 5000


@command
def agree_to_version(actor: Actor, process: str, number: int, opinion: str = "") -> Version:
    """Agree for every position that one holds, or stands in for, and that has not spoken yet.

    When the last position has agreed the version takes effect, at once or on its day; the one before it retires.
    Refusals: NotFound, Forbidden (others are asked), OpinionStands (it was said already), ReviewOver.
    """
    version = version_for_change(actor, process, number)
    give_opinion(actor, version, opinion.strip()[:MOST_TEXT], clock.now(), agrees=True)
    return version
