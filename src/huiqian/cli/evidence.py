"""Write a case's evidence pack: one zip that an auditor checks offline."""

import argparse
from hashlib import sha256
from pathlib import Path

from huiqian.cli.places import add_data_dir, installation
from huiqian.host.place import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `evidence` can be told."""
    parser.add_argument("number", help="the case, such as SC-001-2026-0007")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip", help="the file to write")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="the language of the prints")
    add_data_dir(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the pack beside its place first, then tell its fingerprints: note them at hand-over."""
    if not arguments.out.parent.is_dir():
        raise Refused(f"{arguments.out.parent} is not a folder.")
    part = arguments.out.with_name(arguments.out.name + ".part")
    try:
        with installation(arguments.data_dir):
            from django.utils import translation

            from huiqian.base.actors import SYSTEM
            from huiqian.insight.evidence.packing import evidence

            with translation.override("en" if arguments.language == "en" else "zh-hans"), part.open("wb") as out:
                for piece in evidence(SYSTEM.through("cli"), arguments.number).chunks:
                    out.write(piece)
        part.replace(arguments.out)
    finally:
        part.unlink(missing_ok=True)
    _tell(arguments.out)
    return 0


def _tell(pack: Path) -> None:
    import json
    from zipfile import ZipFile

    with ZipFile(pack) as archive:
        text = archive.read("manifest.json")
    journal = json.loads(text)["journal"]
    print(f"{pack}: {pack.stat().st_size:,} bytes")
    print(f"manifest {sha256(text).hexdigest()}")
    print(f"log      {journal['head']} ({journal['length']} entries)")
