"""What pages ask about the list of words and what it finds."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from huiqian.base.errors import NotFound
from huiqian.claims.models import Phrase
from huiqian.claims.rules import Finding, Matcher, Word, checked_fields, findings_of, normal
from huiqian.forms.rules import Form


def matcher() -> Matcher:
    """The list as it stands, made ready; kept until it changes. 1 query, 2 after a change."""
    state = Phrase.objects.aggregate(n=Count("pk"), on=Count("pk", filter=Q(active=True)), at=Max("changed_at"))
    return _made(str(state))


@lru_cache(maxsize=2)
def _made(_state: str) -> Matcher:
    return Matcher(
        Word(one.pk, one.text, one.kind, one.level, one.why, one.suggestion, tuple(one.exceptions))
        for one in Phrase.objects.filter(active=True)
    )


def findings(form: Form, values: Mapping[str, Any]) -> dict[str, list[Finding]]:
    """What is found in the answers to a form, by field. No query for a form without such fields, else matcher()'s."""
    return findings_of(form, values, matcher()) if checked_fields(form) else {}


def phrases(search: str = "", kind: str = "", state: str = "") -> QuerySet[Phrase]:
    """The list, searched and filtered (`state`: on, off, refuse)."""
    found = Phrase.objects.all()
    if search:
        found = found.filter(Q(normal__contains=normal(search)) | Q(why__icontains=search))
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(level="refuse") if state == "refuse" else found.filter(active=state == "on")
    return found


def phrase(phrase_id: int) -> Phrase:
    """A word of the list. 1 query; NotFound."""
    found = Phrase.objects.filter(pk=phrase_id).first()
    if found is None:
        raise NotFound
    return found
