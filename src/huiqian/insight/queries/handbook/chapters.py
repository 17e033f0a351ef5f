"""A process as a chapter of the handbook."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from huiqian.base import clock
from huiqian.base.languages import language
from huiqian.insight.queries.handbook.forms import form_parts
from huiqian.insight.queries.handbook.shape import (
    DecisionPart,
    DocumentLine,
    LinkLine,
    Named,
    Picture,
    ProcessChapter,
    Signature,
    Step,
)  # fmt: skip
from huiqian.insight.queries.handbook.steps import Steps
from huiqian.insight.queries.links import CALLS, GIVES, LEAVES, RETURNS, STARTS, Link
from huiqian.org.rules import Roster
from huiqian.process.content import Content
from huiqian.process.queries import Signed, Standing, lane_heads, todays_layout
from huiqian.process.start import first_step


def chapter(
    standing: Standing,
    content: Content,
    snapshot: Roster,
    department: str,
    tables: Mapping[str, DecisionPart],
    links: Sequence[Link],
    others: Mapping[str, Content],
    schedule: str,
) -> ProcessChapter:
    """What the handbook says of a process; `others` are all contents in effect, `schedule` says when it starts."""
    steps = Steps(content, snapshot, tables)
    groups = steps.groups()
    told = [step for group in groups for step in group.steps]
    received = tuple(_received(link, others) for link in links if link.target == content.code)
    return ProcessChapter(
        code=content.code, name=content.name, name_zh=content.name_zh, name_en=content.name_en, department=department,
        version=content.number, since=standing.effective_from,
        signed=tuple(_signature(one, snapshot) for one in standing.signed),
        provisional=content.provisional, purpose=content.purpose.get(language()) or content.purpose.get("zh", ""),
        begins=("" if language() == "zh" else " ").join(_begins(content, snapshot, schedule, received)),
        watch=tuple(Named(code, snapshot.position_name(code)) for code in content.watch),
        picture=Picture(todays_layout(content, snapshot), lane_heads(content, snapshot, clock.today())),
        groups=groups, documents=tuple(_documents(content, told)), receives=received,
        hands_on=tuple(_handed_on(link, content, others) for link in links if link.source == content.code),
        forms=form_parts(content),
    )  # fmt: skip


def _signature(one: Signed, snapshot: Roster) -> Signature:
    said = {"person": one.person, "behalf": one.behalf}
    person = _("%(person)s for %(behalf)s") % said if one.behalf else one.person
    return Signature(snapshot.position_name(one.position), person, one.at)


def _begins(content: Content, snapshot: Roster, schedule: str, received: Sequence[LinkLine]) -> list[str]:
    """How a case of it begins: by hand, by the calendar, by another process."""
    said = []
    step = first_step(content.definition)
    if content.startable and step is not None and step.position:
        said.append(_("%(position)s starts it by hand.") % {"position": snapshot.position_name(step.position)})
    if schedule:
        said.append(_("It starts by itself %(when)s.") % {"when": schedule})
    told = {STARTS: _("%(process)s starts it."), CALLS: _("%(process)s calls it.")}
    said += [
        told[line.kind] % {"process": f"{line.process.code} {line.process.name}"}
        for line in received
        if line.kind in told
    ]
    return list(dict.fromkeys(said))


def _documents(content: Content, steps: Sequence[Step]) -> list[DocumentLine]:
    settings = {name: element.settings for name, element in content.definition.elements.items()}

    def at(key: str, setting: str) -> tuple[Named, ...]:
        return tuple(Named(step.element, step.name) for step in steps if settings[step.element].get(setting, "") == key)

    def signers(key: str) -> tuple[Named, ...]:
        found = [one for step in steps if settings[step.element].get("sign", "") == key for one in step.positions]
        return tuple(dict.fromkeys(found))

    return [
        DocumentLine(kind.key, kind.name, kind.each, at(kind.key, "document"), signers(kind.key))
        for kind in content.documents.values()
    ]


def _received(link: Link, others: Mapping[str, Content]) -> LinkLine:
    source, target = others[link.source], others[link.target]
    how = {
        STARTS: _("starts a case of this process"), LEAVES: _("leaves it for the next case of this process"),
        CALLS: _("calls this process and waits for it"), RETURNS: _("its result comes back here"),
        GIVES: _("gives it"),
    }[link.kind]  # fmt: skip
    return _line(link, source, source, target, how)


def _handed_on(link: Link, content: Content, others: Mapping[str, Content]) -> LinkLine:
    how = {
        STARTS: _("a case of it starts by itself"), LEAVES: _("its next case takes it up"),
        CALLS: _("is called; this process waits for it"), RETURNS: _("the result goes back to it"),
        GIVES: _("receives it"),
    }[link.kind]  # fmt: skip
    return _line(link, others[link.target], content, others[link.target], how)


def _line(link: Link, other: Content, source: Content, target: Content, how: str) -> LinkLine:
    document = source.documents.get(link.document)
    labels = {field.name: str(field.label) for form in target.forms.values() for field in form}
    taken = target.receives.get(source.code, {}) if link.kind not in (CALLS, RETURNS) else {}
    fields = dict.fromkeys(labels[name] for name in taken if name in labels)
    step = source.step_name(link.step) if link.step in source.definition.elements else ""
    return LinkLine(
        Named(other.code, other.name), link.kind, how, document.name if document else "", tuple(fields), step
    )


def lines_between(links: Sequence[Link], others: Mapping[str, Content]) -> list[tuple[Named, LinkLine]]:
    """All links of all processes: the source, and what it hands on."""
    return [
        (Named(link.source, others[link.source].name), _handed_on(link, others[link.source], others)) for link in links
    ]
