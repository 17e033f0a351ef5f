"""Put a draft aside."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Stale
from huiqian.journal.record import record
from huiqian.process.access import check_may_prepare, version_for_change
from huiqian.process.events import VersionDiscarded
from huiqian.process.models import Version
from huiqian.process.versions import chain_of


@command
def discard_version(actor: Actor, process: str, number: int) -> Version:
    """Put a draft aside: it stays readable for those who prepare versions, and does not come again from the files.

    Refusals: NotFound, Forbidden, Stale (it is no draft any more).
    """
    version = version_for_change(actor, process, number)
    check_may_prepare(actor, version.definition)
    if version.status != Version.Status.DRAFT:
        raise Stale(_("Only a draft can be discarded. Look at the version again."))
    version.status = Version.Status.DISCARDED
    version.save(update_fields=["status"])
    fact = VersionDiscarded(code=process, version=number)
    record(actor, chain_of(version.definition), [fact], at=clock.now())
    return version
