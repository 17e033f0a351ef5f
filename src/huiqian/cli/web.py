"""Run the web server alone: any number of them, on any number of machines, on one DATABASE_URL."""

import argparse
import os

from huiqian.cli.places import add_data_dir, environment_of
from huiqian.host.place import Place, Refused
from huiqian.host.processes import follow_supervisor
from huiqian.host.serving import check_port, serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `web` can be told."""
    add_data_dir(parser)
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine alone)")
    parser.add_argument("--web-workers", type=int, default=min(os.cpu_count() or 1, 4), help="processes")
    parser.add_argument("--threads", type=int, default=4, help="threads in each process (default: 4)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    follow_supervisor()
    set_environment(arguments)
    check_port(arguments.host, arguments.port)
    serve(arguments.host, arguments.port, arguments.web_workers, arguments.threads)
    return 0


def set_environment(arguments: argparse.Namespace) -> None:
    """Put what the parts need into this process's environment; the database must be there already."""
    database = os.environ.get("DATABASE_URL", "")
    place = Place(arguments.data_dir)
    if not database:
        if not place.server.alive():
            raise Refused("There is no database: set DATABASE_URL, or start everything at once with `huiqian up`.")
        database = place.server.url
    kind = place.known_kind() or ("demo" if os.environ.get("HUIQIAN_DEMO") == "1" else "company")
    os.environ.update(environment_of(place.folder, database, kind))
