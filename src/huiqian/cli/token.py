"""Make a bearer token for the API, for the person with this login; it is told once."""

import argparse

from huiqian.cli.places import add_data_dir, installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `token` can be told."""
    parser.add_argument("login", help="whose token: the login people sign in with")
    add_data_dir(parser)
    parser.add_argument("--name", default="command line", help="what it is for, as the person's own page shows it")
    parser.add_argument("--days", type=int, default=90, help="how long it lasts (default: 90)")


def run(arguments: argparse.Namespace) -> int:
    """Make the token and print it, nothing else."""
    with installation(arguments.data_dir):
        from huiqian.base.errors import NotFound
        from huiqian.org.commands import make_token
        from huiqian.org.models import Person

        person = Person.objects.filter(login=arguments.login, is_active=True).first()
        if person is None:
            raise NotFound(f"Nobody has the login {arguments.login!r}.")
        _token, plain = make_token(person.actor.through("cli"), arguments.name, days=arguments.days)
    print(plain)
    return 0
