"""Steps and flows of two diagrams beside each other."""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from huiqian.base.languages import pick
from huiqian.engine import Element, Flow
from huiqian.org.rules import Roster, span_words
from huiqian.process.content import BPMN, Content
from huiqian.process.differences.change import ADDED, CHANGED, REMOVED, Change, listed, otherwise
from huiqian.process.models import Version
from huiqian.process.words import kind_name

# What stands within an element but is no part of what it says: its flows, and the elements of a subprocess.
APART = frozenset(f"{BPMN}{tag}" for tag in ("incoming", "outgoing", "sequenceFlow", "laneSet"))


def step_changes(old: Version, new: Version, before: Content, after: Content, snapshot: Roster) -> list[Change]:
    """Steps and events that came, went, or say something else; by the order of the new diagram, then the old one's."""
    was, now = before.definition.elements, after.definition.elements
    said_then, said_now = _said(old.bpmn, set(was)), _said(new.bpmn, set(now))
    found: list[Change] = []
    for name, element in now.items():
        if name not in was:
            found.append(Change(ADDED, _added(element, after, snapshot), name))
            continue
        changes = [Change(CHANGED, one, name) for one in _step(was[name], element, before, after, snapshot)]
        if not changes and said_then.get(name) != said_now.get(name):
            where = step_name(after, name)
            changes = [Change(CHANGED, _("“%(step)s”: its settings are otherwise.") % {"step": where}, name)]
        found += changes
    for name, element in was.items():
        if name not in now:
            kind = kind_name(element.kind)
            said = _("Removed: “%(step)s” (%(kind)s).") % {"step": step_name(before, name), "kind": kind}
            found.append(Change(REMOVED, said, name))
    return found


def step_name(content: Content, element: str) -> str:
    """How people know an element: its name, else what kind it is."""
    return content.step_name(element) or kind_name(content.definition.elements[element].kind)


def _added(element: Element, content: Content, snapshot: Roster) -> str:
    said = {"step": step_name(content, element.id), "kind": kind_name(element.kind)}
    if element.kind not in ("userTask", "manualTask"):
        return _("New: “%(step)s” (%(kind)s).") % said
    said["position"] = snapshot.position_name(element.position or "")
    if time := span_words(element.settings.get("deadline", "")):
        return _("New: “%(step)s”, done by %(position)s within %(time)s.") % {**said, "time": time}
    return _("New: “%(step)s”, done by %(position)s.") % said


def _step(old: Element, new: Element, before: Content, after: Content, snapshot: Roster) -> Iterator[str]:
    """What a step says otherwise, a sentence each."""
    where = step_name(after, new.id)
    was, now = pick(old.name, old.settings.get("nameEn", "")), pick(new.name, new.settings.get("nameEn", ""))
    if was != now:
        yield _("“%(old)s” is now called “%(new)s”.") % {"old": was or kind_name(old.kind), "new": now or where}
    if old.kind != new.kind:
        yield otherwise(where, _("kind of step"), kind_name(old.kind), kind_name(new.kind))
    if old.position != new.position:
        position = snapshot.position_name
        yield otherwise(where, _("who does it"), position(old.position or ""), position(new.position or ""))
    if before.words.get(old.id, "") != after.words.get(new.id, ""):
        yield otherwise(
            where, _("what the diagram says of it"), before.words.get(old.id, ""), after.words.get(new.id, "")
        )
    for key in dict.fromkeys((*old.settings, *new.settings)):
        if key != "nameEn" and old.settings.get(key) != new.settings.get(key):
            what, old_said = _setting(key, old.settings.get(key, ""), before, snapshot)
            yield otherwise(where, what, old_said, _setting(key, new.settings.get(key, ""), after, snapshot)[1])
    yield from _rows(where, old, new, before, after)


def _setting(key: str, value: str, content: Content, snapshot: Roster) -> tuple[str, str]:
    """What a setting is called, and its value, in words."""
    names = {
        "deadline": _("time allowed"), "due": _("due"), "returnTo": _("may return to"), "form": _("form"),
        "document": _("writes the document"), "sign": _("signs the document"), "kind": _("what it does"),
        "mode": _("how several decide"), "quorum": _("share needed, in percent"), "veto": _("one refusal is enough"),
        "assignee": _("done by"), "decision": _("decision table"), "operation": _("what the product does"),
        "process": _("calls the process"), "requires": _("needs before it is handed in"), "bulk": _("several at once"),
        "copyTo": _("copied, once it is done, to"), "signatories": _("others may be added to sign"),
    }  # fmt: skip
    if key == "deadline":
        value = span_words(value)
    elif key == "returnTo":
        elements = content.definition.elements
        value = listed(step_name(content, one) if one in elements else one for one in value.split())
    elif key == "copyTo":
        value = listed(snapshot.position_name(one) for one in value.split())
    elif key == "form" and value in content.forms:
        value = str(content.forms[value].name)
    elif key in ("document", "sign"):
        kinds = content.documents
        value = listed(kinds[one].name if one in kinds else one for one in value.split())
    else:
        value = _word(key, value)
    return names.get(key, key), value


