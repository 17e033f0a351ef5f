"""Pure rules about marketing events: what a good entry of the log is, which cities a template is rolled out to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Text
from huiqian.marketing.rules.cards import tidy

MOST_PHOTOS, MOST_CITIES, MOST_ENTRIES = 20, 50, 2000
LONGEST_TEXT, LONGEST_PLACE, LONGEST_CITY = 5000, 100, 50
# A phone's clock may be ahead of the server's.
AHEAD = timedelta(minutes=10)
MOMENT = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T ]+(\d{1,2})[:\uff1a](\d{2})(?::\d{2})?")
BETWEEN = re.compile(r"[\n\r,;\u3001\uff0c\uff1b]+")


@dataclass(frozen=True, slots=True)
class EntryCard:
    """An entry of the log as it was typed; `at` may be empty for now."""

    at: str = ""
    place: str = ""
    text: str = ""
    photos: tuple[str, ...] = ()


class Written(Protocol):
    """An entry as it is kept."""

    happened_at: datetime
    place: str
    author_name: str
    text: str
    photos: list[UUID]


def check_entry(card: EntryCard, now: datetime) -> tuple[datetime, dict[str, list[Text]]]:
    """When it happened, and what is wrong with an entry by field; whether the photos are photos is not asked here."""
    errors: dict[str, list[Text]] = {}
    moment = _moment(card.at) if card.at else now
    if moment is None:
        errors["at"] = [_("Enter the time like 2026-03-10 14:30.")]
    elif moment > now + AHEAD:
        errors["at"] = [_("This is in the future. Write down what has happened.")]
    for field, most in (("place", LONGEST_PLACE), ("text", LONGEST_TEXT)):
        if len(getattr(card, field)) > most:
            errors[field] = [format_lazy(_("At most {most} characters."), most=most)]
    if not card.text and not card.photos:
        errors["text"] = [_("Write what happened, or add a photo.")]
    if len(card.photos) > MOST_PHOTOS:
        errors["photos"] = [format_lazy(_("At most {most} files."), most=MOST_PHOTOS)]
    return moment or now, errors


def _moment(text: str) -> datetime | None:
    found = MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=COMPANY_ZONE)
    except ValueError:
        return None


def printed_entry(entry: Written) -> Mapping[str, object]:
    """An entry as the record prints it."""
    return {
        "at": f"{entry.happened_at.astimezone(COMPANY_ZONE):%Y-%m-%d %H:%M}", "place": entry.place or None,
        "author": entry.author_name, "text": entry.text or None,
        "photos": f"{len(entry.photos)} 张" if entry.photos else None,
    }  # fmt: skip


def read_cities(text: str) -> tuple[list[str], list[Text]]:
    """The cities of a list (one a line, or with commas between), and what is wrong with it."""
    cities = [city for city in map(tidy, BETWEEN.split(text)) if city]
    if not cities:
        return [], [_("Enter at least one city.")]
    if len(cities) > MOST_CITIES:
        return [], [format_lazy(_("At most {most} cities at once."), most=MOST_CITIES)]
    wrong: list[Text] = [
        format_lazy(_("“{city}” stands here twice."), city=city)
        for city in sorted({city for city in cities if cities.count(city) > 1})
    ]
    wrong += [format_lazy(_("“{city}…” is too long."), city=c[:20]) for c in cities if len(c) > LONGEST_CITY]
    return cities, wrong
