"""Facts go down in order, chained by their hashes, and nobody can change them afterwards."""

from dataclasses import dataclass

import pytest
from django.db import DatabaseError, connection, transaction

from huiqian.base.actors import SYSTEM
from huiqian.base.events import Event
from huiqian.journal.commands import anchor_journal
from huiqian.journal.models import Chain, Entry
from huiqian.journal.queries import Fault, history, verify
from huiqian.journal.record import record

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True, kw_only=True)
class TeaMade(Event):
    """A fact for these tests."""

    kind_of_tea: str


def write(chain: str, *teas: str) -> None:
    for tea in teas:
        record(SYSTEM, chain, [TeaMade(kind_of_tea=tea)])


def tampering(sql: str, *parameters: object) -> None:
    """Do what only somebody with the database's own rights could do."""
    with connection.cursor() as cursor:
        cursor.execute("alter table journal_entry disable trigger user")
        cursor.execute(sql, parameters)
        cursor.execute("alter table journal_entry enable trigger user")


def test_facts_are_chained_in_order() -> None:
    write("case:1", "龙井", "普洱 🍵")
    first, second = history("case:1")
    assert (first.number, first.kind, first.detail) == (1, "tea_made", {"kind_of_tea": "龙井"})
    assert second.number == 2
    chain = Chain.objects.get(key="case:1")
    assert (chain.length, bytes(chain.head)) == (2, bytes(second.hash))
    assert list(verify()) == []


@pytest.mark.parametrize(
    "sql",
    ["update journal_entry set kind = 'x' where chain = 'case:1'", "delete from journal_entry where chain = 'case:1'"],
)
def test_the_database_itself_refuses_changes(sql: str) -> None:
    write("case:1", "龙井")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Entry.objects.filter(chain="case:1", kind="tea_made").count() == 1


def test_a_changed_row_is_found() -> None:
    write("case:1", "龙井", "普洱", "毛峰")
    coffee = '{"kind_of_tea": "咖啡"}'
    tampering("update journal_entry set detail = %s where chain = 'case:1' and number = 2", coffee)
    assert [(fault.number, fault.what) for fault in verify()] == [(2, "changed")]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_row_is_found(number: int) -> None:
    write("case:1", "龙井", "普洱", "毛峰")
    tampering("delete from journal_entry where chain = 'case:1' and number = %s", number)
    assert Fault("case:1", number, "removed") in list(verify())


def test_a_row_slipped_in_is_found() -> None:
    write("case:1", "龙井")
    tampering(
        "insert into journal_entry (chain, number, kind, at, door, address, detail, hash) "
        "select chain, 2, kind, at, door, address, detail, hash from journal_entry where chain = 'case:1'"
    )
    assert [(fault.number, fault.what) for fault in verify()] == [(2, "changed"), (2, "inserted")]


def test_a_chain_rewritten_as_a_whole_no_longer_fits_the_seal() -> None:
    write("case:1", "龙井", "普洱")
    assert anchor_journal(SYSTEM) is not None
    assert anchor_journal(SYSTEM) is None
    assert list(verify()) == []
    tampering("delete from journal_entry where chain = 'case:1'")
    Chain.objects.filter(key="case:1").delete()
    write("case:1", "龙井", "咖啡")
    assert [fault.what for fault in verify()] == ["seal-head"]
