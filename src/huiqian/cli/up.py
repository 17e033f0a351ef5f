"""Start everything: database, web server and worker, under one supervisor; Ctrl-C ends it."""

import argparse
import logging
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from huiqian.cli.places import add_data_dir, environment_of
from huiqian.host.place import DEMO, Place, Refused
from huiqian.host.serving import check_port
from huiqian.host.supervisor import Part, Supervisor, Watch

DATABASE_SECONDS = 1.0
HUIQIAN = (sys.executable, "-m", "huiqian")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `up` can be told."""
    add_data_dir(parser)
    parser.add_argument("--port", type=int, default=8000, help="the web server's port (default: 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="the address it listens on (default: this machine alone)")
    parser.add_argument("--web-workers", type=int, default=min(os.cpu_count() or 1, 4), help="web processes")
    parser.add_argument("--threads", type=int, default=4, help="threads in each web process (default: 4)")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--demo", dest="demo", action="store_true", default=None, help="with the demo company (default)")
    kind.add_argument("--no-demo", dest="demo", action="store_false", help="for a real company: passwords, no demo")
    parser.add_argument(
        "--history", action="store_true", help="with four months of the demo company's history (takes some seconds)"
    )
    parser.add_argument(
        "--admin-password-file", type=Path, metavar="FILE",
        help="the administrator's first password (with --no-demo; without it one is made up and told once)",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Start, tell where to go, keep everything running until told to stop."""
    logging.basicConfig(format="{asctime} {levelname} {name}: {message}", style="{", level=logging.INFO)
    began = time.monotonic()
    address = f"http://{_shown(arguments.host)}:{arguments.port}"
    place = Place(arguments.data_dir)
    with place.held(f"process {os.getpid()} at {address}"):
        # Before the folder is decided to be a demo: a start that is refused leaves nothing behind.
        check_port(arguments.host, arguments.port)
        own = not os.environ.get("DATABASE_URL")
        if own:
            place.check_space()
        kind = place.kind(arguments.demo)
        try:
            database = place.server.ensure() if own else os.environ["DATABASE_URL"]
            environment = environment_of(place.folder, database, kind) | {"HUIQIAN_EMBEDDED": "1" if own else ""}
            _prepare(environment, arguments.admin_password_file, history=arguments.history and kind == DEMO)
            _supervise(arguments, environment, place if own else None, _Greeting(address, kind, began))
        finally:
            if own:
                place.server.stop()
    return 0


def _prepare(environment: dict[str, str], password_file: Path | None, *, history: bool) -> None:
    """In a process of its own: the supervisor stays small and loads nothing of the product."""
    options = ["--admin-password-file", str(password_file)] if password_file else []
    options += ["--history"] if history else []
    code = subprocess.call([*HUIQIAN, "migrate", *options], env={**os.environ, **environment})  # noqa: S603
    if code:
        raise Refused("The database could not be prepared; the lines above say why.")


def _supervise(
    arguments: argparse.Namespace, environment: dict[str, str], place: Place | None, greeting: "_Greeting"
) -> None:
    web = (
        *HUIQIAN, "web", "--host", arguments.host, "--port", str(arguments.port),
        "--web-workers", str(arguments.web_workers), "--threads", str(arguments.threads),
    )  # fmt: skip
    parts = [Part("web", web, environment), Part("worker", (*HUIQIAN, "worker"), environment)]
    watches = [Watch("PostgreSQL", DATABASE_SECONDS, lambda: _heal(place))] if place else []
    Supervisor(parts, watches).run(greeting.when_ready)


def _heal(place: Place) -> None:
    server = place.server
    if not server.alive():
        logging.getLogger("huiqian.host").warning("PostgreSQL does not answer; it is started again")
        server.ensure()


def _shown(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - only compared
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


class _Greeting:
    """Tells where to go as soon as the web server answers."""

    def __init__(self, address: str, kind: str, began: float) -> None:
        self.address, self.kind, self.began = address, kind, began

    def when_ready(self) -> bool:
        """Whether the web server answers by now; says so when it does."""
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=2):  # noqa: S310 - our own address
                pass
        except (urllib.error.URLError, OSError):
            return False
        seconds = time.monotonic() - self.began
        print(f"\nHuiqian (会签) runs at {self.address}  (started in {seconds:.1f} s; Ctrl-C ends it)", flush=True)
        if self.kind == DEMO:
            print("This is a demo: the sign-in page lists everybody, one click each; admin is the administrator.")
        else:
            print("Sign in as admin.")
        sys.stdout.flush()
        return True
