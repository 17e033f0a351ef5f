"""Answers to a questionnaire: which questions are asked, and whether what was answered fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Text
from huiqian.forms.rules import Field, Words
from huiqian.forms.rules.kinds import Wrong, clean
from huiqian.surveys.rules.shape import (
    ANSWERED,
    AT_LEAST,
    AT_MOST,
    CHOICE,
    CONTAINS,
    DATE,
    FILE,
    IS,
    IS_NOT,
    LONG_TEXT,
    MATRIX,
    NUMBER,
    SCALE,
    SEVERAL,
    TEXT,
    Condition,
    Question,
    Questionnaire,
)

LENGTHS = {TEXT: 200, LONG_TEXT: 3000}
FILES = 5
# What was posted or sent, by question: texts, for a matrix row → text, for files their ids.
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers in canonical form, by question; sentences about those that do not fit; the questions that are asked."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[Text]] = field(default_factory=dict)
    asked: tuple[str, ...] = ()


def check_answers(asked: Questionnaire, raw: Raw) -> Checked:
    """All answers, in the order of the questions: what is not asked is dropped, what is required must be there."""
    checked = Checked()
    shown: list[str] = []
    for question in asked:
        if not is_asked(question, checked.values, shown):
            continue
        shown.append(question.name)
        try:
            value = _clean(question, raw.get(question.name))
        except Wrong as wrong:
            checked.errors[question.name] = [wrong.sentence]
            continue
        if value is not None:
            checked.values[question.name] = value
        if question.required and not _is_whole(question, value):
            checked.errors[question.name] = [
                _("Answer every line.") if question.kind == MATRIX and value else _("Please answer this question.")
            ]
    return Checked(checked.values, checked.errors, tuple(shown))


def is_asked(question: Question, values: Mapping[str, Any], shown: Sequence[str]) -> bool:
    """Whether a question's condition holds; one about a question that is not asked itself does not."""
    said = question.show_if
    return said is None or (said.question in shown and _holds(said, values.get(said.question)))


def _holds(said: Condition, value: Any) -> bool:
    if said.op == ANSWERED:
        return value is not None
    if said.op in (IS_NOT,):
        return value is not None and str(value) != said.value
    if isinstance(value, list):
        return (said.value in value) == (said.op == CONTAINS)
    if value is None:
        return said.op == "lacks"
    if said.op == IS and not _is_number(value):
        return str(value) == said.value
    if not _is_number(value):
        return False
    number, bound = Decimal(str(value)), Decimal(said.value)
    return {AT_LEAST: number >= bound, AT_MOST: number <= bound, IS: number == bound}.get(said.op, False)


def _is_number(value: object) -> bool:
    if isinstance(value, int):
        return True
    return isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdecimal()


def _is_whole(question: Question, value: Any) -> bool:
    if question.kind == MATRIX:
        return value is not None and len(value) == len(question.rows)
    return value is not None


def _clean(question: Question, raw: Any) -> Any:
    if question.kind == MATRIX:
        return _matrix(question, raw)
    if question.kind == SEVERAL:
        return _several(question, raw)
    if question.kind == FILE:
        return clean(_field(question, "files", max_rows=FILES), raw)
    if isinstance(raw, list):
        raw = raw[0] if raw else None
    if question.kind == CHOICE:
        return _code(question, raw)
    if question.kind == SCALE:
        return _step(question, raw)
    if question.kind == NUMBER:
        return clean(_field(question, "number", min=question.least, max=question.most), raw)
    if question.kind == DATE:
        return clean(_field(question, "date"), raw)
    return clean(_field(question, question.kind, max_length=LENGTHS[question.kind]), raw)


def _field(question: Question, kind: str, **bounds: Any) -> Field:
    return Field(name=question.name, type=kind, label=Words(), **bounds)


def _code(question: Question, raw: Any) -> str | None:
    if raw in (None, ""):
        return None
    if not isinstance(raw, str) or question.option(raw) is None:
        raise Wrong(_("Choose one of the answers offered."))
    return raw


def _several(question: Question, raw: Any) -> list[str] | None:
    given = [raw] if isinstance(raw, str) else raw
    if not given:
        return None
    if not isinstance(given, list) or not all(isinstance(code, str) and question.option(code) for code in given):
        raise Wrong(_("Choose from the answers offered."))
    return [option.code for option in question.options if option.code in given]


def _step(question: Question, raw: Any) -> int | None:
    if raw in (None, ""):
        return None
    said = str(raw)
    if isinstance(raw, bool) or not (
        said.isascii() and said.isdecimal() and len(said) < 3 and int(said) in question.steps
    ):
        raise Wrong(_("Choose one of the points of the scale."))
    return int(said)


def _matrix(question: Question, raw: Any) -> dict[str, str] | None:
    if not raw:
        return None
    if not isinstance(raw, Mapping) or set(raw) - {row.code for row in question.rows}:
        raise Wrong(_("Choose from the answers offered."))
    found = {row.code: code for row in question.rows if (code := _code(question, raw.get(row.code))) is not None}
    return found or None


def raw_from(asked: Questionnaire, posted: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What a page posted, by question: `q1`, for a matrix `q1.row`."""
    raw: dict[str, Any] = {}
    for question in asked:
        if question.kind == MATRIX:
            rows = {row.code: posted.get(f"{question.name}.{row.code}", ()) for row in question.rows}
            raw[question.name] = {code: given[-1] for code, given in rows.items() if given and given[-1]}
        elif given := posted.get(question.name):
            raw[question.name] = list(given) if question.kind in {SEVERAL, FILE} else given[-1]
    return raw
