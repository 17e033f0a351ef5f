"""What people do with pins."""

from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid, Stale
from huiqian.documents.models import Document
from huiqian.process.access import case_for
from huiqian.process.run import Case, lock_case, write_facts
from huiqian.proofing.access import check_open, check_takes_part, may_confirm, may_settle, pin_for
from huiqian.proofing.events import PinAnswered, PinSet
from huiqian.proofing.models import Pin, Remark
from huiqian.proofing.queries import Proof, proof_of_file
from huiqian.proofing.rules import MOST, MOVES, REPLY, SETTLED, PinCard, check_pin, check_remark


@command
def set_pin(actor: Actor, number: str, file: UUID, card: PinCard, key: UUID) -> Pin:
    """Set a pin on a page of a file of a document's latest version; of several at once each gets its own number.

    `key` is the form's own: sent twice, it is one pin. Refusals: NotFound, Forbidden (who only looks on), Stale (there
    is a newer version), ProofClosed (no longer in review), Invalid by field.
    """
    case = lock_case(actor, case_for(actor, number).pk, clock.now())
    before = Pin.objects.filter(case_id=case.id, author_id=actor.person, key=key).first()
    if before is not None:
        return before
    proof = proof_of_file(case.id, file)
    check_takes_part(actor, case.id, case.starter_id)
    check_open(proof.document, case.running)
    if proof.version != proof.document.version_count:
        raise Stale(_("There is a newer version of this file. Set your pin there."))
    spot = check_pin(card, proof.file.pages)
    last = Pin.objects.filter(document=proof.document).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST:
        raise Invalid({"text": [_("This document has as many pins as it can have. Reply to one of them.")]})
    pin = Pin.objects.create(
        case_id=case.id, document=proof.document, number=last + 1, version=proof.version, file=file,
        sha256=proof.file.checksum, place=proof.place, page=spot.page, x=spot.x, y=spot.y, text=spot.text,
        author_id=actor.person, author_name=actor.name, set_at=case.now, key=key,
    )  # fmt: skip
    case.facts.append(_fact(pin, proof))
    write_facts(case)
    return pin


def _fact(pin: Pin, proof: Proof) -> PinSet:
    return PinSet(
        document=proof.document.number, pin=pin.number, version=pin.version, file=proof.file.name, sha256=pin.sha256,
        page=pin.page, x=str(pin.x), y=str(pin.y), text=pin.text,
    )  # fmt: skip


@command
def answer_pin(actor: Actor, pin: int, kind: str, text: str, key: UUID) -> Pin:
    """Reply to a pin, say that it is settled, confirm that, or open it again with a word on what is still wrong.

    Whoever takes part replies; who made the draft settles; who set the pin confirms or opens again. `key` is the form's
    own: sent twice, it is one answer. Refusals: NotFound, Forbidden, Stale (it stands otherwise by now), ProofClosed,
    Invalid by field.
    """
    case = lock_case(actor, pin_for(actor, pin).case_id, clock.now())
    found = pin_for(actor, pin)
    if Remark.objects.filter(pin=found, author_id=actor.person, key=key).exists():
        return found
    check_takes_part(actor, case.id, case.starter_id)
    check_open(found.document, case.running)
    said = check_remark(kind, text)
    _check_may(actor, case, found, kind)
    if kind != REPLY:
        before, after = MOVES[kind]
        if found.state not in before:
            raise Stale(_("This pin stands otherwise by now. Look at it again."))
        found.state = after
        found.save(update_fields=["state"])
    document: Document = found.document
    Remark.objects.create(
        pin=found, kind=kind, version=document.version_count, text=said, author_id=actor.person,
        author_name=actor.name, said_at=case.now, key=key,
    )  # fmt: skip
    case.facts.append(
        PinAnswered(
            document=document.number, pin=found.number, what=kind, version=document.version_count, text=said
        )
    )  # fmt: skip
    write_facts(case)
    return found


def _check_may(actor: Actor, case: Case, pin: Pin, kind: str) -> None:
    if kind == REPLY:
        return
    if kind == SETTLED:
        if not may_settle(actor, pin.document, case.id, case.content):
            raise Forbidden(_("Whoever makes the draft says that a pin is settled."))
    elif not may_confirm(actor, pin):
        raise Forbidden(_("Whoever set the pin says whether it is settled."))
