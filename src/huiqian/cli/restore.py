"""Put a backup back into an empty database, or, with --replace, in place of everything that is there."""

import argparse
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from huiqian.cli.places import add_data_dir
from huiqian.host.binaries import tool
from huiqian.host.place import Place, Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `restore` can be told."""
    parser.add_argument("file", type=Path, help="a file that `huiqian backup` wrote")
    add_data_dir(parser)
    parser.add_argument("--replace", action="store_true", help="throw away what the database holds now")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--demo", dest="demo", action="store_true", default=None, help="the backup is a demo's")
    kind.add_argument("--no-demo", dest="demo", action="store_false", help="the backup is a company's (default)")


def run(arguments: argparse.Namespace) -> int:
    """Restore in one transaction: all of it or nothing. Nothing else may run on the data folder meanwhile."""
    if not arguments.file.is_file():
        raise Refused(f"{arguments.file} is not a file.")
    place = Place(arguments.data_dir)
    with place.held("a restore"), place.database() as database:
        place.kind(arguments.demo if place.known_kind() else bool(arguments.demo))
        _check_empty(database, arguments.replace)
        with arguments.file.open("rb") as source:
            done = tool(
                "pg_restore", "--single-transaction", "--clean", "--if-exists", "--no-owner", "--no-privileges",
                f"--dbname={conninfo_to_dict(database)['dbname']}", database=database, source=source,
            )  # fmt: skip
    if done.returncode:
        raise Refused(f"pg_restore did not succeed: {done.stderr.decode(errors='replace').strip()}")
    print("Restored. The next `huiqian up` brings the tables up to date.")
    return 0


def _check_empty(database: str, replace: bool) -> None:
    with psycopg.connect(database) as connection:
        row = connection.execute("select to_regclass('org_person') is not null").fetchone()
    if row and row[0] and not replace:
        raise Refused("The database holds data already; --replace throws that away.")
