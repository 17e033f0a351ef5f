"""Jobs: written with the command's transaction, done by a worker, tried again when they fail."""

import asyncio
import os

import psycopg
import pytest
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from huiqian.base.ticks import ticks
from huiqian.base.wires import connect, wires
from huiqian.jobs.upkeep import bring_back_stalled_jobs
from huiqian.jobs.worker import JOB, Worker, make_app
from huiqian.journal.outbox import enqueue

DONE: list[object] = []


def _note(word: str) -> None:
    DONE.append(word)


def _fail(word: str) -> None:
    raise RuntimeError(word)


@pytest.fixture(autouse=True)
def hands(real_company: None) -> None:
    """Two jobs of this test; jobs of earlier tests are not ours."""
    DONE.clear()
    HELD.clear()
    connect("job:test.note", _note)
    connect("job:test.fail", _fail)
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")


def _work() -> None:
    """Do what waits, as a worker does, then come back."""

    async def run() -> None:
        async with make_app().open_async() as app:
            await app.run_worker_async(
                wait=False, listen_notify=False, install_signal_handlers=False, delete_jobs="successful"
            )

    asyncio.run(run())


def _jobs() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select task_name, status::text, attempts, coalesce(scheduled_at > now(), false) from procrastinate_jobs"
        )
        return list(cursor.fetchall())


def test_a_job_is_done_and_gone() -> None:
    enqueue("test.note", {"word": "会签"})
    _work()
    assert DONE == ["会签"]
    assert _jobs() == []


def test_a_transaction_that_is_rolled_back_leaves_no_job() -> None:
    with transaction.atomic():
        enqueue("test.note", {"word": "never"})
        transaction.set_rollback(True)
    _work()
    assert DONE == []


def test_a_job_that_fails_waits_for_its_next_try() -> None:
    enqueue("test.fail", {"word": "the receiver is away"})
    _work()
    assert _jobs() == [("test.fail", "todo", 1, True)]


CUT = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and wait_event_type = 'Lock' and query ilike '%procrastinate_finish_job%'
"""
HELD: list["psycopg.Connection[object]"] = []


def _hold(word: str) -> None:
    """The first time, somebody holds the job's row, so that its end waits to be written down."""
    DONE.append(word)
    if len(DONE) == 1:
        HELD.append(psycopg.connect(make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])))
        HELD[0].execute("select from procrastinate_jobs for update")


def _cut() -> bool:
    """End the connection that waits to write down the job's end, then let go of the row; whether there was one."""
    if not HELD or HELD[0].execute(CUT).fetchone() is None:
        return False
    HELD[0].close()
    return True


def _left() -> int:
    bring_back_stalled_jobs()
    left = len(_jobs())
    connection.close()
    return left


def test_a_job_whose_end_could_not_be_written_down_is_not_under_way_for_ever() -> None:
    connect("job:test.hold", _hold)
    enqueue("test.hold", {"word": "again"})
    worker = Worker(poll=0.2)

    async def run() -> None:
        work = asyncio.create_task(worker.work())
        try:
            async with asyncio.timeout(60):
                for done in (_cut, lambda: not _left()):
                    while not await asyncio.to_thread(done):
                        await asyncio.sleep(0.1)
        finally:
            worker.stop()
            await work

    asyncio.run(run())
    assert DONE == ["again", "again"]


def test_a_job_nobody_has_a_hand_for_is_kept_as_failed() -> None:
    enqueue("test.unheard-of", {})
    _work()
    assert [(name, status) for name, status, *_ in _jobs()] == [("test.unheard-of", "failed")]


def test_every_job_and_tick_of_the_house_has_a_hand() -> None:
    assert "job:notify.deliver" in wires()
    assert {name for name in make_app().tasks if not name.startswith(("procrastinate", "builtin"))} >= {
        wire.removeprefix(JOB) for wire in wires() if wire.startswith(JOB)
    }
    assert {"process.fire_timers", "jobs.bring_back_stalled", "work.remind", "journal.seal_the_day"} <= {
        tick.name for tick in ticks()
    }


def test_the_columns_we_write_are_the_ones_procrastinate_has() -> None:
    """We insert into its table ourselves (docs/adr/0003): an upgrade that changes it is noticed here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name || ' ' || udt_name from information_schema.columns "
            "where table_name = 'procrastinate_jobs' order by column_name collate \"C\""
        )
        columns = [row[0] for row in cursor.fetchall()]
    assert columns == [
        "abort_requested bool", "args jsonb", "attempts int4", "id int8", "lock text", "priority int4",
        "queue_name varchar", "queueing_lock text", "scheduled_at timestamptz", "status procrastinate_job_status",
        "task_name varchar", "worker_id int8",
    ]  # fmt: skip
