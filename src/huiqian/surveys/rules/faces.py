"""Questions as a page shows them: with what was typed so far, what is wrong, and when they are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiqian.base.errors import Text
from huiqian.surveys.rules.answering import Raw, check_answers
from huiqian.surveys.rules.shape import MATRIX, SCALE, Question, Questionnaire

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OptionFace:
    """One answer that can be chosen."""

    code: str
    label: str
    id: str
    selected: bool


@dataclass(frozen=True, slots=True)
class RowFace:
    """One row of a matrix."""

    name: str
    label: str
    options: tuple[OptionFace, ...]


@dataclass(frozen=True, slots=True)
class FileFace:
    """A file that was sent along."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Face:
    """One question for a page. `text` is what was typed where it is typed."""

    question: Question
    number: int
    asked: bool
    errors: tuple[Text, ...]
    text: str
    options: tuple[OptionFace, ...]
    rows: tuple[RowFace, ...]
    files: tuple[FileFace, ...]

    @property
    def is_group(self) -> bool:
        """Whether it is answered by several controls, so that its text is a legend."""
        return self.question.kind in {"choice", "several", "scale", "matrix"}

    @property
    def described_by(self) -> str:
        """The ids of what explains it."""
        name = self.question.name
        ids = [f"help-{name}"] if self.question.help else []
        return " ".join([*ids, f"error-{name}"] if self.errors else ids)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a survey as it is answered: where it stands among those that are asked, and what else was typed."""

    place: int
    title: str
    faces: tuple[Face, ...]
    step: int
    steps: int
    before: int | None
    after: int | None
    # What was typed on the other pages: (name, value), to go along.
    carried: tuple[tuple[str, str], ...]


def pages_asked(asked: Questionnaire, raw: Raw) -> list[int]:
    """The pages that have something to ask after these answers; the first one always."""
    shown = set(check_answers(asked, raw).asked)
    pages = [n for n, page in enumerate(asked.pages) if any(one.name in shown for one in page.questions)]
    return pages or [0]


def sheet(
    asked: Questionnaire, place: int, raw: Raw, errors: Mapping[str, Sequence[Text]], names: Names | None = None
) -> Sheet:
    """One page with what was typed so far. `names` are those of files that were sent along, by id."""
    pages = pages_asked(asked, raw)
    place = place if place in pages else next((n for n in pages if n > place), pages[-1])
    shown = set(check_answers(asked, raw).asked)
    page, here = asked.pages[place], pages.index(place)
    inside = {one.name for one in page.questions}
    return Sheet(
        place=place,
        title=str(page.title),
        faces=tuple(
            _face(
                one,
                asked.numbers[one.name],
                one.name in shown,
                raw.get(one.name),
                errors.get(one.name, ()),
                names or {},
            )
            for one in page.questions
        ),
        step=here + 1,
        steps=len(pages),
        before=pages[here - 1] if here else None,
        after=pages[here + 1] if here + 1 < len(pages) else None,
        carried=tuple(pair for one in asked if one.name not in inside for pair in _typed(one, raw.get(one.name))),
    )


def _face(one: Question, number: int, asked: bool, typed: Any, errors: Sequence[Text], names: Names) -> Face:
    chosen = (
        [str(code) for code in typed] if isinstance(typed, list) else [str(typed)] if typed not in (None, "") else []
    )
    marks = one.steps if one.kind == SCALE else ()
    options = tuple(
        OptionFace(option.code, str(option.label), f"{one.name}-{option.code}", option.code in chosen)
        for option in (() if one.kind == MATRIX else one.options)
    ) + tuple(OptionFace(str(mark), str(mark), f"{one.name}-{mark}", str(mark) in chosen) for mark in marks)
    given = typed if isinstance(typed, Mapping) else {}
    rows = tuple(
        RowFace(
            f"{one.name}.{row.code}",
            str(row.label),
            tuple(
                OptionFace(o.code, str(o.label), f"{one.name}.{row.code}-{o.code}", given.get(row.code) == o.code)
                for o in one.options
            ),
        )
        for row in one.rows
    )
    files = tuple(FileFace(code, names[code]) for code in chosen if code in names) if one.kind == "file" else ()
    text = typed if isinstance(typed, str) else ""
    return Face(one, number, asked, tuple(errors), text, options, rows if one.kind == MATRIX else (), files)


def _typed(one: Question, typed: Any) -> list[tuple[str, str]]:
    """What was typed for a question, as a form sends it."""
    if isinstance(typed, Mapping):
        return [(f"{one.name}.{row.code}", str(typed[row.code])) for row in one.rows if row.code in typed]
    if isinstance(typed, list):
        return [(one.name, str(value)) for value in typed]
    return [(one.name, str(typed))] if typed not in (None, "") else []
