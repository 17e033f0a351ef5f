"""Check an evidence pack: what fits, and what was changed, removed or added; else exit code 1. Needs no database."""

import argparse

from huiqian.insight.evidence import check_evidence as checker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `check-evidence` can be told: what the checker in the pack can."""
    checker.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """The same checker as lies in the pack."""
    return checker.told(arguments.pack, arguments.language, arguments.head)
