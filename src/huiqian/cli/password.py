"""Set somebody's password: read from standard input, or made up and told once."""

import argparse
import secrets
import sys

from huiqian.cli.places import add_data_dir, installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `password` can be told."""
    parser.add_argument("login", help="whose password")
    add_data_dir(parser)
    parser.add_argument("--stdin", action="store_true", help="read it from standard input instead of making one up")


def run(arguments: argparse.Namespace) -> int:
    """Set the password; whoever may run this has the data folder, and with it everything."""
    password = sys.stdin.readline().rstrip("\n") if arguments.stdin else secrets.token_urlsafe(15)
    with installation(arguments.data_dir):
        from huiqian.base.actors import SYSTEM
        from huiqian.org.commands import set_password

        set_password(SYSTEM.through("cli"), arguments.login, password)
    if not arguments.stdin:
        print(password)
    return 0
