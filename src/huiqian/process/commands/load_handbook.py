"""Bring the handbook's files into the database."""

from datetime import date, datetime, time
from pathlib import Path

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.commands import command
from huiqian.org.access import check_may_administer
from huiqian.process.models import Definition
from huiqian.process.schedules import load_schedule
from huiqian.process.sources import files_of_folder, read_source
from huiqian.process.versions import known_as, load_tables, save_version

# Any number: the same in every process, used for nothing else.
LOAD_LOCK = 0x10AD


@command
def load_handbook(actor: Actor, folder: Path, since: date | None = None) -> list[str]:
    """Load every process folder that is new or has changed; returns the codes loaded.

    A process that comes for the first time is in effect at once: it is the handbook as the company adopted it, `since`
    a day where the company worked by it before. A changed folder of a process that is known becomes a draft version,
    which waits for the joint review; its name and owner, too, change only when that version takes effect. What was
    discarded or refused once does not come again.
    Decision tables and schedules are loaded only where there are none: from then on they belong to the administrators.
    """
    check_may_administer(actor)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOAD_LOCK])
    adopted = datetime.combine(since, time(), COMPANY_ZONE) if since else clock.now()
    folders = [path.parent for path in sorted(folder.glob("*/process.json"))]
    return [loaded for one in folders if (loaded := _load(actor, one, adopted))]


def _load(actor: Actor, folder: Path, adopted: datetime) -> str:
    source = read_source(files_of_folder(folder))
    definition, first = Definition.objects.get_or_create(code=source.code, defaults=dict(source.about))
    definition = Definition.objects.select_for_update(no_key=True).get(pk=definition.pk)
    load_tables(actor, definition, source, adopted if first else clock.now())
    load_schedule(actor, definition, source.schedule, source.starter, clock.now())
    if known_as(definition, source) is not None:
        return ""
    save_version(actor, definition, source, adopted if first else clock.now(), first=first)
    return definition.code
