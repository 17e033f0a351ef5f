"""What a survey asks: pages of questions, as frozen values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiqian.base.errors import Text
from huiqian.forms.rules import Words

TEXT, LONG_TEXT, CHOICE, SEVERAL, SCALE = "text", "long_text", "choice", "several", "scale"
MATRIX, NUMBER, DATE, FILE = "matrix", "number", "date", "file"
KINDS: Mapping[str, Text] = {
    CHOICE: _("Single choice"),
    SEVERAL: _("Several choices"),
    SCALE: _("Scale"),
    MATRIX: _("Matrix"),
    TEXT: _("Short text"),
    LONG_TEXT: _("Long text"),
    NUMBER: pgettext_lazy("question", "Number"),
    DATE: _("Date"),
    FILE: _("File"),
}
WITH_OPTIONS = frozenset({CHOICE, SEVERAL, MATRIX})

IS, IS_NOT, CONTAINS, LACKS = "is", "is_not", "contains", "lacks"
AT_LEAST, AT_MOST, ANSWERED = "at_least", "at_most", "answered"
# What a condition may say of an earlier answer, by the kind of its question.
SAYS: Mapping[str, tuple[str, ...]] = {
    CHOICE: (IS, IS_NOT, ANSWERED),
    SEVERAL: (CONTAINS, LACKS, ANSWERED),
    SCALE: (AT_LEAST, AT_MOST, IS, ANSWERED),
    NUMBER: (AT_LEAST, AT_MOST, IS, ANSWERED),
    TEXT: (ANSWERED,),
    LONG_TEXT: (ANSWERED,),
    MATRIX: (ANSWERED,),
    DATE: (ANSWERED,),
    FILE: (ANSWERED,),
}
SAYING: Mapping[str, Text] = {
    IS: pgettext_lazy("condition", "is"),
    IS_NOT: pgettext_lazy("condition", "is not"),
    CONTAINS: _("contains"),
    LACKS: _("does not contain"),
    AT_LEAST: _("is at least"),
    AT_MOST: _("is at most"),
    ANSWERED: _("is answered"),
}


NOTHING = Words()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice, or one row of a matrix: the code that is kept, the words that are shown."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked: what an earlier question's answer must be. `value` is a code or a number's text."""

    question: str
    op: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. A scale goes from 1 to `top`; `least` and `most` bound a number."""

    name: str
    kind: str
    label: Words = NOTHING
    help: Words = NOTHING
    required: bool = False
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    top: int = 5
    low: Words = NOTHING
    high: Words = NOTHING
    least: Decimal | None = None
    most: Decimal | None = None
    unit: Words = NOTHING
    show_if: Condition | None = None

    @property
    def steps(self) -> tuple[int, ...]:
        """The points of a scale."""
        return tuple(range(1, self.top + 1))

    @property
    def kind_name(self) -> Text:
        """What its kind is called."""
        return KINDS.get(self.kind, self.kind)

    def option(self, code: object) -> Option | None:
        """The option with this code."""
        return next((one for one in self.options if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Page:
    """Questions that are asked together, under a heading if it has one."""

    title: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Everything a survey asks, in order, with what is said before and after."""

    pages: tuple[Page, ...]
    intro: Words = NOTHING
    thanks: Words = NOTHING
    by_name: Mapping[str, Question] = field(default_factory=dict, compare=False)
    numbers: Mapping[str, int] = field(default_factory=dict, compare=False)

    def __iter__(self) -> Iterator[Question]:
        """All questions, in order."""
        return iter(self.by_name.values())

    def __len__(self) -> int:
        return len(self.by_name)

    def page_of(self, name: str) -> int:
        """The place of the page that a question stands on."""
        return next(n for n, page in enumerate(self.pages) for one in page.questions if one.name == name)

    def before(self, name: str) -> tuple[Question, ...]:
        """The questions that are asked before this one."""
        every = tuple(self)
        return every[: [one.name for one in every].index(name)]


def made(pages: tuple[Page, ...], intro: Words = NOTHING, thanks: Words = NOTHING) -> Questionnaire:
    """A questionnaire of these pages, its questions numbered from 1."""
    by_name = {one.name: one for page in pages for one in page.questions}
    return Questionnaire(pages, intro, thanks, by_name, {name: n for n, name in enumerate(by_name, start=1)})