def _word(key: str, value: str) -> str:
    words = {
        ("kind", "do"): _("does work"), ("kind", "approve"): _("decides"), ("mode", "single"): _("one person"),
        ("mode", "all"): _("all must agree"), ("mode", "any"): _("one is enough"),
        ("mode", "sequence"): _("one after the other"), ("mode", "share"): _("a share of them"),
        ("assignee", "starter"): _("the starter"), ("veto", "true"): _("yes"), ("bulk", "true"): _("yes"),
        ("signatories", "true"): _("yes"), ("signatories", "false"): _("no"),
    }  # fmt: skip
    return words.get((key, value), value)


def _rows(where: str, old: Element, new: Element, before: Content, after: Content) -> Iterator[str]:
    """What a step may do with the form's fields, the answers it offers, what goes in and out."""
    was, now = _by_name(old), _by_name(new)
    for tag, name in dict.fromkeys((*was, *now)):
        one, other = was.get((tag, name)), now.get((tag, name))
        if one == other:
            continue
        if tag == "field":
            label = _label(after, new, name) or _label(before, old, name) or name
            said = _("what it may do with “%(field)s”") % {"field": label}
            yield otherwise(where, said, _right(one), _right(other))
        elif tag == "outcome":
            yield otherwise(where, _("answer offered"), _outcome(one), _outcome(other))
        else:
            said = _("what goes in: %(name)s") if tag == "input" else _("what comes out: %(name)s")
            yield otherwise(where, said % {"name": name}, (one or {}).get("value", ""), (other or {}).get("value", ""))


def _by_name(element: Element) -> dict[tuple[str, str], Mapping[str, str]]:
    return {(tag, row.get("name", row.get("code", ""))): row for tag, row in element.rows}


def _label(content: Content, element: Element, name: str) -> str:
    form = content.form_of(element.id)
    field = form.by_name.get(name) if form else None
    return str(field.label) if field else ""


def _right(row: Mapping[str, str] | None) -> str:
    said = {"edit": _("fill in"), "read": _("read only"), "hidden": _("not shown")}
    if row is None:
        return said["edit"]
    right = said.get(row.get("right", "edit"), "")
    return _("%(right)s, required") % {"right": right} if row.get("required") == "true" else right


def _outcome(row: Mapping[str, str] | None) -> str:
    return pick(row.get("name", ""), row.get("nameEn", "")) if row else ""


def flow_changes(before: Content, after: Content) -> list[Change]:
    """Ways that came, went, lead elsewhere, or are taken on another condition."""
    was, now = before.definition.flows, after.definition.flows
    found: list[Change] = []
    for name, flow in now.items():
        if name not in was:
            found.append(Change(ADDED, _("New way: %(way)s.") % {"way": _way(after, flow)}, name))
            continue
        found += [Change(CHANGED, one, name) for one in _flow(was[name], flow, before, after)]
    gone = [flow for name, flow in was.items() if name not in now]
    return found + [Change(REMOVED, _("Removed way: %(way)s.") % {"way": _way(before, one)}, one.id) for one in gone]


def _flow(old: Flow, new: Flow, before: Content, after: Content) -> Iterator[str]:
    was, now = _ends(before, old), _ends(after, new)
    if (old.source, old.target) != (new.source, new.target):
        yield _("The way %(old)s now leads %(new)s.") % {"old": was, "new": now}
    if (old.condition or "") != (new.condition or ""):
        yield otherwise(now, _("condition"), old.condition or "", new.condition or "")
    names = [pick(one.name, one.settings.get("nameEn", "")) for one in (old, new)]
    if names[0] != names[1]:
        yield otherwise(now, _("label"), *names)
    if (old.id == before.definition.elements[old.source].default) != (
        new.id == after.definition.elements[new.source].default
    ):
        yield _("“%(where)s” is now taken otherwise when no condition holds.") % {"where": now}


def _ends(content: Content, flow: Flow) -> str:
    return f"{step_name(content, flow.source)} → {step_name(content, flow.target)}"


def _way(content: Content, flow: Flow) -> str:
    ends = _ends(content, flow)
    label = pick(flow.name, flow.settings.get("nameEn", "")) or flow.condition
    return _("%(way)s, if “%(label)s”") % {"way": ends, "label": label} if label else ends


def _said(bpmn: str, elements: set[str]) -> dict[str, bytes]:
    """What the file says of each element by itself, written in one way."""
    found: dict[str, bytes] = {}
    for node in ElementTree.fromstring(bpmn).iter():  # noqa: S314 - compiled before: no DTD, no entities
        name = node.get("id", "")
        if name in elements:
            kept = [one for one in node if one.tag not in APART and one.get("id", "") not in elements]
            said = [
                # Which way is taken when no condition holds is told of the ways.
                *sorted((key, value) for key, value in node.attrib.items() if key != "default"),
                *(ElementTree.canonicalize(ElementTree.tostring(one), strip_text=True) for one in kept),
            ]
            found[name] = repr((node.tag, said)).encode()
    return found
