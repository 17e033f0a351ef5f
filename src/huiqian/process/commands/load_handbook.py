"""Bring the handbook's files into the database."""

import json
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.commands import command
from huiqian.base.wires import hand
from huiqian.diagram import graph_of, lay_out
from huiqian.engine import Definition as Graph
from huiqian.engine import compile_definition
from huiqian.feel import compile_expression
from huiqian.feel.dmn import read_model
from huiqian.forms.rules import read_form
from huiqian.journal.record import record
from huiqian.org.access import check_may_administer
from huiqian.process.events import DecisionSaved, ProcessLoaded
from huiqian.process.models import Decision, DecisionVersion, Definition, Version
from huiqian.process.schedules import load_schedule

# Any number: the same in every process, used for nothing else.
LOAD_LOCK = 0x10AD


@command
def load_handbook(actor: Actor, folder: Path, since: date | None = None) -> list[str]:
    """Load every process folder that is new or has changed; returns the codes loaded.

    A process that comes for the first time is in effect at once: it is the handbook as the company adopted it, `since`
    a day where the company worked by it before. A changed folder of a process that is known becomes a draft version,
    which waits for the joint review.
    Decision tables and schedules are loaded only where there are none: from then on they belong to the administrators.
    """
    check_may_administer(actor)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOAD_LOCK])
    adopted = datetime.combine(since, time(), COMPANY_ZONE) if since else clock.now()
    folders = [path.parent for path in sorted(folder.glob("*/process.json"))]
    return [loaded for one in folders if (loaded := _load(actor, one, adopted))]


def _load(actor: Actor, folder: Path, adopted: datetime) -> str:
    said: dict[str, Any] = json.loads((folder / "process.json").read_text())
    bpmn = (folder / "process.bpmn").read_text()
    forms = {path.stem: json.loads(path.read_text()) for path in sorted((folder / "forms").glob("*.json"))}
    content = {
        "forms": forms,
        # The database keeps no order of keys: a document's place, which its number tells, is written down.
        "documents": {key: {**about, "place": n} for n, (key, about) in enumerate(said["documents"].items(), start=1)},
        "steps": said.get("steps", {}),
        "purpose": said["purpose"],
        "provisional": said.get("provisional", False),
        "receives": said.get("receives", {}),
        "panels": said.get("panels", []),
        "print": {path.stem: path.read_text() for path in sorted((folder / "print").glob("*.typ"))},
    }
    # Written only where there are some: a process without stays the version that it is.
    if surveys := said.get("surveys"):
        content["surveys"] = {key: _survey(folder, about) for key, about in surveys.items()}
    digest = sha256((bpmn + json.dumps(content, sort_keys=True, ensure_ascii=False)).encode()).hexdigest()
    definition, _created = Definition.objects.update_or_create(
        code=said["code"],
        defaults={
            "name_zh": said["name"]["zh"],
            "name_en": said["name"].get("en", ""),
            "owner": said.get("owner", ""),
            "startable": said.get("startable", True),
        },
    )
    _load_decisions(actor, definition, folder, said.get("decisions", {}), adopted)
    load_schedule(actor, definition, said.get("schedule", {}), said.get("starter", ""), clock.now())
    if definition.versions.filter(digest=digest).exists():
        return ""
    _save_version(actor, definition, bpmn, content, digest, adopted)
    return definition.code


def _survey(folder: Path, about: dict[str, Any]) -> dict[str, Any]:
    """What process.json says of a survey, with the questions of its template."""
    questions = json.loads((folder / about["template"]).read_text()) if about.get("template") else {}
    return {**about, "questions": questions}


def _check_surveys(code: str, compiled: Graph, surveys: dict[str, Any]) -> None:
    """ValueError for a survey that is built at no step for people, or starts with questions that cannot be asked."""
    for key, about in surveys.items():
        step = compiled.elements.get(about.get("build", ""))
        if step is None or step.kind != "userTask":
            raise ValueError(f"{code}: the survey {key!r} needs a user task at which it is built")
        if about.get("wanted"):
            compile_expression(about["wanted"])
        if about["questions"]:
            hand("survey_template")(about["questions"])


def _save_version(
    actor: Actor, definition: Definition, bpmn: str, content: dict[str, Any], digest: str, adopted: datetime
) -> None:
    compiled = compile_definition(bpmn.encode())
    for form in content["forms"].values():
        read_form(form)
    _check_surveys(definition.code, compiled, content.get("surveys", {}))
    number = definition.versions.count() + 1
    first = number == 1
    Version.objects.create(
        definition=definition, number=number, bpmn=bpmn, content=content, digest=digest,
        created_at=adopted if first else clock.now(),
        layout=lay_out(graph_of(compiled)).to_json(), author_id=actor.id,
        status=Version.Status.IN_EFFECT if first else Version.Status.DRAFT, effective_from=adopted if first else None,
    )  # fmt: skip
    record(actor, f"process:{definition.code}", [ProcessLoaded(code=definition.code, version=number, digest=digest)])


def _load_decisions(
    actor: Actor, definition: Definition, folder: Path, said: dict[str, Any], adopted: datetime
) -> None:
    for key, about in said.items():
        decision, created = Decision.objects.get_or_create(
            definition=definition,
            key=key,
            defaults={"name_zh": about["name"]["zh"], "name_en": about["name"].get("en", "")},
        )
        if created:
            dmn = (folder / about["file"]).read_text()
            read_model(dmn.encode())
            DecisionVersion.objects.create(decision=decision, number=1, dmn=dmn, author_id=actor.id, created_at=adopted)
            record(
                actor,
                f"process:{definition.code}",
                [DecisionSaved(code=definition.code, key=key, version=1, note="")],
            )
