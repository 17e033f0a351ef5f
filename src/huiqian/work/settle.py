"""What deciding a share of a task does, inside the transaction of whoever decides."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from huiqian.base import wires
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Invalid
from huiqian.documents import effects as documents
from huiqian.documents.effects import Written
from huiqian.engine import Complete, Element, Return
from huiqian.engine.order import lies_behind
from huiqian.forms.queries import directory
from huiqian.forms.rules import check_answers
from huiqian.process.content import DocumentKind
from huiqian.process.members import SEPARATOR
from huiqian.process.run import Case, advance, retitle
from huiqian.work.effects import copy_by_step
from huiqian.work.events import CaseReturned, TaskDecided
from huiqian.work.rules import OpenTask, Share, acts_as_themself, is_settled, next_in_turn, own_name, rights, written_by

DECIDE = """
with share as (
    update work_assignment set status = 'done', outcome = %s, opinion = %s, decided_by_id = %s, decided_at = %s
    where id = %s
), others as (
    update work_assignment set status = 'closed'
    where task_id = %s and id <> %s and %s and status in ('open', 'waiting')
)
update work_task set status = %s, closed_at = %s where id = %s
"""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes a document's version, as it names them; whoever decides for somebody else writes both names."""

    id: int | None
    name: str


def behalf_of(case: Case, share: Share) -> int | None:
    """The person for whom the actor decides; None where the share is the actor's own."""
    return share.person if share.person != case.actor.id else None


def check_values(case: Case, element: Element, values: Mapping[str, Any] | None, outcome: str = "") -> dict[str, Any]:
    """The answers of a step's form, checked and canonical; Invalid names each wrong field. Nothing without a form.

    Rules may read which answer was chosen as `outcome`.
    """
    form = case.content.form_of(element.id)
    if form is None:
        return {}
    today = case.now.astimezone(COMPANY_ZONE).date()
    variables: Mapping[str, object] = ChainMap({"outcome": outcome or None}, case.variables())  # type: ignore[arg-type]
    checked = check_answers(
        form, values or {}, rights=rights(element), known=case.answers, today=today, variables=variables,
        directory=directory(),
    )  # fmt: skip
    if checked.errors:
        raise Invalid(checked.errors)
    return checked.values


def settle(case: Case, task: OpenTask, share: Share, outcome: str, opinion: str, values: Mapping[str, Any]) -> bool:
    """Write a decision that agrees; where it settles the task, move the case on. Returns whether it did."""
    element = case.content.definition.elements[task.element]
    settled = is_settled(task, share)
    _write(case, task, share, outcome, opinion, settled, "done")
    answers = case.answers
    changes = {name: value for name, value in values.items() if answers.get(name) != value}
    case.keep(values)
    _attach(case, element, changes, outcome)
    if values and not case.scope.key:
        retitle(case)
    written = _documents(case, element, share, outcome, opinion)
    case.facts.append(
        TaskDecided(
            task=task.id, element=element.id, outcome=outcome, opinion=opinion, settled=settled,
            document_version=written.number if written else None, document_digest=written.digest if written else "",
            changes=changes or None,
        )
    )  # fmt: skip
    if settled:
        copy_by_step(case, element)
        # What the step's output rows may read beside the answers.
        result = {"outcome": outcome, "opinion": opinion} if element.outputs else {}
        advance(case, Complete(task.wait, case.variables(), result))
    elif (following := next_in_turn(task, share)) is not None:
        with connection.cursor() as cursor:
            cursor.execute(
                "update work_assignment set status = 'open', assigned_at = %s where id = %s", [case.now, following.id]
            )
    return settled


def send_back(case: Case, task: OpenTask, share: Share, outcome: str, opinion: str, to: str) -> None:
    """Write a return and let the case go back to `to`: signatures are void, other branches close, visibly."""
    element = case.content.definition.elements[task.element]
    _write(case, task, share, outcome, opinion, True, "returned")
    _documents(case, element, share, outcome, opinion)
    behind = lies_behind(case.content.definition, to)
    void = documents.void_signatures(case.id, behind, case.now, member=case.scope.key)
    case.facts.append(CaseReturned(task=task.id, element=element.id, to=to, opinion=opinion, void_signatures=void))
    case.round += 1
    case.returned_from = element.id
    advance(case, Return(task.wait, to, case.variables()))


