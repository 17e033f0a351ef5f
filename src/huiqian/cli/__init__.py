"""The `huiqian` command: one verb a file, each with `add_arguments(parser)` and `run(arguments) -> int`."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

# Name on the command line → module; the module's first docstring line is its help.
VERBS = {
    "up": "up",
    "web": "web",
    "worker": "worker",
    "migrate": "migrate",
    "token": "token",
    "password": "password",
    "decide": "decide",
    "verify-journal": "verify_journal",
    "backup": "backup",
    "restore": "restore",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; a refusal is told in a sentence, with exit code 2."""
    parsed = _parser().parse_args(arguments)
    from huiqian.cli.refusals import told

    with told() as outcome:
        outcome.code = parsed.run(parsed)
    return outcome.code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="huiqian", description="Huiqian (会签): a department run by its own handbook."
    )
    parser.add_argument("--version", action="version", version=_version())
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, module_name in VERBS.items():
        module = import_module(f"huiqian.cli.{module_name}")
        first = (module.__doc__ or "").strip().partition("\n")[0]
        verb = verbs.add_parser(name, help=first, description=module.__doc__)
        module.add_arguments(verb)
        verb.set_defaults(run=module.run)
    return parser


def _version() -> str:
    try:
        return f"huiqian {version('huiqian')}"
    except PackageNotFoundError:
        return "huiqian (from its source folder)"


if __name__ == "__main__":
    sys.exit(main())
