"""Write an event log for process mining: what happened in a period's cases, as OCEL 2.0 or XES."""

import argparse
from datetime import date
from pathlib import Path

from huiqian.cli.places import add_data_dir, installation
from huiqian.host.place import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `event-log` can be told."""
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")
    parser.add_argument("--format", choices=("ocel", "xes"), default="ocel", help="OCEL 2.0 JSON (default), or XES")
    parser.add_argument("--process", default="", metavar="CODE", help="only this process, such as SC-001; XES needs it")
    parser.add_argument("--since", type=date.fromisoformat, required=True, metavar="DAY", help="cases begun from")
    parser.add_argument("--until", type=date.fromisoformat, required=True, metavar="DAY", help="cases begun up to")
    parser.add_argument("--names", action="store_true", help="people's names instead of pseudonyms")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="the language of steps' names")
    add_data_dir(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the log beside its place first: what breaks off leaves no half file."""
    if not arguments.out.parent.is_dir():
        raise Refused(f"{arguments.out.parent} is not a folder.")
    part = arguments.out.with_name(arguments.out.name + ".part")
    try:
        with installation(arguments.data_dir):
            from django.utils import translation

            from huiqian.base.actors import SYSTEM
            from huiqian.insight.eventlog.export import event_log

            with translation.override("en" if arguments.language == "en" else "zh-hans"), part.open("wb") as out:
                found = event_log(
                    SYSTEM.through("cli"), arguments.format, arguments.process, arguments.since, arguments.until,
                    names=arguments.names,
                )  # fmt: skip
                for piece in found.chunks:
                    out.write(piece)
        part.replace(arguments.out)
    finally:
        part.unlink(missing_ok=True)
    print(f"{arguments.out}: {arguments.out.stat().st_size:,} bytes")
    return 0
