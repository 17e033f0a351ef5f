"""A page sees one organisation: its revision is asked once while somebody only looks."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiqian.base.actors import Actor
from huiqian.org.commands import change_person
from huiqian.org.queries import one_organisation, revision, roster

pytestmark = pytest.mark.usefixtures("company")


def test_who_only_looks_asks_once_and_sees_one_organisation(who: Callable[[str], Actor]) -> None:
    roster()
    with one_organisation(), CaptureQueriesContext(connection) as asked:
        first = roster()
        change_person(who("admin"), "marketing_manager", name="张改名", email="")
        again = roster()
    assert again is first
    assert len([query for query in asked if "from org_revision" in query["sql"]]) == 1
    assert {person.name for person in roster().people.values()} - {p.name for p in first.people.values()} == {"张改名"}


def test_what_is_known_from_the_same_transaction_is_not_held_back(who: Callable[[str], Actor]) -> None:
    with one_organisation():
        before = roster()
        change_person(who("admin"), "marketing_manager", name="张改名", email="")
        assert roster(revision()).revision > before.revision
