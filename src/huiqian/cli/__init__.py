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
    "evidence": "evidence",
    "check-evidence": "check_evidence",
    "rebuild-calendar": "rebuild_calendar",
    "event-log": "event_log",
    "backup": "backup",
    "restore": "restore",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; a refusal is told in a sentence, with exit code 2."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parsed = _parser(words[0] if words else "").parse_args(words)
    from huiqian.cli.refusals import told

    with told() as outcome:
        outcome.code = parsed.run(parsed)
    return outcome.code


def _parser(chosen: str) -> argparse.ArgumentParser:
    """Only the chosen verb is loaded: the supervisor stays small and starts at once."""
    parser = argparse.ArgumentParser(
        prog="huiqian", description="Huiqian (会签): a department run by its own handbook."
    )
    parser.add_argument("--version", action="version", version=_version())
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name in (chosen,) if chosen in VERBS else VERBS:
        module = import_module(f"huiqian.cli.{VERBS[name]}")
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
