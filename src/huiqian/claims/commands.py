"""What administrators do with the list of words."""

import json
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, NotFound
from huiqian.claims.events import PhraseSaved
from huiqian.claims.models import Phrase
from huiqian.claims.rules import PhraseCard, check_phrase, normal
from huiqian.journal.record import record
from huiqian.org.access import check_may_administer


@command
def save_phrase(actor: Actor, card: PhraseCard, phrase: int | None = None) -> Phrase:
    """Add a word to the list, or change one; switched off, it is looked for no more. Administrators only.

    Refusals: Forbidden, NotFound, Invalid by field (a word that is in the list already, among them).
    """
    check_may_administer(actor)
    found = Phrase() if phrase is None else Phrase.objects.select_for_update().filter(pk=phrase).first()
    if found is None:
        raise NotFound
    check_phrase(card, Phrase.Kind.values)
    if Phrase.objects.filter(normal=normal(card.text)).exclude(pk=found.pk).exists():
        raise Invalid({"text": [_("This word is in the list already.")]})
    _write(actor, found, card)
    return found


def _write(actor: Actor, found: Phrase, card: PhraseCard) -> None:
    found.text, found.normal, found.kind, found.level = card.text.strip(), normal(card.text), card.kind, card.level
    found.why, found.suggestion, found.exceptions = card.why, card.suggestion, card.listed
    found.active, found.changed_by, found.changed_at = card.active, actor.name, clock.now()
    found.save()
    fact = PhraseSaved(
        phrase=found.pk, text=found.text, group=found.kind, level=found.level, why=found.why,
        suggestion=found.suggestion, exceptions=found.exceptions, active=found.active,
    )  # fmt: skip
    record(actor, "claims", [fact], at=found.changed_at)


@command
def load_phrases(actor: Actor, file: Path) -> int:
    """A new installation's list, where there is none yet; how many words. Administrators (and the product itself)."""
    check_may_administer(actor)
    if Phrase.objects.exists():
        return 0
    groups = json.loads(file.read_text(encoding="utf-8"))
    cards = [
        PhraseCard(
            text=text, kind=group["kind"], why=group["why"], suggestion=group.get("suggestion", ""),
            exceptions="\n".join(one for one in group.get("exceptions", ()) if normal(text) in normal(one)),
        )
        for group in groups
        for text in group["words"]
    ]  # fmt: skip
    for card in cards:
        check_phrase(card, Phrase.Kind.values)
        _write(actor, Phrase(), card)
    return len(cards)
