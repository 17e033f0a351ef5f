"""Work for later: a job row written in the transaction of whoever asks for it, so that both stand or neither.

procrastinate's own defer() uses a connection of its own inside a worker, and its insert trigger's NOTIFY makes all
commits of the whole database queue; so the row is inserted here, plainly, and workers look for work every second.
"""

import json
from collections.abc import Mapping

from django.db import connection

INSERT = """
insert into procrastinate_jobs (queue_name, task_name, priority, args, scheduled_at)
values ('default', %s, 0, %s::jsonb, null)
"""


def enqueue(task: str, arguments: Mapping[str, object]) -> None:
    """Let a worker do `task` (its registered name) once this transaction has committed. 1 statement.

    A job is done at least once: what it does must bear being done twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [task, json.dumps(arguments)])
