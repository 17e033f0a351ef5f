"""What this room does when the engine asks: timers, subscriptions, decision tables, services, incidents, the end."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiqian.base import wires
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Incident as Stuck
from huiqian.documents import effects as documents
from huiqian.engine import (
    Await,
    CancelService,
    CancelTimer,
    ClearIncident,
    Complete,
    EndInstance,
    Forget,
    Input,
    RaiseIncident,
    RunDecision,
    RunService,
    SetTimer,
    WriteVariable,
)
from huiqian.forms.rules import plain
from huiqian.process import handover
from huiqian.process.calls import answer_caller
from huiqian.process.content import decision_model
from huiqian.process.events import CaseEnded, DecisionTaken, IncidentRaised, ServiceRun
from huiqian.process.models import Incident, Instance, Subscription, Timer
from huiqian.process.run import Case
from huiqian.process.trying import trying


def set_timer(case: Case, effect: SetTimer) -> None:
    """Remember when a wait is over; a worker fires it."""
    Timer.objects.update_or_create(
        instance_id=case.id, wait=effect.wait, defaults={"element": effect.element, "due_at": effect.due}
    )


def cancel_timer(case: Case, effect: CancelTimer) -> None:
    """Forget a timer whose place was left."""
    Timer.objects.filter(instance_id=case.id, wait=effect.wait).delete()


def subscribe(case: Case, effect: Await) -> None:
    """Remember which message a wait is for."""
    Subscription.objects.update_or_create(
        instance_id=case.id,
        wait=effect.wait,
        defaults={
            "element": effect.element,
            "name": effect.name,
            "key": effect.key or "",
            "signal": effect.signal,
        },
    )


def unsubscribe(case: Case, effect: Forget) -> None:
    """Forget a subscription whose place was left."""
    Subscription.objects.filter(instance_id=case.id, wait=effect.wait).delete()


def write_variable(case: Case, effect: WriteVariable) -> None:
    """Keep what output rows give with the member acted for, if any; what members gave together with the case."""
    value = plain(effect.value)
    if effect.name in case.content.gathered:
        case.data[effect.name] = value
    else:
        case.keep({effect.name: value})


def run_decision(case: Case, effect: RunDecision) -> Input:
    """Ask the decision table as it stood when the case began, and keep its answer under the result's name.

    Where the table cannot answer, the case stands there with an incident.
    """
    with case.within(effect.wait), trying(case, effect.wait) as tried:
        version = case.decisions.get(effect.decision)
        if version is None:
            raise Stuck("no-decision", _("There is no decision table %(key)s."), key=effect.decision)
        decided = decision_model(version).decide(effect.decision, case.variables())
        result = {effect.result: plain(decided.value)} if effect.result else {}
        case.keep(result)
        case.facts.append(
            DecisionTaken(
                element=effect.element, key=effect.decision, version=version, rules=list(decided.matched), result=result
            )
        )
        tried.answer = Complete(effect.wait, case.variables())
    return tried.answer


def run_service(case: Case, effect: RunService) -> Input:
    """Do a service step: the operation's hand answers with values that the case keeps.

    Where the operation cannot be done (Incident), what it did is taken back, and only that: the case stands there with
    an incident until an administrator retries.
    """
    operation = OPERATIONS.get(effect.operation) or wires.hand(f"operation:{effect.operation}")
    with case.within(effect.wait), trying(case, effect.wait) as tried:
        result: Mapping[str, object] = operation(case, effect.inputs)
        case.keep({name: plain(value) for name, value in result.items()})
        case.facts.append(ServiceRun(element=effect.element, operation=effect.operation, result=dict(result)))
        tried.answer = Complete(effect.wait, case.variables())
    return tried.answer


def archive_document(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Put a document of the case, or several, in force: from now on they stand in the archive."""
    named = inputs["document"]
    for key in named if isinstance(named, list) else [str(named)]:
        if not documents.put_in_force(case.id, key, case.now):
            raise Stuck("no-document", _("There is no document to archive: %(key)s."), key=key)
    return {}


def list_holders(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Everybody who holds a position today, by login, under the position's code in the plural."""
    position = str(inputs["position"])
    chosen = case.roster.choose(position, case.now.astimezone(COMPANY_ZONE).date())
    return {f"{position}s": [choice.person.login for choice in chosen if choice.via == "holder"]}


# Service operations that a diagram may name (hq:operation).
OPERATIONS: dict[str, Callable[[Case, Mapping[str, Any]], Mapping[str, object]]] = {
    "archive_document": archive_document,
    "list_holders": list_holders,
    "start_process": handover.start_process,
    "hand_on": handover.hand_on,
}


def forget_service(case: Case, effect: CancelService) -> None:
    """Nothing to call back: operations and decision tables answer at once. One that failed is told by its incident."""


def raise_incident(case: Case, effect: RaiseIncident) -> None:
    """Keep why the case cannot go on, for an operator."""
    zh, en = case.troubles.pop(effect.wait, (effect.text("zh"), effect.text("en")))
    Incident.objects.create(
        instance_id=case.id, wait=effect.wait, element=effect.element, code=effect.code, text_zh=zh, text_en=en,
        raised_at=case.now,
    )  # fmt: skip
    case.facts.append(IncidentRaised(element=effect.element, code=effect.code, text=en))


def clear_incident(case: Case, effect: ClearIncident) -> None:
    """The cause is mended, or its place was left."""
    Incident.objects.filter(instance_id=case.id, wait=effect.wait, solved_at__isnull=True).update(solved_at=case.now)


def end_case(case: Case, effect: EndInstance) -> None:
    """The case is over."""
    case.status = Instance.Status(effect.how)
    case.ended_at = case.now
    answer_caller(case, effect.error)
    if case.status != Instance.Status.COMPLETED:
        documents.withdraw_documents(case.id, case.now)
    case.facts.append(CaseEnded(number=case.number, how=effect.how))