def _write(case: Case, task: OpenTask, share: Share, outcome: str, opinion: str, settled: bool, closed_as: str) -> None:
    if behalf_of(case, share) is not None:
        # What somebody decided for another stays readable to them when that is over.
        documents.add_reader(case.id, case.actor.person, "participant", case.now)
    with connection.cursor() as cursor:
        cursor.execute(
            DECIDE,
            [
                outcome, opinion, case.actor.id, case.now, share.id,
                task.id, share.id, settled,
                closed_as if settled else "open", case.now if settled else None, task.id,
            ],
        )  # fmt: skip


def _attach(case: Case, element: Element, changes: Mapping[str, Any], outcome: str) -> None:
    """Files of a step that writes no document belong to the case as well, so that whoever comes next can open them."""
    form = case.content.form_of(element.id)
    if form is not None and not written_by(element, outcome):
        documents.attach(case.id, [UUID(one) for one in form.file_ids(changes)], case.actor.person)


def _documents(case: Case, element: Element, share: Share, outcome: str, opinion: str) -> Written | None:
    """Write the step's document version and put the signature under the version it decides on."""
    written = written_by(element, outcome)
    version = None
    if written:
        kind = case.content.documents[written]
        version = documents.write_version(
            case.id, _key(case, written), number=_number(case, kind), name_zh=kind.name_zh, name_en=kind.name_en,
            title=_title(case, kind), process_code=case.content.code, process_version=case.version_id,
            form=case.content.forms[kind.form], values=case.answers, author=_writer(case, share), at=case.now,
        )  # fmt: skip
    # Whoever sends a case back instead of writing has nothing of their own to sign.
    signed = element.settings.get("sign") or written
    if signed:
        asked, today = case.roster.people[share.person], case.now.astimezone(COMPANY_ZONE).date()
        position = case.roster.acting_position(
            element.position or "", asked.id, today, named=acts_as_themself(share.via)
        )
        behalf = behalf_of(case, share) is not None
        documents.sign(
            case.id, _key(case, signed), step=element.id, step_name=element.name,
            step_name_en=element.settings.get("nameEn", ""), position_name_en=position.name_en if position else "",
            outcome_name_en=own_name(element, outcome, "nameEn"),
            position=position.code if position else "" if acts_as_themself(share.via) else element.position or "",
            position_name=position.name_zh if position else "", person=case.actor.person,
            person_name=case.actor.name if behalf else asked.name, behalf_name=asked.name if behalf else "",
            outcome=outcome, outcome_name=own_name(element, outcome), opinion=opinion, at=case.now,
        )  # fmt: skip
    return version


def _writer(case: Case, share: Share) -> Writer:
    if behalf_of(case, share) is None:
        return Writer(case.actor.id, case.actor.name)
    return Writer(case.actor.id, f"{case.actor.name}（代 {case.roster.people[share.person].name}）"[:100])


def _key(case: Case, key: str) -> str:
    """A document's key within the case: members have one each."""
    own = case.scope.key and case.content.documents[key].each
    return f"{key}{SEPARATOR}{case.scope.key}" if own else key


def _number(case: Case, kind: DocumentKind) -> str:
    number = f"{case.number}-{kind.place:02d}"
    own = case.scope.key and kind.each
    return f"{number}-{case.members.of(case.scope.key).number:02d}" if own else number


def _title(case: Case, kind: DocumentKind) -> str:
    if not (case.scope.key and kind.each):
        return case.title
    person = next((p.name for p in case.roster.people.values() if p.login == case.scope.key), case.scope.key)
    return f"{case.title} · {person}"[:200]


def check_requirements(case: Case, element: Element, answers: Mapping[str, Any]) -> None:
    """Ask the rooms that the step names (hq:requires) whether what it needs is there; Invalid says what is missing.

    `answers` are the step's, checked but not kept yet, with the answer chosen as `outcome`.
    """
    for name in element.settings.get("requires", "").split():
        wires.hand(f"require:{name}")(case, element.id, answers)
