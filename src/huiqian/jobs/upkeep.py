"""What keeps the queue itself in order: jobs of killed workers come back, old ones go, inserting stays quiet."""

import logging
from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

log = logging.getLogger("huiqian.jobs")

INSERT_TRIGGER = "procrastinate_jobs_notify_queue_job_inserted_v1"
STALLED_SECONDS = 30
MOST_ATTEMPTS = 10
KEEP_FAILED_DAYS = 90

# A worker says every 10 s that it lives; the jobs of one that was killed wait for another worker. A job that took
# several workers with it is given up, and stays to be looked at.
BRING_BACK = """
update procrastinate_jobs j
   set status = case when j.attempts + 1 >= %s then 'failed' else 'todo' end::procrastinate_job_status,
       attempts = j.attempts + 1, worker_id = null, scheduled_at = null, abort_requested = false
 where j.status = 'doing' and not exists (
       select from procrastinate_workers w
        where w.id = j.worker_id and w.last_heartbeat > now() - %s * interval '1 second')
returning j.id, j.task_name
"""
FORGET = """
delete from procrastinate_jobs j where j.status in ('succeeded', 'failed', 'cancelled', 'aborted') and exists (
       select from procrastinate_events e
        where e.job_id = j.id having max(e.at) < now() - %s * interval '1 day')
"""


def bring_back_stalled_jobs(seconds: float = STALLED_SECONDS) -> int:
    """Put the jobs of workers that were killed back into the queue; returns how many. 1 statement."""
    with connection.cursor() as cursor:
        cursor.execute(BRING_BACK, [MOST_ATTEMPTS, seconds])
        back = cursor.fetchall()
    for number, task in back:
        log.warning("job %s (%s) lost its worker and goes to another one", number, task)
    return len(back)


def forget_old_jobs(days: int = KEEP_FAILED_DAYS) -> int:
    """Delete jobs that ended more than `days` ago, sessions and sign-in attempts that are over; returns the jobs."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [days])
        forgotten = int(cursor.rowcount)
    call_command("clearsessions")
    AccessLog.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=days)).delete()
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=1)).delete()
    return forgotten


def keep_inserting_quiet() -> bool:
    """Switch procrastinate's NOTIFY on insert off where an upgrade switched it on again; returns whether it had.

    The NOTIFY takes one lock for the whole database at commit, so that all commits of all people queue up behind it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select tgenabled from pg_trigger where tgname = %s and not tgisinternal", [INSERT_TRIGGER])
        loud = any(state != "D" for (state,) in cursor.fetchall())
        if loud:
            log.warning("the jobs' NOTIFY on insert was on; it is switched off again")
            cursor.execute(f"alter table procrastinate_jobs disable trigger {INSERT_TRIGGER}")
    return loud
