"""The inbox at 1,000, 100,000 and 1,000,000 open tasks of 500 people.

One person has a full page of rows at every size, another has what an even share gives (2 rows of the 1,000, a full
page of the 100,000): the first says what other people's tasks cost, the second what more rows of one's own cost. A
third decides for two who are away.
"""

import time
from collections.abc import Callable
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
    insert into work_task (instance_id, wait, element, name_zh, name_en, member, position, kind, mode, status,
                           round, returned_from, opened_at, due_at)
    select dossier_id, '5', 'review', '审核策划书', 'Review', '', 'product_marketing_director', 'approve', 'single',
           'open', 1, '', now(), now() + (dossier_id %% 100000) * interval '1 minute' from cases returning id, due_at
)
insert into work_assignment (task_id, person_id, status, via, turn, assigned_at, due_at, outcome, opinion)
select t.id, p.id, 'open', 'holder', 0, now(), t.due_at, '', ''
from tasks t join (select id, row_number() over (order by id) - 1 as place, count(*) over () as people from org_person
                   where login like 'bench\\_%%') p on t.id %% p.people = p.place
"""

# At the smallest size one person takes over others' tasks until a page is full; the even share stays as it is.
FILL_A_PAGE = """
update work_assignment set person_id = (select id from org_person where login = %s) where id in (
    select a.id from work_assignment a join org_person p on p.id = a.person_id
    where p.login like 'bench\\_%%' and p.login <> %s order by a.id limit 30)
"""

FILL_DEPUTIES = """
insert into org_deputy (person_id, deputy_id, since, until, reason)
select p.id, (select id from org_person where login = %s), current_date - 1, current_date + 9, '出差'
from org_person p where p.login in (%s, %s)
"""


def run() -> list[dict[str, object]]:
    """Print the query's and the page's time at each size, and the ratios to the smallest."""
    prepare()
    from django.db import connection

    from tests.people import start

    number = start()
    with connection.cursor() as cursor:
        cursor.execute(FILL_PEOPLE, [PEOPLE])
        cursor.execute("update org_revision set number = number + 1")
        cursor.execute(FILL_DEPUTIES, ["bench_9", "bench_10", "bench_11"])
    readers = {
        "a full page at every size": _reader("bench_7"), "an even share": _reader("bench_8"),
        "who decides for two": _reader("bench_9"),
    }  # fmt: skip
    figures, filled = [], 0
    queries: dict[tuple[str, int], float] = {}
    pages: dict[tuple[str, int], float] = {}
    for size in SIZES:
        with connection.cursor() as cursor:
            while filled < size:
                step = min(100_000, size - filled)
                cursor.execute(FILL_TASKS, [number, step])
                filled += step
            if size == SIZES[0]:
                cursor.execute(FILL_A_PAGE, ["bench_7", "bench_8"])
            cursor.execute("vacuum analyze")
        for name, (query, page) in readers.items():
            queries[name, size] = _median(query)
            pages[name, size] = _median(page, REPEATS // 10)
            figures.append(figure(f"query, {size:,} open, {name}", queries[name, size] * 1000, "ms"))
            figures.append(figure(f"page, {size:,} open, {name}", pages[name, size] * 1000, "ms"))
    small, large = SIZES[0], SIZES[-1]
    for name, goal in zip(readers, ("goal <= 1.5", "", ""), strict=True):
        figures.append(
            figure(f"query, largest / smallest, {name}", queries[name, large] / queries[name, small], "x", goal)
        )
        figures.append(figure(f"page, largest / smallest, {name}", pages[name, large] / pages[name, small], "x"))
    return figures


def _reader(login: str) -> tuple[Callable[[], object], Callable[[], object]]:
    """What asks for somebody's inbox: the query, and the page as a browser gets it."""
    from django.test import Client

    from huiqian.org.models import Person
    from huiqian.work.queries import inbox

    person = Person.objects.get(login=login)
    me = person.actor
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def page() -> None:
        answer = client.get("/tasks")
        if answer.status_code != 200:
            raise RuntimeError(f"the page answered {answer.status_code}")

    return lambda: inbox(me), page


def _median(work: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _repeat in range(repeats + 10):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return median(times[10:])


if __name__ == "__main__":
    run()
