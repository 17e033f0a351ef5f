"""The documents: what they point to is there, and every picture is one that `make screenshots` takes."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
POINTED = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_points_to_is_there(page: Path) -> None:
    missing = [where for where in POINTED.findall(page.read_text()) if not (page.parent / where).exists()]
    assert missing == []


def test_every_picture_is_taken_anew_and_shown_somewhere() -> None:
    kept = {picture.stem for picture in (ROOT / "docs" / "images").glob("*.png")}
    script = (ROOT / "tools" / "screenshots.py").read_text()
    assert {name for name in kept if f'"{name}"' not in script} == set()
    shown = {
        Path(where).stem for page in PAGES for where in POINTED.findall(page.read_text()) if where.endswith(".png")
    }
    assert kept - shown == set()
