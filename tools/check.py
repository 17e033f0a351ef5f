"""`make check`: format, lint, types, import contracts, migrations, templates, catalogues, side by side."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": "src",
    "DJANGO_SETTINGS_MODULE": "huiqian.config.settings",
    "SECRET_KEY": "only-for-checks",
}

CHECKS = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "types": [BIN / "mypy"],
    "imports": [BIN / "lint-imports"],
    "migrations": [sys.executable, "tools/check_django.py"],
    "catalogues": [sys.executable, "tools/catalogues.py", "check"],
    "assets": [sys.executable, "tools/build_assets.py", "--check"],
}


def main() -> int:
    """Run all checks at once; print only what complains."""
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        results = list(pool.map(_run, CHECKS.items()))
    bad = [name for name, code, _text in results if code]
    for name, code, text in results:
        if code:
            print(f"── {name} ──\n{text.strip()}\n")
    done = f"{len(CHECKS) - len(bad)} of {len(CHECKS)} checks passed in {time.monotonic() - began:.1f} s"
    print(f"{done}: {', '.join(CHECKS)}" if not bad else f"{done}; failed: {', '.join(bad)}")
    return 1 if bad else 0


def _run(check: tuple[str, list[object]]) -> tuple[str, int, str]:
    name, command = check
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    return name, done.returncode, done.stdout + done.stderr


if __name__ == "__main__":
    raise SystemExit(main())
