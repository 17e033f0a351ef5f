"""Write everything into one file: cases, documents with their files, organisation, journal."""

import argparse
import os
from pathlib import Path

from huiqian.cli.places import add_data_dir
from huiqian.host.binaries import tool
from huiqian.host.place import Refused, database_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `backup` can be told."""
    parser.add_argument("file", type=Path, help="the file to write, such as huiqian-2026-03-01.dump")
    add_data_dir(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file beside its place first: an older one is there until the new one is whole. Works while in use."""
    part = arguments.file.with_name(arguments.file.name + ".part")
    with database_of(arguments.data_dir) as database:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            done = tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", database=database, out=out)
    if done.returncode:
        part.unlink(missing_ok=True)
        raise Refused(f"pg_dump did not succeed: {done.stderr.decode(errors='replace').strip()}")
    part.replace(arguments.file)
    print(f"{arguments.file}: {arguments.file.stat().st_size:,} bytes")
    return 0
