"""How versions of a process come into being and into effect, within the transaction of a command."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from huiqian.base.actors import Actor
from huiqian.base.languages import language
from huiqian.base.wires import hand
from huiqian.diagram import graph_of, lay_out
from huiqian.engine import Definition as Graph
from huiqian.engine import Refused, compile_definition
from huiqian.feel import ExpressionError, compile_expression
from huiqian.feel.dmn import DecisionRefused, read_model
from huiqian.forms.rules import FormRefused, read_form
from huiqian.journal.record import record
from huiqian.org.rules import Roster
from huiqian.process.brought import bring_along
from huiqian.process.events import ProcessLoaded, VersionInEffect
from huiqian.process.models import Definition, Version
from huiqian.process.schedules import schedule_errors
from huiqian.process.sources import ABOUT, Source, about_said, source_of


def chain_of(definition: Definition) -> str:
    """Where the journal keeps a process's facts."""
    return f"process:{definition.code}"


def known_as(definition: Definition, source: Source) -> Version | None:
    """The version that says the same, the newest of them. 1 query."""
    versions = definition.versions.select_related("definition").defer("bpmn", "layout").order_by("-number")
    return next((one for one in versions if says_the_same(one, source)), None)


def says_the_same(version: Version, source: Source) -> bool:
    """Whether a version says what a source says, word for word."""
    return version.digest == source.digest and dict(about_said(version)) == dict(source.about)


def save_version(actor: Actor, definition: Definition, source: Source, now: datetime, *, note: str = "") -> Version:
    """A new version of a process, a draft. Raises what the source is refused for."""
    last = definition.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = _version(actor, definition, source, now)
    version.number, version.note = last + 1, note
    version.save(force_insert=True)
    _note_loaded(actor, version)
    return version


def adopt_versions(actor: Actor, said: Sequence[tuple[Definition, Source]], adopted: datetime) -> None:
    """The first installation: a version of each process, in effect without a review (there was none before them).

    One statement, for the database lets versions in without a review only into an empty table.
    """
    versions = [_version(actor, definition, source, adopted) for definition, source in said]
    for version in versions:
        version.status, version.effective_from = Version.Status.IN_EFFECT, adopted
    Version.objects.bulk_create(versions)
    for version in versions:
        _note_loaded(actor, version)
        bring_along(actor, version, None, adopted)


def _version(actor: Actor, definition: Definition, source: Source, now: datetime) -> Version:
    """The first version of a process, or another one when it is given its number; not saved yet."""
    compiled = compile_source(source)
    return Version(
        definition=definition, number=1, bpmn=source.bpmn, content={**source.content, ABOUT: dict(source.about)},
        digest=source.digest, layout=lay_out(graph_of(compiled)).to_json(), author_id=actor.id, created_at=now,
    )  # fmt: skip


def _note_loaded(actor: Actor, version: Version) -> None:
    fact = ProcessLoaded(code=version.definition.code, version=version.number, digest=version.digest)
    record(actor, chain_of(version.definition), [fact])


def compile_source(source: Source) -> Graph:
    """The graph of a source whose forms, tables, surveys and schedule can be used; raises what they are refused for."""
    compiled = compile_definition(source.bpmn.encode())
    for form in source.content["forms"].values():
        read_form(form)
    _check_surveys(source.code, compiled, source.content.get("surveys", {}))
    for key, one in source.content.get("decisions", {}).items():
        if key not in read_model(one["dmn"].encode()).decisions:
            raise ValueError(f"{source.code}: the file of the decision table {key!r} holds no decision of that id")
    if (schedule := source.content.get("schedule")) and (wrong := schedule_errors(schedule)):
        raise ValueError("; ".join(f"schedule.{path}: {one}" for path, told in wrong.items() for one in told))
    return compiled


def _check_surveys(code: str, compiled: Graph, surveys: Mapping[str, Any]) -> None:
    """ValueError for a survey that is built at no step for people, or starts with questions that cannot be asked."""
    for key, about in surveys.items():
        step = compiled.elements.get(about.get("build", ""))
        if step is None or step.kind != "userTask":
            raise ValueError(f"{code}: the survey {key!r} needs a user task at which it is built")
        if about.get("wanted"):
            compile_expression(about["wanted"])
        if about["questions"]:
            hand("survey_template")(about["questions"])


