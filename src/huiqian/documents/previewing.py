"""Previews are made beside the product: a process of its own draws a file, and may break, run long or eat memory."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from huiqian.documents.rules import pictures

# Longer than the drawing process gives itself: that one counts the processor's seconds, this one the clock's.
PATIENCE = 60
JPEG = b"\xff\xd8\xff"
MOST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a file looks like: two JPEGs, and its size in points and pages."""

    small: bytes
    large: bytes
    wide: int
    high: int
    pages: int
    small_wide: int
    small_high: int


def has_preview(kind: str) -> bool:
    """Whether files of this type can be drawn."""
    return kind.startswith("image/") or kind == "application/pdf"


def draw(content: Iterator[bytes], kind: str, patience: float = PATIENCE, *, page: int = 1) -> Drawn | None:
    """Draw a page of a file in a process of its own; None where it cannot be drawn.

    It is never whole in this process's memory.
    """
    with tempfile.TemporaryFile() as copy:
        for piece in content:
            copy.write(piece)
        copy.seek(0)
        return _read(_drawing(copy, kind, page, patience))


def _drawing(copy: IO[bytes], kind: str, page: int, patience: float) -> bytes:
    command = [sys.executable, "-I", str(Path(pictures.__file__)), kind, str(page)]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and a type of our own list
            command, stdin=copy, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/", timeout=patience,
            check=True,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError):
        return b""
    return done.stdout


def _read(told: bytes) -> Drawn | None:
    """What the process told; None for anything but two JPEGs, as whoever broke it may have it say what they like."""
    head, _, pictures_ = told.partition(b"\n")
    if not head or len(told) > MOST:
        return None
    try:
        about = {name: int(value) for name, value in dict(json.loads(head)).items()}
        small, large = pictures_[: about["small"]], pictures_[about["small"] :]
    except (ValueError, TypeError, KeyError):
        return None
    if not (small.startswith(JPEG) and large.startswith(JPEG) and len(large) == about["large"]):
        return None
    return Drawn(small, large, about["wide"], about["high"], about["pages"], about["small_wide"], about["small_high"])
