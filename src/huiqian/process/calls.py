"""Cases that call other cases, and messages between cases.

Nobody ever holds two cases' rows: a command writes a row about the other case and a tick looks after it later, with
that case alone in its hands. A row is settled in the transaction that acts on it: a worker killed between leaves it
open.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.engine import CallProcess, CancelCall, Fail, Input, ThrowMessage, ThrowSignal
from huiqian.forms.rules import plain
from huiqian.process.models import Call, Instance, Parcel, Subscription, Version
from huiqian.process.run import Case, retitle, save
from huiqian.process.start import new_case
from huiqian.process.trying import both

# How long a message is kept for a case that does not wait for it yet.
KEPT = timedelta(days=30)
# A suspended case hears of things when it goes on.
RESTING = [status for status in Instance.Status.values if status != Instance.Status.SUSPENDED]


def call_process(case: Case, effect: CallProcess) -> Input | None:
    """Start the called process as a case of its own; its caller hears of its end by a tick."""
    version = Version.objects.filter(definition__code=effect.process, status=Version.Status.IN_EFFECT).first()
    if version is None:
        case.troubles[effect.wait] = both(
            _("No version of process %(process)s is in effect."), {"process": effect.process}
        )
        return Fail(effect.wait, "no-process", effect.process, case.variables())
    values = {name: plain(value) for name, value in effect.variables.items()}
    child = new_case(case.actor, version, case.now, data=values, starter=case.starter_id, parent=case.id)
    retitle(child)
    save(child)
    ended = "" if child.status == Instance.Status.RUNNING else child.status
    until = case.content.definition.elements[effect.element].settings.get("until", "")
    call = Call(caller_id=case.id, wait=effect.wait, child_id=child.id, until=until, how=ended, error=child.ended_with)
    call.save(force_insert=True)
    return None


def pass_on(case: Case, started: Case) -> None:
    """A called case hands on to the process that its caller waits for: the caller now waits for the case that began,
    and hears of how that one ends. 1 statement.
    """
    ended = "" if started.status == Instance.Status.RUNNING else started.status
    waiting = Call.objects.filter(child_id=case.id, until=started.content.code, how="", settled_at__isnull=True)
    waiting.update(child_id=started.id, how=ended, error=started.ended_with)


def cancel_call(case: Case, effect: CancelCall) -> None:
    """The caller left the place: a tick withdraws the called case."""
    Call.objects.filter(caller_id=case.id, wait=effect.wait, settled_at__isnull=True).update(cancelled=True)


def answer_caller(case: Case, error: str) -> None:
    """A case that another one called has ended: leave word for the caller. 1 statement."""
    case.ended_with = error[:100]
    Call.objects.filter(child_id=case.id, settled_at__isnull=True).update(how=case.status, error=case.ended_with)


def throw_message(case: Case, effect: ThrowMessage) -> None:
    """Send a message on its way to the case that waits, or will wait, for it."""
    Parcel.objects.create(
        source_id=case.id, name=effect.name, key=effect.key or "", thrown_at=case.now,
        values={name: plain(value) for name, value in effect.variables.items()},
    )  # fmt: skip


def throw_signal(case: Case, effect: ThrowSignal) -> None:
    """Send a signal on its way to every case that listens now; who listens later does not hear it."""
    listening = Subscription.objects.filter(name=effect.name, signal=True).values_list("instance_id", flat=True)
    Parcel.objects.bulk_create(
        Parcel(instance_id=hearer, source_id=case.id, signal=True, name=effect.name, thrown_at=case.now)
        for hearer in sorted(set(listening))
    )


def settle_call(call: Call, at: datetime) -> bool:
    """Take a call's answer into one's hands: of all who ask, one gets it; nobody where it was passed on meanwhile."""
    found = Call.objects.filter(pk=call.pk, child_id=call.child_id, settled_at__isnull=True)
    return bool(found.update(settled_at=at))


def settle_parcel(parcel: int, at: datetime) -> bool:
    """Take a parcel into one's hands: of all who ask, one gets it."""
    return bool(Parcel.objects.filter(pk=parcel, settled_at__isnull=True).update(settled_at=at))


def open_calls(most: int) -> list[int]:
    """Calls to look after: ended and not told yet (but for a suspended caller), or called off. 1 query."""
    ended = Q(how__gt="", caller__status__in=RESTING) | Q(cancelled=True)
    found = Call.objects.filter(ended, settled_at__isnull=True).order_by("id")
    return list(found.values_list("pk", flat=True)[:most])


def open_parcels(most: int) -> list[int]:
    """Messages that a case waits for, signals of cases that are not suspended, and what is too old. 1 query."""
    waited_for = Subscription.objects.filter(
        Q(key=OuterRef("key")) | Q(key=""), name=OuterRef("name"), signal=False, instance__status="running"
    )
    ready = (
        Q(signal=True, instance__status__in=RESTING)
        | (Q(signal=False) & Exists(waited_for))
        | Q(thrown_at__lt=clock.now() - KEPT)
    )
    found = Parcel.objects.filter(ready, settled_at__isnull=True).order_by("id")
    return list(found.values_list("pk", flat=True)[:most])


def waiting_for(parcel: Parcel) -> Subscription | None:
    """The oldest wait for a message. 1 query."""
    found = Subscription.objects.filter(
        Q(key=parcel.key) | Q(key=""), name=parcel.name, signal=False, instance__status="running"
    )
    return found.order_by("id").first()


def forget_what_was_heard(case: Case) -> None:
    """Forget the subscriptions whose waits are over."""
    Subscription.objects.filter(instance_id=case.id).exclude(wait__in=list(case.state.waits)).delete()
