"""The decision tables and the schedule of two versions beside each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiqian.feel.dmn import Model, Rule, Table, read_model
from huiqian.org.rules import Roster
from huiqian.process.brought import InForce, same_rules
from huiqian.process.content import Content
from huiqian.process.differences.change import ADDED, CHANGED, REMOVED, Change, listed, named, otherwise
from huiqian.process.schedules import schedule_of, words_of
from huiqian.process.tables import hit_policy_words
from huiqian.process.wording import heads, rows_in_words


@dataclass(frozen=True, slots=True)
class _Reads:
    """How rules are read: by the forms of the version before and of the new one, and today's positions."""

    before: Content
    after: Content
    snapshot: Roster


def table_changes(
    was: Mapping[str, Any], now: Mapping[str, Any], standing: InForce, before: Content, after: Content, snapshot: Roster
) -> list[Change]:
    """Tables that came, went or decide otherwise. One that the version says otherwise is told beside what stands today,
    which an administrator may have changed.
    """
    found: list[Change] = []
    reads = _Reads(before, after, snapshot)
    for key, one in now.items():
        name = named(one["name"])
        if key not in was:
            found += _new(name, key, one["dmn"], reads)
            continue
        if named(was[key]["name"]) != name:
            said = {"old": named(was[key]["name"]), "new": name}
            found.append(Change(CHANGED, _("The decision table “%(old)s” is now called “%(new)s”.") % said))
        if was[key]["dmn"] != one["dmn"]:
            found += _changed(name, key, was[key]["dmn"], one["dmn"], standing.tables.get(key, was[key]["dmn"]), reads)
    for key, one in was.items():
        if key not in now:
            found.append(Change(REMOVED, _("Removed decision table “%(table)s”.") % {"table": named(one["name"])}))
    return found


def _new(name: str, key: str, dmn: str, reads: _Reads) -> Iterator[Change]:
    yield Change(ADDED, _("New decision table “%(table)s”.") % {"table": name})
    table = read_model(dmn.encode()).decisions[key].table
    rules = _rules(table, reads.after, reads.snapshot) if table else {}
    for place, rule in enumerate(rules.values(), start=1):
        yield Change(ADDED, _("“%(table)s”, rule %(n)d: %(rule)s.") % {"table": name, "n": place, "rule": rule})


def _changed(name: str, key: str, was: str, now: str, standing: str, reads: _Reads) -> Iterator[Change]:
    if same_rules(was, now):
        yield Change(CHANGED, _("“%(table)s”: its file was written anew; the rules are the same.") % {"table": name})
        return
    if not same_rules(was, standing):
        said = _("“%(table)s”: an administrator has changed its rules since; those of this version take their place.")
        yield Change(CHANGED, said % {"table": name})
    if same_rules(standing, now):
        return
    old, new = read_model(standing.encode()), read_model(now.encode())
    told = list(_beside(name, old.decisions[key].table, new.decisions[key].table, reads))
    if not told or _apart(old, key) != _apart(new, key):
        told.append(Change(CHANGED, _("“%(table)s”: its settings are otherwise.") % {"table": name}))
    yield from told


def _apart(model: Model, key: str) -> Model:
    """Everything of a model but one of its tables, which is told by itself."""
    return replace(model, source=b"", decisions={**model.decisions, key: replace(model.decisions[key], table=None)})


