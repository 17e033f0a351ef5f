"""What a new installation begins with: the handbook's departments and positions, the calendar, the processes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.claims.commands import load_phrases
from huiqian.org.commands import save_department, save_group, save_position, seed_calendar
from huiqian.org.models import Position, PositionGroup
from huiqian.process.commands import load_handbook

YEARS_BACK, YEARS_AHEAD = 1, 2


def load(folder: Path | None = None, since: date | None = None) -> None:
    """Load what is missing; what an administrator changed since stays as it is. Safe at every start.

    `since` is the day from which the company has worked by its handbook, where that is not today.
    """
    place = folder or Path(settings.HANDBOOK)
    if not Position.objects.exists():
        _load_organisation(json.loads((place / "organisation.json").read_text()))
    _load_groups(json.loads((place / "organisation.json").read_text()).get("groups", []))
    year = clock.today().year
    seed_calendar(SYSTEM, range(year - YEARS_BACK, year + YEARS_AHEAD))
    if (place / "claims.json").exists():
        load_phrases(SYSTEM, place / "claims.json")
    load_handbook(SYSTEM, place, since)


def _load_organisation(said: dict[str, list[dict[str, Any]]]) -> None:
    for rank, department in enumerate(said["departments"]):
        save_department(
            SYSTEM, department["code"], name_zh=department["zh"], name_en=department["en"],
            parent=department.get("parent", ""), rank=rank,
        )  # fmt: skip
    for rank, position in enumerate(said["positions"]):
        save_position(
            SYSTEM, position["code"], name_zh=position["zh"], name_en=position["en"],
            department=position["department"], superior=position.get("superior", ""),
            several=bool(position.get("several")), rank=rank,
        )  # fmt: skip


def _load_groups(said: list[dict[str, Any]]) -> None:
    """The handbook's groups that are not there yet, where the company has all their positions still."""
    known = set(Position.objects.values_list("code", flat=True))
    there = set(PositionGroup.objects.values_list("code", flat=True))
    for group in said:
        if group["code"] not in there and known.issuperset(group["positions"]):
            save_group(SYSTEM, group["code"], name_zh=group["zh"], name_en=group["en"], positions=group["positions"])
