"""What else a version says: documents, who looks on, names, purpose, hand-overs, surveys, print-outs."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from huiqian.org.rules import Roster
from huiqian.process.content import Content
from huiqian.process.differences.change import ADDED, CHANGED, REMOVED, Change, listed, named, otherwise
from huiqian.process.models import Version
from huiqian.process.sources import ABOUT, about_said

APART = frozenset(("forms", "documents", "purpose", "print", "surveys", "steps", "decisions", "schedule", ABOUT))


def rest_changes(old: Version, new: Version, before: Content, after: Content, snapshot: Roster) -> list[Change]:
    """Everything that is neither step, flow nor form."""
    process = named({"zh": after.name_zh, "en": after.name_en})
    return [
        *_about(process, old, new, snapshot),
        *_settings(process, before.settings, after.settings, snapshot),
        *_lanes(before, after),
        *_documents(old.content["documents"], new.content["documents"]),
        *_content(process, old.content, new.content),
    ]


def _about(process: str, old: Version, new: Version, snapshot: Roster) -> Iterator[Change]:
    was, now = about_said(old), about_said(new)
    names = [named({"zh": one["name_zh"], "en": one["name_en"]}) for one in (was, now)]
    if names[0] != names[1] or (was["name_zh"], was["name_en"]) != (now["name_zh"], now["name_en"]):
        yield Change(CHANGED, otherwise(process, _("name of the process"), *_pair(names, was, now)))
    departments = {one.department: one.department_name for one in snapshot.positions.values()}
    if was["owner"] != now["owner"]:
        owners = [departments.get(one["owner"], one["owner"]) for one in (was, now)]
        yield Change(CHANGED, otherwise(process, _("owning department"), *owners))
    if was["startable"] != now["startable"]:
        said = _("People may start it.") if now["startable"] else _("Nobody starts it by hand any more.")
        yield Change(CHANGED, said)


def _pair(names: list[str], was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The names that differ: where the reader's language has the same, those of the other one."""
    if names[0] != names[1]:
        return names
    key = "name_en" if was["name_en"] != now["name_en"] else "name_zh"
    return [str(was[key]), str(now[key])]


def _settings(process: str, was: Mapping[str, str], now: Mapping[str, str], snapshot: Roster) -> Iterator[Change]:
    words = {"title": _("how a case is titled"), "summary": _("summary line"), "watch": _("who looks on at every case")}
    for key in dict.fromkeys((*was, *now)):
        if key in ("code", "nameEn") or was.get(key) == now.get(key):
            continue
        values = [one.get(key, "") for one in (was, now)]
        if key == "watch":
            values = [listed(snapshot.position_name(code) for code in value.split()) for value in values]
        yield Change(CHANGED, otherwise(process, words.get(key, key), *values))


def _lanes(before: Content, after: Content) -> Iterator[Change]:
    was = {lane.id: lane for lane in before.definition.lanes}
    now = {lane.id: lane for lane in after.definition.lanes}
    for name, lane in now.items():
        if name not in was:
            yield Change(ADDED, _("New lane “%(lane)s”.") % {"lane": _lane(lane)})
        elif _lane(was[name]) != _lane(lane):
            said = {"old": _lane(was[name]), "new": _lane(lane)}
            yield Change(CHANGED, _("The lane “%(old)s” is now called “%(new)s”.") % said)
    for name, lane in was.items():
        if name not in now:
            yield Change(REMOVED, _("Removed lane “%(lane)s”.") % {"lane": _lane(lane)})


def _lane(lane: Any) -> str:
    return named({"zh": lane.name, "en": lane.settings.get("nameEn", "")})


def _documents(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    for key, one in now.items():
        name = named(one["name"])
        if key not in was:
            yield Change(ADDED, _("New document “%(document)s”.") % {"document": name})
        elif named(was[key]["name"]) != name:
            said = {"old": named(was[key]["name"]), "new": name}
            yield Change(CHANGED, _("The document “%(old)s” is now called “%(new)s”.") % said)
        elif was[key] != one:
            yield Change(
                CHANGED, _("“%(document)s”: its form, number or who writes it is otherwise.") % {"document": name}
            )
    for key, one in was.items():
        if key not in now:
            yield Change(REMOVED, _("Removed document “%(document)s”.") % {"document": named(one["name"])})


def _content(process: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    if was.get("purpose") != now.get("purpose"):
        values = [named(one.get("purpose")) for one in (was, now)]
        yield Change(CHANGED, otherwise(process, _("purpose"), *values))
    if was.get("steps") != now.get("steps"):
        yield Change(CHANGED, _("The handbook's step numbers are otherwise."))
    yield from _kept(was.get("print", {}), now.get("print", {}), _("print template"))
    yield from _kept(was.get("surveys", {}), now.get("surveys", {}), _("survey"))
    words = {
        "receives": _("What it takes over from other processes is otherwise."),
        "prices": _("Where its answers quote prices is otherwise."),
        "calendar": _("What stands in the marketing calendar is otherwise."),
        "panels": _("What its cases' pages show beside the form is otherwise."),
        "provisional": _("Whether it is a proposal is said otherwise."),
    }
    for key in dict.fromkeys((*was, *now)):
        if key not in APART and was.get(key) != now.get(key):
            yield Change(CHANGED, words.get(key, _("“%(key)s” in process.json is otherwise.") % {"key": key}))


def _kept(was: Mapping[str, Any], now: Mapping[str, Any], what: str) -> Iterator[Change]:
    for key, one in now.items():
        said = {"what": what, "name": _named(key, one)}
        if key not in was:
            yield Change(ADDED, _("New %(what)s “%(name)s”.") % said)
        elif was[key] != one:
            yield Change(CHANGED, _("Changed %(what)s “%(name)s”.") % said)
    for key, one in was.items():
        if key not in now:
            yield Change(REMOVED, _("Removed %(what)s “%(name)s”.") % {"what": what, "name": _named(key, one)})


def _named(key: str, one: Any) -> str:
    return named(one["name"]) if isinstance(one, Mapping) and "name" in one else key
