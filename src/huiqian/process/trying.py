"""Trying what may fail without taking the rest of a command with it: a service step, a decision table."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import override

from huiqian.base.errors import Incident, Invalid, Refusal, Text
from huiqian.engine import Fail, Input
from huiqian.feel import ExpressionError
from huiqian.process.run import Case

LANGUAGES = ("zh-hans", "en")


@dataclass(slots=True)
class Tried:
    """What is fed back to the engine: the answer, or that it failed."""

    answer: Input


@contextmanager
def trying(case: Case, wait: str) -> Iterator[Tried]:
    """Do the block within a savepoint; what it refuses on purpose becomes a Fail, with nothing of the block left."""
    facts, data = len(case.facts), dict(case.data)
    tried = Tried(Fail(wait, "unanswered"))
    try:
        with transaction.atomic():
            yield tried
    except (Incident, Refusal, ExpressionError) as failure:
        del case.facts[facts:]
        case.data.clear()
        case.data.update(data)
        case.troubles[wait] = said_by(failure)
        code = getattr(failure, "code", "failed")
        tried.answer = Fail(wait, str(code), case.troubles[wait][1], case.variables())


def said_by(failure: Incident | Refusal | ExpressionError) -> tuple[str, str]:
    """The sentence of a failure, in Chinese and in English."""
    if isinstance(failure, ExpressionError):
        return failure.text("zh"), failure.text("en")
    if isinstance(failure, Invalid):
        return both(next((sentence for sentences in failure.errors.values() for sentence in sentences), failure.text))
    return both(failure.text, failure.details if isinstance(failure, Incident) else {})


def both(text: Text, details: Mapping[str, object] | None = None) -> tuple[str, str]:
    """A sentence in Chinese and in English, with what fills its gaps."""
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(str(text) % details if details else str(text))
    return said[0], said[1]
