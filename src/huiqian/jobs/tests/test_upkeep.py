"""The queue in order: jobs of killed workers come back, inserting stays quiet, old jobs go."""

import pytest
from django.db import connection

from huiqian.jobs.upkeep import INSERT_TRIGGER, bring_back_stalled_jobs, forget_old_jobs, keep_inserting_quiet
from huiqian.journal.outbox import enqueue

pytestmark = pytest.mark.django_db


def _one(query: str, *values: object) -> tuple[object, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row: tuple[object, ...] | None = cursor.fetchone() if cursor.description else None
        return row


def _job_of_worker(heartbeat: str, attempts: int = 0) -> int:
    enqueue("test.nothing", {})
    worker = _one(f"insert into procrastinate_workers (last_heartbeat) values ({heartbeat}) returning id")
    assert worker
    job = _one(
        "update procrastinate_jobs set status = 'doing', worker_id = %s, attempts = %s "
        "where task_name = 'test.nothing' returning id", worker[0], attempts,
    )  # fmt: skip
    assert job
    return int(str(job[0]))


def _status(job: int) -> tuple[object, ...] | None:
    return _one("select status::text, attempts, worker_id from procrastinate_jobs where id = %s", job)


def test_the_job_of_a_silent_worker_comes_back() -> None:
    job = _job_of_worker("now() - interval '31 seconds'")
    assert bring_back_stalled_jobs() == 1
    assert _status(job) == ("todo", 1, None)


def test_the_job_of_a_worker_whose_row_is_gone_comes_back() -> None:
    job = _job_of_worker("now()")
    _one("delete from procrastinate_workers")
    assert bring_back_stalled_jobs() == 1
    assert _status(job) == ("todo", 1, None)


def test_the_job_of_a_living_worker_is_left_alone() -> None:
    job = _job_of_worker("now() - interval '12 seconds'")
    assert bring_back_stalled_jobs() == 0
    assert (_status(job) or ())[0] == "doing"


def test_a_job_that_took_many_workers_with_it_is_given_up() -> None:
    job = _job_of_worker("now() - interval '1 hour'", attempts=9)
    assert bring_back_stalled_jobs() == 1
    assert (_status(job) or ())[0] == "failed"


def test_the_notify_on_insert_is_off_after_migrating() -> None:
    assert keep_inserting_quiet() is False


def test_an_upgrade_that_switched_it_on_is_noticed() -> None:
    _one(f"alter table procrastinate_jobs enable trigger {INSERT_TRIGGER}")
    assert keep_inserting_quiet() is True
    assert keep_inserting_quiet() is False
    assert _one("select tgenabled::text from pg_trigger where tgname = %s", INSERT_TRIGGER) == ("D",)


def test_old_failed_jobs_are_forgotten_and_waiting_ones_kept() -> None:
    enqueue("test.waits", {})
    enqueue("test.failed", {})
    _one("update procrastinate_jobs set status = 'doing' where task_name = 'test.failed'")
    _one("update procrastinate_jobs set status = 'failed' where task_name = 'test.failed'")
    _one("update procrastinate_events set at = now() - interval '91 days'")
    assert forget_old_jobs() == 1
    assert _one("select string_agg(task_name, ',') from procrastinate_jobs where task_name like 'test.%%'") == (
        "test.waits",
    )