def _beside(name: str, old: Table | None, new: Table | None, reads: _Reads) -> Iterator[Change]:
    if old is None or new is None:
        return
    if old.hit_policy != new.hit_policy:
        policies = [hit_policy_words(one.hit_policy) for one in (old, new)]
        yield Change(CHANGED, otherwise(name, _("which rules apply"), *policies))
    if heads(old) != heads(new):
        yield Change(CHANGED, otherwise(name, _("columns"), listed(heads(old)), listed(heads(new))))
    was, now = _rules(old, reads.before, reads.snapshot), _rules(new, reads.after, reads.snapshot)
    raw, notes = ({r.id: (r.inputs, r.outputs) for r in old.rules}, {r.id: r.note for r in old.rules})
    for place, rule in enumerate(new.rules, start=1):
        said = {"table": name, "n": place, "rule": now[rule.id]}
        if rule.id not in was:
            yield Change(ADDED, _("“%(table)s”, new rule %(n)d: %(rule)s.") % said)
        elif was[rule.id] != now[rule.id]:
            text = _("“%(table)s”, rule %(n)d: was “%(old)s”, is now “%(rule)s”.")
            yield Change(CHANGED, text % {**said, "old": was[rule.id]})
        elif raw[rule.id] != (rule.inputs, rule.outputs):
            yield Change(CHANGED, _("“%(table)s”, rule %(n)d: its cells are written otherwise.") % said)
        elif notes[rule.id] != rule.note:
            yield Change(CHANGED, _("“%(table)s”, rule %(n)d: its note is otherwise.") % said)
    for key, gone in was.items():
        if key not in now:
            yield Change(REMOVED, _("“%(table)s”, removed rule: %(rule)s.") % {"table": name, "rule": gone})
    if [key for key in was if key in now] != [key for key in now if key in was]:
        yield Change(CHANGED, _("“%(table)s”: its rules stand in another order.") % {"table": name})


def _rules(table: Table, content: Content, snapshot: Roster) -> dict[str, str]:
    """The rules by their ids, each in a line: what it asks, and what it answers."""
    names, asks = heads(table), len(table.inputs)
    return {
        rule.id: f"{_asks(names[:asks], row[:asks], rule)} → {_pairs(names[asks:], row[asks:])}"
        for rule, row in zip(table.rules, rows_in_words(table, content, snapshot), strict=True)
    }


def _asks(names: Sequence[str], words: Sequence[str], rule: Rule) -> str:
    told = [place for place, cell in enumerate(rule.inputs) if cell.strip() not in ("", "-")]
    return _pairs([names[place] for place in told], [words[place] for place in told]) or _("in any case")


def _pairs(names: Sequence[str], words: Sequence[str]) -> str:
    pairs = zip(names, words, strict=True)
    return pgettext("rule", "; ").join(_("%(name)s: %(value)s") % {"name": name, "value": word} for name, word in pairs)


def schedule_changes(
    process: str, was: Mapping[str, Any] | None, now: Mapping[str, Any] | None, standing: InForce, snapshot: Roster
) -> Iterator[Change]:
    """When the process begins by itself, for whom and with what; beside what stands today."""
    if was == now:
        return
    if was is not None and standing.schedule not in (None, was):
        yield Change(CHANGED, _("An administrator has changed the schedule since; this version's takes its place."))
    old = standing.schedule or was
    if now is None:
        assert old is not None
        said = _("It no longer begins by itself (%(when)s).") % {"when": words_of(schedule_of(old))}
        yield Change(REMOVED, said)
        return
    when = words_of(schedule_of(now))
    if old is None:
        yield Change(ADDED, _("It begins by itself: %(when)s.") % {"when": when})
        old = {**now, "values": {}}
    elif words_of(schedule_of(old)) != when:
        yield Change(CHANGED, otherwise(process, _("when it begins by itself"), words_of(schedule_of(old)), when))
    if old["starter"] != now["starter"]:
        first = _("who holds the first step's position")
        names = [snapshot.position_name(one["starter"]) if one["starter"] else first for one in (old, now)]
        yield Change(CHANGED, otherwise(process, _("who starts it then"), *names))
    for name in dict.fromkeys((*old["values"], *now["values"])):
        values = [str(one["values"].get(name, "")) for one in (old, now)]
        if values[0] != values[1]:
            what = _("what “%(field)s” begins with") % {"field": name}
            yield Change(CHANGED, otherwise(process, what, *values))
