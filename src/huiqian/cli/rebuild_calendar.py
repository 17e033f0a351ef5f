"""Bring the marketing calendar to what the cases say; needed only after somebody changed the database by hand."""

import argparse

from huiqian.cli.places import add_data_dir, installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `rebuild-calendar` can be told."""
    add_data_dir(parser)


def run(arguments: argparse.Namespace) -> int:
    """Look at every case, each in a transaction of its own; print how many were otherwise."""
    with installation(arguments.data_dir):
        from huiqian.base.actors import SYSTEM
        from huiqian.process.commands import refresh_occasions
        from huiqian.process.models import Instance

        cases = list(Instance.objects.values_list("pk", flat=True))
        changed = sum(refresh_occasions(SYSTEM, case) for case in cases)
    print(f"The calendar is right: {len(cases)} cases, {changed} of them brought to what they say.")
    return 0
