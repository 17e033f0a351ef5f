"""What an e-mail says, in its reader's language: text, and the same as simple HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from huiqian.base.languages import pick
from huiqian.notify.models import Mail
from huiqian.notify.words import place_of, sentence_of
from huiqian.work.models import Task


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says, and where it leads ("" for nowhere)."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under a heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail before it is sent."""

    subject: str
    text: str
    html: str


def letter_of(mail: Mail) -> Letter:
    """The e-mail in its reader's language. At most 1 query beside the person's."""
    with translation.override(mail.person.language):
        digest = mail.key.startswith("digest:")
        subject, parts = _digest(mail) if digest else _one(mail.content)
        links = {
            "account": settings.PUBLIC_URL + reverse("account") + "#ways",
            "inbox": settings.PUBLIC_URL + reverse("inbox"),
        }
        seen = {
            "name": mail.person.name,
            "parts": parts,
            "subject": subject,
            "links": links,
            "language": mail.person.language,
        }
        text = render_to_string("notify/mail.txt", seen)
        return Letter(subject, text.strip() + "\n", render_to_string("notify/mail.html", seen))


def _one(content: Mapping[str, Any]) -> tuple[str, list[Part]]:
    kind, detail, title = content["kind"], content["detail"], " ".join(content["title"].split())
    said = sentence_of(kind, detail)[1]
    number, path = place_of(kind, content["number"], detail)
    lines = [Line(said), Line(f"{number} {title}", _absolute(path))]
    if step := _step(detail):
        lines.append(Line(_("Step: %(step)s") % {"step": step}))
    return f"{title} · {said.rstrip('。.')}", [Part("", tuple(lines))]


def _step(detail: Mapping[str, Any]) -> str:
    task = Task.objects.filter(pk=detail.get("task") or 0).first()
    return pick(task.name_zh, task.name_en) if task else ""


def _digest(mail: Mail) -> tuple[str, list[Part]]:
    content = mail.content
    heads = {"overdue": _("Overdue"), "today": _("Due today"), "open": _("Waits for you"), "news": _("Since yesterday")}
    parts = [
        Part(title, tuple(_news(one) if name == "news" else _task(one) for one in content[name]))
        for name, title in heads.items()
        if content[name]
    ]
    day = date_format(localtime(mail.made_at), "SHORT_DATE_FORMAT")
    waiting = sum(len(content[name]) for name in ("overdue", "today", "open"))
    return _("Your day %(day)s: %(n)d waiting, %(late)d overdue") % {
        "day": day, "n": waiting, "late": len(content["overdue"]),
    }, parts  # fmt: skip


def _task(one: Mapping[str, Any]) -> Line:
    return Line(f"{one['number']} {one['title']} · {one['step']}", _absolute(reverse("case", args=[one["number"]])))


def _news(one: Mapping[str, Any]) -> Line:
    said = sentence_of(one["kind"], one["detail"])[1]
    return Line(f"{one['number']} {one['title']} · {said}")


def _absolute(path: str) -> str:
    return settings.PUBLIC_URL + path if path else ""
