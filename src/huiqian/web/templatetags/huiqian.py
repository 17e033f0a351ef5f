"""Icons, money, moments, people and deadlines, as every page writes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from django import template
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiqian.base import clock
from huiqian.documents.rules import status_words
from huiqian.org.rules import span_words
from huiqian.process.tables import hit_policy_words

register = template.Library()
register.filter("working_time", span_words)
register.filter("hit_policy", hit_policy_words)

ICONS = Path(__file__).resolve().parent.parent / "static" / "vendor" / "icons"


@lru_cache(maxsize=512)
def _icon(name: str) -> SafeString:
    try:
        text = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ImproperlyConfigured(f"icon {name!r} is not built; run `make assets`") from None
    inner = re.sub(r"\s+", " ", re.sub(r"<!--.*?-->|</?svg[^>]*>", "", text, flags=re.DOTALL)).strip()
    return mark_safe(  # noqa: S308 - our own files
        '<svg class="icon" aria-hidden="true" viewBox="0 0 24 24" width="24" height="24" fill="none" '
        f'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{inner}</svg>'
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """An inline SVG icon, silent for screen readers."""
    return _icon(name)


@register.simple_tag
def new_key() -> str:
    """A key for a form, by which what is sent twice is done once."""
    return str(uuid4())


@register.filter
def percent(amount: Decimal) -> str:
    """A share in percent, as drawings take it, whatever the reader's language: 12.5%."""
    return f"{amount:.2f}%"


@register.filter
def money(amount: object) -> str:
    """An amount as 1,234.00; empty for none."""
    if amount in (None, ""):
        return ""
    try:
        return f"{Decimal(str(amount).replace(',', '')):,.2f}".replace("-", "−")
    except InvalidOperation:
        return str(amount)


# An amount within a sentence: digits with two decimals that are no part of a longer number or code.
AMOUNT = re.compile(r"(?<![\w.,-])-?[0-9]+\.[0-9]{2}(?![\w.,])", re.ASCII)


@register.filter
def amounts(sentence: str) -> SafeString:
    """A sentence with its amounts written as 1,234.00 and in bold, so that they are seen first."""
    parts, end = [], 0
    for found in AMOUNT.finditer(sentence):
        parts += [escape(sentence[end : found.start()]), format_html("<b>{}</b>", money(found.group()))]
        end = found.end()
    return mark_safe("".join((*parts, escape(sentence[end:]))))  # noqa: S308 - every part is escaped


@register.filter
def number(amount: Decimal | int | None) -> str:
    """A number as people read it: 1,234.5; empty for none."""
    if amount is None or amount == "":
        return ""
    plain = f"{Decimal(amount):,f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace("-", "−")


@register.filter
def signed(amount: Decimal) -> str:
    """A difference in yuan with its sign: +1,234.00, −50.00."""
    return f"{amount:+,.2f}".replace("-", "−") if amount else "0.00"


@register.filter
def signed_number(amount: Decimal) -> str:
    """A difference with its sign, as short as it can be: +4.5."""
    return f"+{number(amount)}" if amount > 0 else number(amount)


