"""Joint reviews when several people act at the same moment, with real threads and real commits."""

import importlib

import pytest
from django.db import IntegrityError

from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Refusal, Stale
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.process import access
from huiqian.process.commands import (
    agree_to_version,
    bring_into_effect,
    refuse_version,
    submit_version,
    upload_version,
    withdraw_version,
)
from huiqian.process.models import Definition, Review, Version
from huiqian.process.reviewing import OnItsWay, OpinionStands
from huiqian.work.tests.test_decide import at_once
from tests.people import actor, start
from tests.versions import REVIEWERS, agree, changed, draft, in_effect, submitted

pytestmark = pytest.mark.usefixtures("real_company")


@pytest.mark.parametrize("_again", range(3))
def test_all_five_agree_at_the_same_moment_and_it_takes_effect_once(_again: int) -> None:
    version = submitted()
    people = [actor(login) for login in REVIEWERS]
    results = at_once(*[lambda me=me: agree_to_version(me, "SC-001", version.number) for me in people])
    assert not [one for one in results if isinstance(one, Exception)]
    assert in_effect() == version
    assert Entry.objects.filter(kind="version_in_effect").count() == 1
    assert list(verify()) == []


def test_a_double_click_counts_once() -> None:
    version, me = submitted(), actor("general_manager")
    results = at_once(*[lambda: agree_to_version(me, "SC-001", version.number)] * 5)
    assert len([one for one in results if isinstance(one, OpinionStands)]) == 4
    assert Entry.objects.filter(kind="opinion_given").count() == 1


def test_the_last_one_agrees_while_another_refuses_and_it_is_one_or_the_other() -> None:
    version = agree(submitted(), *REVIEWERS[:3])
    fourth, fifth = actor(REVIEWERS[3]), actor(REVIEWERS[4])
    at_once(
        lambda: agree_to_version(fourth, "SC-001", version.number),
        lambda: refuse_version(fifth, "SC-001", version.number, "不行。"),
    )
    version.refresh_from_db()
    assert (version.status, in_effect().number) == ("refused", 1)


def test_agreeing_and_withdrawing_at_the_same_moment() -> None:
    version = agree(submitted(), *REVIEWERS[:4])
    last, admin = actor(REVIEWERS[4]), actor("admin")
    results = at_once(
        lambda: agree_to_version(last, "SC-001", version.number),
        lambda: withdraw_version(admin, "SC-001", version.number, "再改。"),
    )
    version.refresh_from_db()
    assert len([one for one in results if isinstance(one, Refusal)]) == 1
    assert version.status in ("in_effect", "draft")
    assert Version.objects.filter(definition__code="SC-001", status="in_effect").count() == 1


def test_two_drafts_submitted_at_the_same_moment_one_goes_into_review() -> None:
    one, other, admin = draft(), draft(changed("预算", "费用")), actor("admin")
    results = at_once(
        lambda: submit_version(admin, "SC-001", one.number, note="甲"),
        lambda: submit_version(admin, "SC-001", other.number, note="乙"),
    )
    assert len([one for one in results if isinstance(one, OnItsWay)]) == 1
    assert Review.objects.count() == 1


def test_two_uploads_at_the_same_moment_get_numbers_of_their_own() -> None:
    admin, bodies = actor("admin"), (changed(), changed("预算", "费用"))
    results = at_once(*[lambda b=b: upload_version(admin, "SC-001", file="a.bpmn", body=b) for b in bodies])
    assert sorted(one.number for one in results if isinstance(one, Version)) == [2, 3]


def test_workers_bring_it_into_effect_once() -> None:
    from datetime import timedelta

    from huiqian.base import clock

    version = agree(submitted(clock.today() + timedelta(days=1)))
    Review.objects.filter(version=version).update(effective_on=clock.today())
    results = at_once(*[lambda: bring_into_effect(SYSTEM)] * 4)
    assert results.count(True) == 1
    assert in_effect() == version


def test_cases_that_start_while_it_takes_effect_run_by_one_version_or_the_other() -> None:
    version = agree(submitted(), *REVIEWERS[:4])
    last = actor(REVIEWERS[4])
    results = at_once(lambda: agree_to_version(last, "SC-001", version.number), *[start] * 3)
    assert not [one for one in results if isinstance(one, Exception)]
    assert in_effect() == version


def test_without_the_lock_two_would_be_on_their_way_but_for_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above can fail: without the lock of the process only a constraint stops the second one."""
    import threading

    module = importlib.import_module("huiqian.process.commands.submit_version")
    both, checked = threading.Barrier(2), module._check_nothing_is_on_its_way
    one, other, admin = draft(), draft(changed("预算", "费用")), actor("admin")

    def unlocked(actor: object, code: str) -> Definition:
        return Definition.objects.get(code=code)

    def check_together(version: Version) -> None:
        checked(version)
        both.wait(10)

    monkeypatch.setattr(access, "definition_for_change", unlocked)
    monkeypatch.setattr(module, "_check_nothing_is_on_its_way", check_together)
    results = at_once(
        lambda: submit_version(admin, "SC-001", one.number, note="甲"),
        lambda: submit_version(admin, "SC-001", other.number, note="乙"),
    )
    assert [one for one in results if isinstance(one, IntegrityError)]
    assert not [one for one in results if isinstance(one, Stale)]
