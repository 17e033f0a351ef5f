"""The inbox at 1,000, 100,000 and 1,000,000 open tasks of 500 people."""

import time
from statistics import median

from benchmarks.ground import figure, prepare

PEOPLE = 500
SIZES = (1_000, 100_000, 1_000_000)
REPEATS = 200

FILL_PEOPLE = """
insert into org_person (login, name, sort_key, password, email, language, is_admin, is_active, single_keys, created_at)
select 'bench_' || n, '员工' || n, 'yuangong' || n, '!', '', 'zh-hans', false, true, true, now()
from generate_series(1, %s) n
"""
# Cases of one shape, copied from a real one; each with one open task, handed round among the people.
FILL_TASKS = """
with model as (select * from process_instance where number = %s),
dossiers as (
    insert into documents_dossier (watch, opened_at) select '{}', now() from generate_series(1, %s) returning id
), cases as (
    insert into process_instance (dossier_id, number, version_id, status, title, summary, state, data, decisions,
                                  starter_id, starter_position, round, revision, started_at)
    select d.id, 'SC-001-1999-' || d.id, m.version_id, 'running', m.title || d.id, m.summary, m.state, m.data,
           m.decisions, m.starter_id, m.starter_position, 1, 1, now() from dossiers d, model m returning dossier_id
), tasks as (
    insert into work_task (instance_id, wait, element, name_zh, name_en, position, kind, mode, status, round,
                           returned_from, opened_at, due_at)
    select dossier_id, '5', 'review', '审核策划书', 'Review', 'product_marketing_director', 'approve', 'single', 'open',
           1, '', now(), now() + (dossier_id %% 100000) * interval '1 minute' from cases returning id, due_at
)
insert into work_assignment (task_id, person_id, status, via, turn, assigned_at, due_at, outcome, opinion)
select t.id, p.id, 'open', 'holder', 0, now(), t.due_at, '', ''
from tasks t join (select id, row_number() over (order by id) - 1 as place, count(*) over () as people from org_person
                   where login like 'bench\\_%%') p on t.id %% p.people = p.place
"""


def run() -> list[dict[str, object]]:
    """Print the query's and the page's time at each size, and the ratios to the smallest."""
    prepare()
    from django.db import connection
    from django.test import Client

    from huiqian.org.models import Person
    from huiqian.work.queries import inbox
    from tests.people import start

    number = start()
    with connection.cursor() as cursor:
        cursor.execute(FILL_PEOPLE, [PEOPLE])
        cursor.execute("update org_revision set number = number + 1")
    person = Person.objects.get(login="bench_7")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    figures, filled = [], 0
    queries: dict[int, float] = {}
    pages: dict[int, float] = {}
    for size in SIZES:
        with connection.cursor() as cursor:
            while filled < size:
                step = min(100_000, size - filled)
                cursor.execute(FILL_TASKS, [number, step])
                filled += step
            cursor.execute("vacuum analyze")
        me = person.actor
        queries[size] = _median(lambda me=me: inbox(me))
        pages[size] = _median(lambda: client.get("/tasks"), REPEATS // 10)
        figures.append(figure(f"inbox query, {size:,} open tasks of {PEOPLE} people", queries[size] * 1000, "ms"))
        figures.append(figure(f"inbox page, {size:,} open tasks", pages[size] * 1000, "ms"))
    small, large = SIZES[0], SIZES[-1]
    figures.append(figure("inbox query, largest / smallest", queries[large] / queries[small], "x", "goal <= 1.5"))
    figures.append(figure("inbox page, largest / smallest", pages[large] / pages[small], "x"))
    return figures


def _median(work: object, repeats: int = REPEATS) -> float:
    times = []
    for _repeat in range(repeats + 10):
        begin = time.perf_counter()
        work()  # type: ignore[operator]
        times.append(time.perf_counter() - begin)
    return median(times[10:])


if __name__ == "__main__":
    run()
