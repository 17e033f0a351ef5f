"""Drafts: whatever was typed is kept, for its owner alone."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from huiqian.base.actors import Actor
from huiqian.base.errors import Invalid, NotFound
from huiqian.forms import commands
from huiqian.forms.commands import discard_draft, save_draft
from huiqian.forms.effects import drop_draft, drop_drafts_for
from huiqian.forms.models import Draft
from huiqian.forms.queries import draft, draft_for, drafts

Who = Callable[[str], Actor]


def test_half_typed_answers_are_kept_unchanged(who: Who) -> None:
    actor = who("marketing_manager")
    typed_in = {"topic": " 半", "budget": [{"price": "1,8"}, {}], "kind": ""}
    first = save_draft(actor, "start:SC-001", typed_in, title="半")
    again = save_draft(actor, "start:SC-001", {"topic": "半句"}, draft=first.pk)
    assert (again.pk, again.revision, again.title) == (first.pk, 2, "半")
    assert draft(actor, first.pk).values == {"topic": "半句"}
    assert [one.pk for one in drafts(actor)] == [first.pk]


def test_a_start_may_have_many_drafts_a_task_has_one(who: Who) -> None:
    actor = who("marketing_manager")
    assert save_draft(actor, "start:SC-001", {}).pk != save_draft(actor, "start:SC-001", {}).pk
    first = save_draft(actor, "task:7", {"a": "1"})
    assert save_draft(actor, "task:7", {"a": "2"}).pk == first.pk
    found = draft_for(actor, "task:7")
    assert found is not None
    assert found.values == {"a": "2"}
    assert len(drafts(actor)) == 2


def test_drafts_are_their_owner_s_alone(who: Who) -> None:
    kept = save_draft(who("marketing_manager"), "start:SC-001", {"topic": "x"})
    for login in ("general_manager", "admin"):
        other = who(login)
        assert not drafts(other).exists()
        with pytest.raises(NotFound):
            draft(other, kept.pk)
        with pytest.raises(NotFound):
            discard_draft(other, kept.pk)
        with pytest.raises(NotFound):
            save_draft(other, "start:SC-001", {}, draft=kept.pk)
    with pytest.raises(NotFound):
        save_draft(who("marketing_manager"), "start:SC-002", {}, draft=kept.pk)
    with pytest.raises(NotFound):
        discard_draft(who("marketing_manager"), uuid4())


def test_what_the_database_cannot_hold_is_left_out_and_the_rest_kept(who: Who) -> None:
    kept = save_draft(
        who("marketing_manager"), "start:SC-001", {"a\x00": ["b\x00c", {"d": "\ud800e😀"}]}, title="t\x00\n"
    )
    kept.refresh_from_db()
    assert (kept.values, kept.title) == ({"a": ["bc", {"d": "e😀"}]}, "t")


def test_there_is_an_end_to_size_and_number(who: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = who("marketing_manager")
    with pytest.raises(Invalid):
        save_draft(actor, "start:SC-001", {"topic": "x" * 1_000_001})
    monkeypatch.setattr(commands, "MOST", 2)
    for _draft in range(2):
        save_draft(actor, "start:SC-001", {})
    with pytest.raises(Invalid):
        save_draft(actor, "start:SC-001", {})


def test_drafts_go_when_they_are_done_with(who: Who) -> None:
    actor = who("marketing_manager")
    started, thrown = save_draft(actor, "start:SC-001", {}), save_draft(actor, "start:SC-001", {})
    save_draft(actor, "task:7", {})
    drop_draft(actor, None)
    drop_draft(who("general_manager"), started.pk)
    assert Draft.objects.count() == 3
    drop_draft(actor, started.pk)
    discard_draft(actor, thrown.pk)
    drop_drafts_for(["task:7"])
    assert not Draft.objects.exists()


@pytest.mark.usefixtures("real_company")
def test_two_first_saves_of_a_task_at_once_are_one_draft() -> None:
    from huiqian.org.models import Person

    actor = Person.objects.get(login="marketing_manager").actor
    barrier, failures = Barrier(2), []

    def save(value: str) -> None:
        try:
            barrier.wait()
            save_draft(actor, "task:9", {"a": value})
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=save, args=(value,)) for value in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    kept = Draft.objects.get(place="task:9")
    assert kept.revision == 2
