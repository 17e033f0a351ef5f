"""Bring the handbook's files into the database."""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.commands import command
from huiqian.org.access import check_may_administer
from huiqian.process.models import Definition, Version
from huiqian.process.sources import Source, files_of_folder, read_source
from huiqian.process.versions import adopt_versions, known_as, save_version

# Any number: the same in every process, used for nothing else.
LOAD_LOCK = 0x10AD


@command
def load_handbook(actor: Actor, folder: Path, since: date | None = None) -> list[str]:
    """Load every process folder that is new or has changed; returns the codes loaded.

    The first installation, into a database without any process, is the handbook as the company adopted it: all of it
    is in effect at once, `since` a day where the company worked by it before. Whatever comes later, a folder that is
    new or one that has changed, becomes a draft version, which waits for the joint review; a process's name and owner,
    too, change only when that version takes effect. What was discarded or refused once does not come again.
    Decision tables and the schedule come into force with their version.
    """
    check_may_administer(actor)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOAD_LOCK])
    sources = [read_source(files_of_folder(path.parent)) for path in sorted(folder.glob("*/process.json"))]
    if Version.objects.exists():
        return [source.code for source in sources if _renew(actor, source)]
    return _adopt(actor, sources, datetime.combine(since, time(), COMPANY_ZONE) if since else clock.now())


def _adopt(actor: Actor, sources: Sequence[Source], adopted: datetime) -> list[str]:
    """The first installation: every folder's version is in effect from the day on which the company adopted it."""
    said = [(Definition.objects.create(code=source.code, **source.about), source) for source in sources]
    adopt_versions(actor, said, adopted)
    return [source.code for source in sources]


def _renew(actor: Actor, source: Source) -> bool:
    """A draft of a folder that says what no version says; whether there was one."""
    Definition.objects.get_or_create(code=source.code, defaults=dict(source.about))
    definition = Definition.objects.select_for_update(no_key=True).get(code=source.code)
    if known_as(definition, source) is not None:
        return False
    save_version(actor, definition, source, clock.now())
    return True
