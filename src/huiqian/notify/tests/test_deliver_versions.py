"""Who hears of a process's versions: the reviewers, whoever prepared one, and whoever works by it."""

import pytest

from huiqian.base.actors import SYSTEM
from huiqian.journal.models import Entry
from huiqian.notify.commands import deliver
from huiqian.notify.models import Notice
from huiqian.org.models import Person
from huiqian.process.commands import refuse_version, submit_version
from tests.people import actor
from tests.versions import REVIEWERS, agree, changed, draft, submitted

pytestmark = pytest.mark.usefixtures("company")


def _told(kind: str) -> set[str]:
    """Who has a notice of a kind, once a worker has told everybody."""
    deliver(SYSTEM, list(Entry.objects.values_list("pk", flat=True)))
    return set(
        Person.objects.filter(pk__in=Notice.objects.filter(kind=kind).values("person")).values_list("login", flat=True)
    )


def test_who_hears_of_it() -> None:
    version = submitted()
    assert _told("version_submitted") == set(REVIEWERS)
    refuse_version(actor("technical_director"), "SC-001", version.number, "含义不清。")
    assert _told("version_refused") == {"admin", *REVIEWERS} - {"technical_director"}
    second = draft(changed("审核策划书", "复核策划书"))
    submit_version(actor("admin"), "SC-001", second.number, note="改为“复核”。")
    agree(second)
    # Those who work by it hear of it, too.
    assert {"admin", "marketing_manager", "business_unit_director", "general_manager"} <= _told("version_in_effect")
