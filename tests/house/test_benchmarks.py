"""The benchmarks measure what they say: the limit writes what the command writes, the inbox finds its tasks."""

from typing import Any

import pytest
from django.db import connection

from benchmarks import decide as deciding
from benchmarks import inbox as filling
from huiqian.org.models import Person
from huiqian.work.queries import inbox
from tests.people import actor, answer, open_task, start

pytestmark = pytest.mark.usefixtures("company")

TABLES = (
    "work_task", "work_assignment", "documents_signature", "documents_version", "documents_reader", "journal_entry",
    "process_instance", "procrastinate_jobs",
)  # fmt: skip


def rows() -> dict[str, int]:
    """How many rows each table has that a decision writes to."""
    with connection.cursor() as cursor:
        cursor.execute("select " + ", ".join(f"(select count(*) from {table})" for table in TABLES))
        return dict(zip(TABLES, cursor.fetchone(), strict=True))


def test_the_limit_writes_the_rows_that_the_command_writes() -> None:
    by_command, by_hand = start(), start()
    begun = rows()
    answer(by_command, "product_marketing_director", "approve", "同意。")
    decided = rows()
    psycopg_connection: Any = connection.connection
    task = open_task(by_hand, "product_marketing_director")
    me, following = actor("product_marketing_director").id, actor("business_unit_director").id
    deciding._hand(psycopg_connection, task, me, following)
    written = rows()
    assert {name: written[name] - decided[name] for name in TABLES} == {
        name: decided[name] - begun[name] for name in TABLES
    }
    assert decided["journal_entry"] - begun["journal_entry"] == 2


def test_the_filled_inboxes_are_what_people_find() -> None:
    number = start()
    with connection.cursor() as cursor:
        cursor.execute(filling.FILL_PEOPLE, [10])
        cursor.execute("update org_revision set number = number + 1")
        cursor.execute(filling.FILL_TASKS, [number, 100])
        cursor.execute(filling.FILL_A_PAGE, ["bench_7", "bench_8"])
    full, even = (Person.objects.get(login=login).actor for login in ("bench_7", "bench_8"))
    assert len(inbox(full).rows) == 25
    assert len(inbox(even).rows) == 10
