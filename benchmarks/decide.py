"""Deciding a task: the hand-written transaction that writes the same rows (the limit), the command, and HTTP."""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.ground import Cost, backends, counted, figure, prepare

ROUNDS = 5
A_ROUND = 60


def run() -> list[dict[str, object]]:
    """Print CPU and wall time per decision of all three, in turns, and their ratios."""
    url = prepare()
    limit, command, http_ = Cost(), Cost(), Cost()
    server = Web(url)
    try:
        for _round in range(ROUNDS):
            _add(limit, by_hand(url, waiting(A_ROUND)))
            _add(command, by_command(url, waiting(A_ROUND)))
            _add(http_, server.decide(url, waiting(A_ROUND)))
    finally:
        server.stop()
    done = ROUNDS * A_ROUND
    figures = [
        figure(f"{name}: CPU a decision", cost.cpu / done * 1000, "ms")
        for name, cost in (("limit", limit), ("command", command), ("HTTP with session", http_))
    ]
    figures += [
        figure(f"{name}: wall a decision", cost.wall / done * 1000, "ms")
        for name, cost in (("limit", limit), ("command", command), ("HTTP with session", http_))
    ]
    figures.append(figure("command / limit, CPU", command.cpu / limit.cpu, "x", "goal <= 1.6"))
    figures.append(figure("HTTP / limit, CPU", http_.cpu / limit.cpu, "x", "goal <= 3.2"))
    return figures


def _add(total: Cost, more: Cost) -> None:
    total.cpu += more.cpu
    total.wall += more.wall


def waiting(count: int) -> list[int]:
    """New cases of SC-001 whose review waits for the product marketing director; the tasks."""
    from huiqian.work.models import Task
    from tests.people import start

    numbers = [start() for _case in range(count)]
    return list(Task.objects.filter(instance__number__in=numbers, status="open").values_list("pk", flat=True))


def by_command(url: str, tasks: list[int]) -> Cost:
    """Decide through the command."""
    from huiqian.work.commands import decide
    from tests.people import actor

    me = actor("product_marketing_director")
    decide(me, tasks[0], "approve", opinion="同意。")
    with counted(backends(url)) as cost:
        for task in tasks[1:]:
            decide(me, task, "approve", opinion="同意。")
    return _scaled(cost, len(tasks))


def _scaled(cost: Cost, count: int) -> Cost:
    """The first decision warms up and is not counted."""
    return Cost(cost.cpu * count / (count - 1), cost.wall * count / (count - 1))


# What a decision of this step writes, row by row, as one would write it by hand with psycopg's prepared statements.
READ = """select i.dossier_id, i.state, i.data, i.number from process_instance i
where i.dossier_id = (select instance_id from work_task where id = %s) for update of i"""
SHARE = """select t.wait, t.status, a.id, a.status, a.person_id
from work_task t join work_assignment a on a.task_id = t.id where t.id = %s"""
WRITES = (
    ("""update work_assignment set status = 'done', outcome = 'approve', opinion = %s, decided_by_id = %s,
        decided_at = now() where id = %s""",
     lambda c: ("同意。", c["me"], c["share"])),
    ("update work_task set status = 'done', closed_at = now() where id = %s", lambda c: (c["task"],)),
    ("""insert into documents_signature (version_id, step, step_name, step_name_en, position, position_name,
        position_name_en, person_id, person_name, behalf_name, outcome, outcome_name, outcome_name_en, opinion,
        signed_at, files)
        select v.id, 'review', '审核策划书', 'Review the plan', 'product_marketing_director', '产品市场部经理',
               'Product marketing department manager', %s, '李强', '', 'approve', '', '', %s, now(),
               array(select f.blob_id from documents_file f where f.id = any(v.files)
                     order by array_position(v.files, f.id))
        from documents_version v join documents_document d on d.id = v.document_id where d.dossier_id = %s
        order by v.number desc limit 1""", lambda c: (c["me"], "同意。", c["case"])),
    ("""with t as (insert into work_task (instance_id, wait, element, name_zh, name_en, member, position, kind, mode,
        status, round, returned_from, opened_at, due_at) values (%s, %s, 'budget', '审批调研预算费用',
        'Approve the budget', '', 'business_unit_director', 'approve', 'single', 'open', 1, '', now(),
        now() + interval '2 days') returning id)
        insert into work_assignment (task_id, person_id, status, via, turn, assigned_at, due_at, outcome, opinion)
        select id, %s, 'open', 'holder', 0, now(), now() + interval '2 days', '', '' from t""",
     lambda c: (c["case"], c["next_wait"], c["next"])),
    ("""insert into documents_reader (dossier_id, person_id, role, since) values (%s, %s, 'participant', now())
        on conflict do nothing""", lambda c: (c["case"], c["next"])),
    ("update process_instance set state = %s::jsonb, data = %s::jsonb, revision = revision + 1 where dossier_id = %s",
     lambda c: (c["state"], c["data"], c["case"])),
    ("""insert into journal_entry (chain, number, kind, actor_id, at, door, address, detail, hash)
        values (%s, %s, 'task_decided', %s, now(), 'web', '', %s::jsonb, sha256('a')),
               (%s, %s, 'task_opened', %s, now(), 'web', '', %s::jsonb, sha256('b'))""",
     lambda c: (c["chain"], c["length"] + 1, c["me"], c["fact"], c["chain"], c["length"] + 2, c["me"], c["fact"])),
    ("update journal_chain set length = length + 2, head = sha256('b') where key = %s", lambda c: (c["chain"],)),
    ("""insert into procrastinate_jobs (queue_name, task_name, priority, args)
        values ('default', 'notify.deliver', 0, %s::jsonb)""", lambda c: ('{"entries": [1, 2]}',)),
)  # fmt: skip
FACT = json.dumps({"task": 1, "element": "review", "outcome": "approve", "opinion": "同意。", "settled": True})


