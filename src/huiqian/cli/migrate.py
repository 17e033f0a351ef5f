"""Bring the database up to date: tables, handbook, the demo company or the first administrator."""

import argparse
from pathlib import Path

from huiqian.cli.places import add_data_dir, installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `migrate` can be told."""
    add_data_dir(parser)
    parser.add_argument("--admin-password-file", type=Path, metavar="FILE", help="the administrator's first password")
    parser.add_argument("--history", action="store_true", help="in a demo: the last four months, where nothing is told")


def run(arguments: argparse.Namespace) -> int:
    """Prepare the database; tells a made-up password once."""
    with installation(arguments.data_dir):
        from huiqian.host.preparing import prepare

        password = prepare(arguments.admin_password_file, history=arguments.history)
    if password:
        print(f"\nThe administrator's login is admin, the password {password}\nIt is told this once; change it soon.\n")
    return 0
