"""Writes docs/reference/openapi.json: what programs may rely on, in git, so that a change of it is seen in review."""

import json
import os
import sys
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "openapi.json"


def text() -> str:
    """The API's description as it is now."""
    from huiqian.api.app import api

    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, sort_keys=True, default=str) + "\n"


def main() -> int:
    """Write it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiqian.config.settings")
    import django

    django.setup()
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
    print(f"{FILE.name}: {len(json.loads(FILE.read_text())['paths'])} addresses")
    return 0


if __name__ == "__main__":
    sys.exit(main())