@register.filter
def plain_number(amount: Decimal) -> str:
    """A number as one types it: 1234.5."""
    return number(amount).replace(",", "").replace("−", "-")


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as 2025-09-12, in the company's zone."""
    if value is None:
        return ""
    return f"{_local(value):%Y-%m-%d}" if isinstance(value, datetime) else f"{value:%Y-%m-%d}"


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in a list: 今天 09:05, 昨天 17:32, 09-12 10:24, with the year where it is another one."""
    if value is None:
        return ""
    local, today = _local(value), clock.today()
    if local.date() == today:
        return _("today %(time)s") % {"time": f"{local:%H:%M}"}
    if local.date() == today - timedelta(days=1):
        return _("yesterday %(time)s") % {"time": f"{local:%H:%M}"}
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d %H:%M}"


WEEKDAYS = (
    gettext_lazy("Mon"), gettext_lazy("Tue"), gettext_lazy("Wed"), gettext_lazy("Thu"), gettext_lazy("Fri"),
    gettext_lazy("Sat"), gettext_lazy("Sun"),
)  # fmt: skip


@register.filter
def coming_day(value: date | datetime) -> str:
    """A day to come: 今天, 明天, 12-03 (周四), with the year where it is another one."""
    local, today = (_local(value).date() if isinstance(value, datetime) else value), clock.today()
    near = {0: _("today"), 1: _("tomorrow")}.get((local - today).days)
    day_of_year = f"{local:%m-%d}" if local.year == today.year else f"{local:%Y-%m-%d}"
    weekday = WEEKDAYS[local.weekday()]
    return near or _("%(day)s (%(weekday)s)") % {"day": day_of_year, "weekday": weekday}


@register.filter
def hour(value: datetime) -> str:
    """The time of a moment: 15:00."""
    return f"{_local(value):%H:%M}"


@register.filter
def stamp(value: datetime | None) -> str:
    """A moment in full: 2025-09-12 10:24."""
    return f"{_local(value):%Y-%m-%d %H:%M}" if value else ""


def _local(value: datetime) -> datetime:
    return value.astimezone(clock.COMPANY_ZONE)


@register.simple_tag
def when(value: datetime | None) -> SafeString:
    """A <time> element: short to read, exact for machines."""
    if value is None:
        return SafeString("")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(timespec="minutes"), stamp(value), moment(value)
    )


@register.filter
def filesize_short(size: int | None) -> str:
    """A file's size: 86 KB, 2.1 MB."""
    if size is None:
        return ""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """A round mark with the first sign of a name, its tint always the same for the same name."""
    tone = sum(ord(sign) for sign in name) % 8
    look = f"tone-{tone} {size}".strip()
    return format_html('<span class="avatar {}" aria-hidden="true">{}</span>', look, name[:1].upper())


def span_text(span: timedelta) -> str:
    """A length of time in the two largest units: 1 天 2 小时, 3 小时, 25 分钟."""
    minutes = max(int(span.total_seconds() // 60), 1)
    days, hours = minutes // 1440, minutes % 1440 // 60
    parts = []
    if days:
        parts.append(ngettext("%(n)d day", "%(n)d days", days) % {"n": days})
    if hours and days < 3:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if not parts:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes})
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Deadline:
    """How a deadline stands: its tone ("red", "amber" or "" for plain text), icon and words."""

    tone: str
    icon: str
    text: str


def deadline_of(due: datetime | None, now: datetime | None = None) -> Deadline | None:
    """How a deadline stands now: overdue red, due today amber, later plain."""
    if due is None:
        return None
    now = now or clock.now()
    if due < now:
        return Deadline("red", "alert-triangle", _("overdue by %(span)s") % {"span": span_text(now - due)})
    text = _("%(span)s left") % {"span": span_text(due - now)}
    today = _local(due).date() == _local(now).date() or due - now < timedelta(hours=12)
    return Deadline("amber", "clock", text) if today else Deadline("", "", text)


@register.inclusion_tag("parts/deadline.html")
def deadline(due: datetime | None) -> Mapping[str, object]:
    """The deadline's pill."""
    return {"deadline": deadline_of(due), "due": due}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The address's query with some values changed; None or "" leaves one out."""
    values: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            values.pop(name, None)
        else:
            values[name] = str(value)
    return f"?{values.urlencode()}"


@register.simple_tag
def task_url(name: str, task: object, **asked: object) -> str:
    """The address of a task's page; it says for whom it is decided, where that is not the reader."""
    query = {**asked, "behalf": getattr(task, "behalf_login", "")}
    words = urlencode({key: value for key, value in query.items() if value})
    return reverse(name, args=[getattr(task, "task_id")]) + (f"?{words}" if words else "")  # noqa: B009


@register.filter
def get(mapping: Mapping[str, object], key: object) -> object:
    """A mapping's value by a key that a template computes."""
    return mapping.get(str(key)) if mapping else None


@register.filter
def upto99(count: int) -> str:
    """A bounded count: 99+ for everything above."""
    return "99+" if count > 99 else str(count)


@register.filter
def status_name(status: str) -> str:
    """The name of a case's or a document's status."""
    return status_words(status)


@register.filter
def clock_time(value: datetime | None) -> str:
    """The time of day: 14:02."""
    return f"{_local(value):%H:%M}" if value else ""


@register.filter
def month_day(value: date | datetime | None) -> str:
    """A day within this year: 09-15."""
    if value is None:
        return ""
    return f"{_local(value):%m-%d}" if isinstance(value, datetime) else f"{value:%m-%d}"
