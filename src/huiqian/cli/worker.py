"""Run a worker alone: any number of them, on any number of machines, on one DATABASE_URL."""

import argparse
import os

from huiqian.cli.places import add_data_dir
from huiqian.cli.web import set_environment
from huiqian.host.processes import follow_supervisor


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `worker` can be told."""
    add_data_dir(parser)
    parser.add_argument("--concurrency", type=int, default=4, help="jobs at the same time (default: 4)")


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    follow_supervisor()
    set_environment(arguments)
    os.environ["HUIQIAN_THREADS"] = str(arguments.concurrency)
    import django

    django.setup()
    from huiqian.jobs.worker import Worker

    Worker(arguments.concurrency).run()
    return 0
