"""Forms of two versions beside each other, as their files say them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from huiqian.process.differences.change import ADDED, CHANGED, REMOVED, Change, listed, named, otherwise
from huiqian.process.words import field_kind

Said = Mapping[str, Any]
# What is told in words of its own, or only shows while the form is made.
APART = frozenset(("name", "label", "type", "required", "choices", "columns", "example", "width"))


def form_changes(before: Said, after: Said) -> list[Change]:
    """Forms and fields that came, went, or ask otherwise."""
    was, now = before["forms"], after["forms"]
    found: list[Change] = []
    for key, form in now.items():
        name = named(form["name"])
        if key not in was:
            found.append(
                Change(ADDED, _("New form “%(form)s” with %(n)d fields.") % {"form": name, "n": len(_fields(form))})
            )
            continue
        found += _form(name, was[key], form)
    for key, form in was.items():
        if key not in now:
            found.append(Change(REMOVED, _("Removed form “%(form)s”.") % {"form": named(form["name"])}))
    return found


def _fields(form: Said) -> dict[str, Said]:
    return {field["name"]: field for section in form["sections"] for field in section["fields"]}


def _form(name: str, old: Said, new: Said) -> Iterator[Change]:
    if named(old["name"]) != named(new["name"]):
        said = _("Form “%(old)s” is now called “%(new)s”.") % {"old": named(old["name"]), "new": name}
        yield Change(CHANGED, said)
    was, now = _fields(old), _fields(new)
    yield from _questions(name, was, now)
    titles = [[named(section.get("title")) for section in form["sections"]] for form in (old, new)]
    if titles[0] != titles[1]:
        yield Change(CHANGED, otherwise(name, _("sections"), listed(titles[0]), listed(titles[1])))
    kept = [[one for one in fields if one in was and one in now] for fields in (was, now)]
    if kept[0] != kept[1]:
        yield Change(CHANGED, _("“%(form)s”: the fields stand in another order.") % {"form": name})


def _questions(where: str, was: Mapping[str, Said], now: Mapping[str, Said]) -> Iterator[Change]:
    """Fields of a form, or columns of a table."""
    for key, field in now.items():
        if key not in was:
            yield Change(ADDED, _new(where, field))
        else:
            yield from _question(where, was[key], field)
    for key, field in was.items():
        if key not in now:
            said = {"form": where, "field": named(field.get("label"))}
            yield Change(REMOVED, _("“%(form)s”: the field “%(field)s” is removed.") % said)


def _new(where: str, field: Said) -> str:
    said = {"form": where, "field": named(field.get("label")), "kind": field_kind(str(field.get("type")))}
    if field.get("required"):
        return _("“%(form)s”: new field “%(field)s” (%(kind)s, required).") % said
    return _("“%(form)s”: new field “%(field)s” (%(kind)s).") % said


def _question(where: str, old: Said, new: Said) -> Iterator[Change]:
    label = named(new.get("label"))
    if named(old.get("label")) != label:
        said = {"form": where, "old": named(old.get("label")), "new": label}
        yield Change(CHANGED, _("“%(form)s”: the field “%(old)s” is now called “%(new)s”.") % said)
    place = _("%(form)s · %(field)s") % {"form": where, "field": label}
    if old.get("type") != new.get("type"):
        kinds = field_kind(str(old.get("type"))), field_kind(str(new.get("type")))
        yield Change(CHANGED, otherwise(place, _("kind"), *kinds))
    if bool(old.get("required")) != bool(new.get("required")):
        now = _("“%(field)s” is now required.") if new.get("required") else _("“%(field)s” is no longer required.")
        yield Change(CHANGED, now % {"field": place})
    yield from _choices(place, old.get("choices", ()), new.get("choices", ()))
    columns = [{one["name"]: one for one in field.get("columns", ())} for field in (old, new)]
    yield from _questions(place, *columns)
    for key in dict.fromkeys((*old, *new)):
        if key not in APART and old.get(key) != new.get(key):
            yield Change(CHANGED, otherwise(place, _property(key), _value(old.get(key)), _value(new.get(key))))


def _choices(place: str, old: Sequence[Said], new: Sequence[Said]) -> Iterator[Change]:
    was, now = ({one["code"]: named(one) for one in choices} for choices in (old, new))
    for code, label in now.items():
        if code not in was:
            yield Change(ADDED, _("“%(field)s”: new choice “%(choice)s”.") % {"field": place, "choice": label})
        elif was[code] != label:
            yield Change(CHANGED, otherwise(place, _("choice"), was[code], label))
    for code, label in was.items():
        if code not in now:
            yield Change(
                REMOVED, _("“%(field)s”: the choice “%(choice)s” is removed.") % {"field": place, "choice": label}
            )


def _property(key: str) -> str:
    return {
        "help": _("hint"), "unit": _("unit"), "min": _("smallest value"), "max": _("largest value"),
        "places": _("decimal places"), "min_length": _("shortest length"), "max_length": _("greatest length"),
        "min_rows": _("fewest rows"), "max_rows": _("most rows"), "totals": _("totals"),
        "capitals": _("amount in words"), "proof": _("pins may be set"),
        "claims": _("words are checked, reason in"),
        "show_if": _("asked only if"), "required_if": _("required if"), "compute": _("computed as"),
        "default_from": _("filled in from"), "default": _("filled in with"), "check": _("check"),
    }.get(key, key)  # fmt: skip


def _value(said: object) -> str:
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    if isinstance(said, Mapping):
        return f"{said['rule']} ({named(said)})" if "rule" in said else named(said)
    if isinstance(said, (list, tuple)):
        return listed(named(one) for one in said)
    return "" if said is None else str(said)
