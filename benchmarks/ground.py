"""What benchmarks stand on: a database of their own with the demo company, and CPU counted where it is spent."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT))
TICK = os.sysconf("SC_CLK_TCK")
DATABASE = "bench_huiqian"


def prepare() -> str:
    """A fresh database on the embedded server (or DATABASE_URL's), migrated, with the demo company; its URL."""
    from huiqian.host.postgres import Server

    # Durable like a real installation: a benchmark without fsync measures another product.
    base = os.environ.get("DATABASE_URL") or Server(ROOT / ".data" / "bench-pg").ensure()
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f'drop database if exists "{DATABASE}" with (force)')
        connection.execute(f'create database "{DATABASE}"')
    head, _, tail = base.partition("?")
    url = f"{head.rsplit('/', 1)[0]}/{DATABASE}" + (f"?{tail}" if tail else "")
    os.environ["DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiqian.config.settings"
    os.environ.setdefault("HUIQIAN_DATA", str(ROOT / ".data" / "bench"))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from huiqian.config import company, demo

    company.load()
    demo.load()
    return url


def cpu_of(pid: int) -> float:
    """Seconds of CPU a process has used so far, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


@dataclass
class Cost:
    """CPU (process and database together) and wall time of a piece of work, in seconds."""

    cpu: float = 0.0
    wall: float = 0.0


@contextmanager
def counted(processes: Callable[[], list[int]], own: bool = True) -> Iterator[Cost]:
    """Count the CPU of these processes (PostgreSQL's, a server's) and, if `own`, of this one, within the block."""
    cost = Cost()
    before = {pid: cpu_of(pid) for pid in processes()}
    cpu, wall = time.process_time(), time.perf_counter()
    yield cost
    cost.wall = time.perf_counter() - wall
    cost.cpu = time.process_time() - cpu if own else 0.0
    for pid in processes():
        cost.cpu += cpu_of(pid) - before.get(pid, 0.0)


def backends(url: str) -> Callable[[], list[int]]:
    """The processes of PostgreSQL that serve this database (asked once; connections must stand already)."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            """select pid from pg_stat_activity
            where datname = %s and pid <> pg_backend_pid() and backend_type = 'client backend'""",
            [DATABASE],
        ).fetchall()
    found = [int(row[0]) for row in rows]
    return lambda: found


def figure(name: str, value: float, unit: str, goal: str = "") -> dict[str, object]:
    """One line of the report, printed as it is found."""
    sys.stdout.write(f"{name:<62} {value:>10.3f} {unit:<8} {goal}\n")
    sys.stdout.flush()
    return {"name": name, "value": value, "unit": unit, "goal": goal}
