"""What the verbs share: where the data lies, and Django set up on its database."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huiqian.host.place import DEMO, Place, database_of


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    """--data-dir, the same for every verb."""
    parser.add_argument(
        "--data-dir", type=Path, default=Path(os.environ.get("HUIQIAN_DATA", "data")), metavar="FOLDER",
        help="where this installation keeps its data (default: HUIQIAN_DATA or ./data)",
    )  # fmt: skip


def environment_of(folder: Path, database: str, kind: str) -> dict[str, str]:
    """What the parts of an installation find in their environment."""
    return {
        "HUIQIAN_DATA": str(folder),
        "DATABASE_URL": database,
        "HUIQIAN_DEMO": "1" if kind == DEMO else "",
        "DJANGO_SETTINGS_MODULE": "huiqian.config.settings",
    }


@contextmanager
def installation(folder: Path) -> Iterator[Place]:
    """Django, set up on the installation's database, for as long as the verb takes."""
    place = Place(folder)
    with database_of(place.folder) as database:
        os.environ.update(environment_of(place.folder, database, place.known_kind() or _asked_kind()))
        import django

        django.setup()
        try:
            yield place
        finally:
            _close()


def _asked_kind() -> str:
    return DEMO if os.environ.get("HUIQIAN_DEMO", "") == "1" else ""


def _close() -> None:
    from django.db import connections

    connections.close_all()
    for connection in connections.all(initialized_only=True):
        connection.close_pool()  # type: ignore[attr-defined]
