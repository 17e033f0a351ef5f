"""What came of a survey: counts, means and texts, question by question."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from huiqian.surveys.rules.shape import (
    CHOICE,
    DATE,
    FILE,
    LONG_TEXT,
    MATRIX,
    NUMBER,
    SCALE,
    SEVERAL,
    TEXT,
    Question,
    Questionnaire,
)

TEXTS_TOLD = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer and how often it was given; `share` is in percent of those who answered.

    `start` is where it begins when all answers stand in one bar, in percent.
    """

    code: str
    label: str
    count: int
    share: Decimal
    start: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a matrix: its answers, counted."""

    label: str
    bars: tuple[Bar, ...]
    answered: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A question's answers, counted. Which parts are filled depends on its kind."""

    question: Question
    number: int
    answered: int
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    mean: Decimal | None = None
    middle: Decimal | None = None
    lowest: str = ""
    highest: str = ""
    # Texts with the answer they stand in, newest first; for files their ids.
    texts: tuple[tuple[int, str], ...] = ()

    @property
    def summary(self) -> str:
        """The result in one sentence, in the reader's language."""
        return _summary(self)


def tally(asked: Questionnaire, answers: Sequence[tuple[int, Mapping[str, Any]]]) -> list[Tally]:
    """Every question's result; `answers` are (id, values), newest last."""
    return [_tally(one, asked.numbers[one.name], _given(one.name, answers)) for one in asked]


def _given(name: str, answers: Sequence[tuple[int, Mapping[str, Any]]]) -> list[tuple[int, Any]]:
    return [(pk, values[name]) for pk, values in answers if name in values]


def _tally(question: Question, number: int, given: Sequence[tuple[int, Any]]) -> Tally:
    values = [value for _id, value in given]
    if question.kind in {CHOICE, SEVERAL}:
        counts = Counter(code for value in values for code in (value if isinstance(value, list) else [value]))
        bars = tuple(_bar(one.code, str(one.label), counts[one.code], len(values)) for one in question.options)
        return Tally(question, number, len(values), bars=bars)
    if question.kind == SCALE:
        counts = Counter(values)
        bars = tuple(_bar(str(step), str(step), counts[step], len(values)) for step in question.steps)
        return Tally(question, number, len(values), bars=bars, mean=_mean(values))
    if question.kind == MATRIX:
        return Tally(question, number, len(values), lines=tuple(_lines(question, values)))
    if question.kind == NUMBER:
        numbers = sorted(Decimal(value) for value in values)
        if not numbers:
            return Tally(question, number, 0)
        return Tally(
            question, number, len(numbers), mean=_mean(numbers), middle=Decimal(median(numbers)),
            lowest=_plain(numbers[0]), highest=_plain(numbers[-1]), bars=tuple(_ranges(numbers)),
        )  # fmt: skip
    if question.kind == DATE:
        counts = Counter(values)
        bars = tuple(_bar(day, day, counts[day], len(values)) for day in sorted(counts))
        return Tally(
            question, number, len(values), bars=bars, lowest=min(values, default=""), highest=max(values, default="")
        )
    texts = [(n, text) for n, value in given for text in (value if question.kind == FILE else [value])]
    return Tally(question, number, len(values), texts=tuple(reversed(texts)))


def _bar(code: str, label: str, count: int, of: int) -> Bar:
    return Bar(code, label, count, (Decimal(count) * 100 / of).quantize(Decimal("0.1")) if of else Decimal(0))


def _mean(values: Sequence[Any]) -> Decimal | None:
    return (Decimal(sum(values)) / len(values)).quantize(Decimal("0.01")) if values else None


def _lines(question: Question, values: Sequence[Mapping[str, str]]) -> Iterable[Line]:
    for row in question.rows:
        counts = Counter(value[row.code] for value in values if row.code in value)
        answered = counts.total()
        bars: list[Bar] = []
        for one in question.options:
            start = bars[-1].start + bars[-1].share if bars else Decimal(0)
            bars.append(replace(_bar(one.code, str(one.label), counts[one.code], answered), start=start))
        yield Line(str(row.label), tuple(bars), answered)


def _ranges(numbers: Sequence[Decimal], most: int = 8) -> Iterable[Bar]:
    """Numbers in at most eight ranges of one width; each number for itself where they are few."""
    counts = Counter(numbers)
    if len(counts) <= most:
        for number in sorted(counts):
            yield _bar(_plain(number), _plain(number), counts[number], len(numbers))
        return
    low, high = numbers[0], numbers[-1]
    width = (high - low) / most
    edges = [low + width * n for n in range(most)] + [high]
    for n in range(most):
        last = n == most - 1
        inside = sum(1 for one in numbers if edges[n] <= one and (one <= high if last else one < edges[n + 1]))
        label = f"{_plain(_short(edges[n]))} – {_plain(_short(edges[n + 1]))}"
        yield _bar(str(n), label, inside, len(numbers))


def _short(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"))


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _summary(one: Tally) -> str:
    if not one.answered:
        return _("nobody answered")
    between, stop = pgettext("between shares", ", "), _("; ")
    if one.lines:
        return stop.join(f"{line.label}{pgettext('said', ': ')}{_shares(line.bars, between)}" for line in one.lines)
    if one.question.kind in {TEXT, LONG_TEXT, FILE}:
        count = ngettext("%(n)d answer", "%(n)d answers", one.answered) % {"n": one.answered}
        if one.question.kind == FILE:
            return count
        told = stop.join(text.replace("\n", " ")[:60] for _id, text in one.texts[:TEXTS_TOLD])
        return f"{count}{pgettext('said', ': ')}{told}"
    bars = one.bars
    if one.question.kind == SCALE:
        bars = tuple(replace(bar, label=_("%(step)s points") % {"step": bar.label}) for bar in bars)
    parts = [_shares(bars, between)] if one.question.kind not in {NUMBER, DATE} else []
    if one.mean is not None:
        parts.append(_("mean %(mean)s") % {"mean": _plain(one.mean)})
    if one.lowest:
        parts.append(_("from %(low)s to %(high)s") % {"low": one.lowest, "high": one.highest})
    return stop.join(parts)


def _shares(bars: Sequence[Bar], between: str) -> str:
    pattern = _("%(label)s %(count)d (%(share)s%%)")
    return between.join(
        pattern % {"label": bar.label, "count": bar.count, "share": _plain(bar.share)} for bar in bars if bar.count
    )