def by_hand(url: str, tasks: list[int]) -> Cost:
    """Decide with nothing but psycopg: the same rows, prepared statements, one transaction each."""
    from tests.people import actor

    me, following = actor("product_marketing_director").id, actor("business_unit_director").id
    with psycopg.connect(url, prepare_threshold=0) as connection:
        for task in tasks[:1]:
            _hand(connection, task, me, following)
        serving = [connection.info.backend_pid]
        with counted(lambda: serving) as cost:
            for task in tasks[1:]:
                _hand(connection, task, me, following)
    return _scaled(cost, len(tasks))


def _hand(connection: "psycopg.Connection[Any]", task: int, me: int | None, following: int | None) -> None:
    with connection.transaction(), connection.cursor() as cursor:
        row: Any = cursor.execute(READ, [task]).fetchone()
        share: Any = cursor.execute(SHARE, [task]).fetchone()
        chain = f"case:{row[0]}"
        head: Any = cursor.execute(
            "select length, head from journal_chain where key = %s for update", [chain]
        ).fetchone()
        context = {
            "task": task, "case": row[0], "state": json.dumps(row[1]), "data": json.dumps(row[2]), "share": share[2],
            "me": me, "next": following, "next_wait": str(int(share[0]) + 1), "chain": chain, "length": head[0],
            "fact": FACT,
        }  # fmt: skip
        for statement, values in WRITES:
            make: Callable[[dict[str, Any]], tuple[Any, ...]] = values
            cursor.execute(statement, make(context))


class Web:
    """The web server as people meet it, with one worker, and somebody signed in."""

    def __init__(self, url: str, port: int = 18761) -> None:
        environment = {**os.environ, "DATABASE_URL": url, "HUIQIAN_DEMO": "1", "PYTHONPATH": "src"}
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
             "--workers", "1", "--blocking-threads", "2", "--no-ws", "huiqian.config.wsgi:application"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.cookie, self.csrf = self._sign_in()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def _sign_in(self) -> tuple[str, str]:
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        from huiqian.org.models import Person

        person = Person.objects.get(login="product_marketing_director")
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        for _attempt in range(120):
            try:
                connection = self._connect()
                connection.request("GET", "/tasks", headers={"Cookie": cookie})
                answer = connection.getresponse()
                page = answer.read().decode()
                break
            except OSError:
                time.sleep(0.25)
        else:
            raise RuntimeError("the web server did not start")
        csrf_cookie = next(v for k, v in answer.getheaders() if k.lower() == "set-cookie" and "csrftoken" in v)
        token = re.search(
            r'csrfmiddlewaretoken" value="([^"]+)"|X-CSRFToken&quot;: &quot;([^&]+)|"X-CSRFToken": "([^"]+)', page
        )
        csrf = csrf_cookie.split("csrftoken=")[1].split(";")[0]
        assert answer.status == 200, answer.status
        return f"{cookie}; csrftoken={csrf}", next((g for g in token.groups() if g), csrf) if token else csrf

    def decide(self, url: str, tasks: list[int]) -> Cost:
        """Post each decision over one connection; counts the server's and the database's CPU, not this client's."""
        connection = self._connect()
        self._post(connection, tasks[0])
        serving = [*_family(self.process.pid), *backends(url)()]
        with counted(lambda: serving, own=False) as cost:
            for task in tasks[1:]:
                self._post(connection, task)
        return _scaled(cost, len(tasks))

    def _post(self, connection: http.client.HTTPConnection, task: int) -> None:
        body = "outcome=approve&opinion=%E5%90%8C%E6%84%8F%E3%80%82"
        headers = {
            "Cookie": self.cookie, "X-CSRFToken": self.csrf, "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
        }  # fmt: skip
        connection.request("POST", f"/tasks/{task}/decision", body, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status < 400, answer.status

    def stop(self) -> None:
        """Stop the server."""
        self.process.terminate()
        self.process.wait(30)


def _family(pid: int) -> list[int]:
    """A process and all it started, whatever order their numbers have."""
    started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(number for child in started for number in _family(int(child)))]


if __name__ == "__main__":
    run()