def findings_of(source: Source, definition: Definition, base: Version | None, snapshot: Roster) -> list[str]:
    """Everything that stands in a source's way, as sentences that name element and form; none: it can be a version."""
    try:
        compiled = compile_source(source)
    except (Refused, DecisionRefused) as refused:
        return [finding.text(language()) for finding in refused.findings]
    except FormRefused as refused:
        return [f"{finding.path}: {finding.text(language())}" for finding in refused.findings]
    except ExpressionError as error:
        return [error.text(language())]
    except (ValueError, KeyError, TypeError) as error:
        return [str(error)]
    return _misfits(source, compiled, definition, base, snapshot)


def _misfits(
    source: Source, compiled: Graph, definition: Definition, base: Version | None, snapshot: Roster
) -> list[str]:
    """What a diagram names that is not there: the process itself, positions, forms, documents, decision tables."""
    found = []
    code = compiled.settings.get("code", definition.code)
    if code != definition.code:
        found.append(_("The diagram is that of %(other)s, not of %(code)s.") % {"other": code, "code": definition.code})
    for lane in compiled.lanes:
        position = lane.position or ""
        if position and position not in snapshot.positions and position not in snapshot.groups:
            said = _("“%(lane)s” (%(id)s): there is no position or group “%(code)s”.")
            found.append(said % {"lane": lane.name, "id": lane.id, "code": position})
    found += _unknown_copies(compiled, snapshot)
    tables = source.content.get("decisions", {})
    starter = source.content.get("schedule", {}).get("starter", "")
    if starter and starter not in snapshot.positions:
        found.append(_("The schedule's starter: there is no position “%(code)s”.") % {"code": starter})
    # A form of that name may never have been: the step then asks for nothing but an opinion.
    asked = {e.settings.get("form", "") for e in compiled.elements.values()} & _forms_of(base)
    gone = asked - set(source.content["forms"])
    for one in compiled.elements.values():
        about = {"name": one.name, "id": one.id}
        for key, there, sentence in (
            ("document", source.content["documents"], _("“%(name)s” (%(id)s): there is no document “%(key)s”.")),
            ("decision", tables, _("“%(name)s” (%(id)s): there is no decision table “%(key)s”.")),
        ):
            if (named := one.settings.get(key)) and named not in there:
                found.append(sentence % {**about, "key": named})
        if (form := one.settings.get("form")) in gone:
            found.append(_("“%(name)s” (%(id)s): the form “%(key)s” is missing.") % {**about, "key": form})
    return found


def _unknown_copies(compiled: Graph, snapshot: Roster) -> Iterator[str]:
    """Whom a step copies when it is settled (hq:copyTo), and is nobody."""
    said = _("“%(name)s” (%(id)s) is copied to “%(code)s”: there is no position or group of that code.")
    for one in compiled.elements.values():
        for code in one.settings.get("copyTo", "").split():
            if code not in snapshot.positions and code not in snapshot.groups:
                yield said % {"name": one.name, "id": one.id, "code": code}


def _forms_of(version: Version | None) -> set[str]:
    return set(version.content["forms"]) if version else set()


def source_of_bpmn(bpmn: str, base: Version) -> Source:
    """A diagram by itself: forms, documents, decision tables and everything else stay as the base has them."""
    kept = source_of(base)
    return Source(kept.code, kept.about, bpmn, kept.content)


def take_effect(actor: Actor, version: Version, now: datetime, told: Iterable[int]) -> None:
    """Let a version that was agreed to be the one in effect; the one before it retires, running cases stay on theirs.

    `told` are the people who hear of it.
    """
    definition = version.definition
    before = definition.versions.filter(status=Version.Status.IN_EFFECT).first()
    if before is not None:
        before.status, before.retired_at = Version.Status.RETIRED, now
        before.save(update_fields=["status", "retired_at"])
    version.status, version.effective_from = Version.Status.IN_EFFECT, now
    version.save(update_fields=["status", "effective_from"])
    about = about_said(version)
    for name, value in about.items():
        setattr(definition, name, value)
    definition.save(update_fields=list(about))
    bring_along(actor, version, before, now)
    fact = VersionInEffect(
        code=definition.code, version=version.number, retired=before.number if before else 0, people=sorted(set(told))
    )
    record(actor, chain_of(definition), [fact], at=now, tell="notify.deliver")
