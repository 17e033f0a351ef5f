"""The steps of a process in the company's own numbering, each in words: who, what, by when, and what may come of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from huiqian.base.languages import pick
from huiqian.engine import Element
from huiqian.feel import ExpressionError, compile_expression
from huiqian.forms.rules import Field, Form
from huiqian.insight.queries.handbook.branchings import PEOPLE, Branchings
from huiqian.insight.queries.handbook.shape import DecisionPart, Named, Step, StepGroup
from huiqian.insight.queries.links import constant
from huiqian.org.rules import Roster, span_words
from huiqian.process.content import Content
from huiqian.process.queries import place_of
from huiqian.process.start import in_order

KINDS = {
    "businessRuleTask": "rule", "callActivity": "call", "subProcess": "part", "intermediateCatchEvent": "wait",
    "receiveTask": "wait",
}  # fmt: skip


NAME = re.compile(r"[A-Za-z_]\w*")


class Steps:
    """Reads the steps of one process; `tables` are its decision tables in words, by key."""

    def __init__(self, content: Content, snapshot: Roster, tables: Mapping[str, DecisionPart]) -> None:
        self.content, self.snapshot, self.tables = content, snapshot, tables
        self.branchings = Branchings(content, snapshot)
        self.told: set[str] = set()
        self.fields = {field.name: field for form in content.forms.values() for field in _with_columns(form)}

    def groups(self) -> tuple[StepGroup, ...]:
        """All steps by their number in the company's document; what it only notes comes last."""
        found: dict[str, list[Step]] = {}
        for element, number in self._numbered():
            found.setdefault(number, []).append(self._step(element, number))
        return tuple(StepGroup(number, tuple(found[number])) for number in sorted(found, key=place_of))

    def _numbered(self) -> Iterator[tuple[Element, str]]:
        """Every step with its number: its own, or, for what only waits or holds steps, that of the step beside it."""
        definition, before = self.content.definition, ""
        for name in in_order(definition):
            element = definition.elements[name]
            if not element.is_activity and element.kind != "intermediateCatchEvent":
                continue
            number = self.content.steps.get(name, "")
            if not number and element.kind == "subProcess":
                number = self._first_inside(name)
            elif not number and element.kind == "intermediateCatchEvent":
                number = before
            before = number
            yield element, number

    def _first_inside(self, scope: str) -> str:
        inside = (self.content.steps.get(one.id, "") for one in self.content.definition.inside.get(scope, ()))
        return min(filter(None, inside), key=place_of, default="")

    def _step(self, element: Element, number: str) -> Step:
        content, settings = self.content, element.settings
        form = content.form_of(element.id)
        people = element.kind in PEOPLE
        codes = self.snapshot.positions_named(element.position) if people and element.position else ()
        return Step(
            element=element.id, number=number, name=content.step_name(element.id) or self._wait_name(element),
            kind=settings.get("kind", "approve") if people else KINDS.get(element.kind, "system"),
            positions=tuple(Named(code, self.snapshot.position_name(code)) for code in codes),
            lane=self._lane(element), words=content.words.get(element.id, "") or self._work(element),
            how=tuple(self._how(element)) if people or element.loop else (), form=str(form.name) if form else "",
            writes=self._document(settings.get("document", "")), signs=self._document(settings.get("sign", "")),
            due=self._due(element),
            answers=tuple(self._answers(element)) if people else (),
            returns=tuple(
                Named(target, self.branchings.words(content.definition.elements[target]))
                for target in settings.get("returnTo", "").split()
                if target in content.definition.elements
            ),
            branchings=self.branchings.behind(element), decision=self._table(settings.get("decision", "")),
        )  # fmt: skip

    def _table(self, key: str) -> DecisionPart | None:
        """A decision table; where it is asked again, its name alone."""
        table = self.tables.get(key)
        if table is None or key not in self.told:
            self.told.add(key)
            return table
        return replace(table, rows=())

    def _wait_name(self, element: Element) -> str:
        return _("wait") if element.kind == "intermediateCatchEvent" else element.id

    def _lane(self, element: Element) -> str:
        if element.position:
            return self.snapshot.position_name(element.position)
        lane = next((lane for lane in self.content.definition.lanes if lane.id == element.lane), None)
        return self.content.lane_name(lane) if lane else ""

    def _document(self, key: str) -> str:
        kind = self.content.documents.get(key)
        return kind.name if kind else ""

    def _answers(self, element: Element) -> Iterator[str]:
        for kind, said in element.rows:
            if kind == "outcome":
                yield pick(said.get("name", ""), said.get("nameEn", ""))

    def _work(self, element: Element) -> str:
        """What a service step does, where the diagram has no words for it."""
        operation, document = element.settings.get("operation", ""), self._document(constant(element, "document"))
        process = constant(element, "process")
        if operation == "archive_document":
            return _("Puts it in force and archives it: %(document)s.") % {"document": document} if document else ""
        if operation == "start_process":
            return _("Starts %(process)s, with %(document)s.") % {"process": process, "document": document or "–"}
        if operation == "hand_on":
            return _("Leaves %(document)s for the next case of %(process)s.") % {
                "process": process, "document": document,
            }  # fmt: skip
        return ""

    def _how(self, element: Element) -> Iterator[str]:
        yield from self._by_whom(element)
        yield from self._how_many(element)
        if beside := self.branchings.beside(element):
            names = _(", ").join(dict.fromkeys(self._other(one, element) for one in beside))
            said = _("at the same time as %(steps)s")
            if element.settings.get("kind") == "approve":
                said = _("at the same time as %(steps)s; all must agree")
            yield said % {"steps": names}
        if copied := element.settings.get("copyTo", "").split():
            names = _(", ").join(self.snapshot.position_name(code) for code in copied)
            yield _("copied, once it is done, to %(positions)s") % {"positions": names}
        if element.settings.get("signatories") == "false":
            yield _("nobody can be added to sign")

    def _other(self, other: Element, element: Element) -> str:
        """A step beside this one: by its position alone, where it is called the same."""
        same = other.position and self.content.step_name(other.id) == self.content.step_name(element.id)
        return self.snapshot.position_name(other.position or "") if same else self.branchings.words(other)

    def _by_whom(self, element: Element) -> Iterator[str]:
        assignee = element.settings.get("assignee", "")
        members = {one.loop.item: one for one in self._around(element) if one.loop and one.loop.item}
        if assignee == "starter":
            yield _("by whoever started the case")
        elif assignee in members:
            own = element.loop is not None and element.loop.kind == "parallel"
            said = _("each one for their own part, all at the same time") if own else _("each one for their own part")
            yield said
        elif label := self._label(assignee):
            yield _("by whoever is named under “%(field)s”") % {"field": label}
        for one in self._around(element):
            if one.loop and one.id != element.id and one.loop.item != assignee:
                yield _("once for each item of “%(name)s”") % {"name": self.content.step_name(one.id)}

    def _around(self, element: Element) -> list[Element]:
        definition = self.content.definition
        return [element, *(definition.elements[name] for name in definition.around(element.id))]

    def _how_many(self, element: Element) -> Iterator[str]:
        mode = element.settings.get("mode", "single")
        if element.loop:
            if element.loop.kind == "sequential":
                yield _("one after another")
            elif element.loop.kind == "parallel" and element.loop.item != element.settings.get("assignee"):
                yield _("all at the same time, each on their own")
        elif mode == "all":
            yield _("all holders of the position must agree")
        elif mode == "any":
            yield _("one holder of the position is enough")
        elif mode == "sequence":
            yield _("the holders of the position one after another")
        elif mode == "share":
            yield _("a share of %(n)s of the holders must agree") % {"n": element.settings.get("quorum", "")}

    def _due(self, element: Element) -> str:
        usual, said = span_words(element.settings.get("deadline", "")), element.settings.get("due", "")
        if element.trigger and element.trigger.kind == "timer":
            label = self._label(element.trigger.when)
            return _("on the day of “%(field)s”") % {"field": label} if label else ""
        label = self._label(said)
        if not label:
            return usual
        if not usual:
            return _("by “%(field)s”") % {"field": label}
        return _("by “%(field)s”, else %(span)s") % {"field": label, "span": usual}

    def _label(self, expression: str) -> str:
        """What an expression reads, as people know it: a field's label, or the decision table that answers it."""
        try:
            names = compile_expression(expression).names if expression else frozenset()
        except ExpressionError:
            return ""
        for name in (name for name in NAME.findall(expression) if name in names):
            if name in self.fields:
                return str(self.fields[name].label)
            for element in self.content.definition.elements.values():
                table = self.tables.get(element.settings.get("decision", ""))
                if table and element.settings.get("result") == name:
                    return table.name
        return ""


def _with_columns(form: Form) -> Iterator[Field]:
    for field in form:
        yield field
        yield from field.columns
