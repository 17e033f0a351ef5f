"""Both catalogues are complete, and what the API promises is what git holds."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_everything_said_is_said_in_both_languages() -> None:
    """No sentence is missing, fuzzy or said by nobody; placeholders fit."""
    done = subprocess.run(
        [sys.executable, "tools/catalogues.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_api_is_what_its_snapshot_says() -> None:
    """A change is seen in review; `make api-snapshot` writes it anew."""
    from tools.api_snapshot import text

    kept = (ROOT / "docs" / "reference" / "openapi.json").read_text(encoding="utf-8")
    assert json.loads(text()) == json.loads(kept)
