"""Changing a questionnaire: what the builder's forms say, and where questions and pages go."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Invalid, Text
from huiqian.forms.rules import Field, Words
from huiqian.forms.rules.kinds import Wrong, clean
from huiqian.surveys.rules.checking import MOST_PAGES, MOST_QUESTIONS
from huiqian.surveys.rules.shape import (
    ANSWERED,
    CHOICE,
    KINDS,
    SAYS,
    SCALE,
    SEVERAL,
    Condition,
    Option,
    Page,
    Question,
    Questionnaire,
    made,
)

LENGTHS = {"label": 300, "label_en": 300, "help": 300, "low": 40, "high": 40, "unit": 20, "title": 100}
LONGEST_LIST = 10_000
Typed = Mapping[str, str]


class _Fields:
    """Reads a form's fields and gathers what is wrong with them."""

    def __init__(self, typed: Typed) -> None:
        self.typed, self.errors = typed, dict[str, list[Text]]()

    def text(self, name: str, most: int = 0, kind: str = "text") -> str:
        try:
            field = Field(name=name, type=kind, label=Words(), max_length=most or LENGTHS[name])
            return str(clean(field, self.typed.get(name, "")) or "")
        except Wrong as wrong:
            self.errors[name] = [wrong.sentence]
            return ""

    def words(self, name: str, most: int = 0) -> Words:
        return split(self.text(name, most))

    def number(self, name: str) -> Decimal | None:
        try:
            said = clean(Field(name=name, type="number", label=Words()), self.typed.get(name, ""))
        except Wrong as wrong:
            self.errors[name] = [wrong.sentence]
            return None
        return None if said is None else Decimal(str(said))

    def options(self, name: str, before: Sequence[Option]) -> tuple[Option, ...]:
        lines = self.text(name, LONGEST_LIST, "long_text").split("\n")
        return options_from((" ".join(line.split())[:200] for line in lines), before)


def split(text: str) -> Words:
    """Chinese and English of one line: 满意 | Satisfied."""
    zh, _bar, en = text.partition("|")
    return Words(zh.strip(), en.strip())


def joined(words: Words) -> str:
    """The line that split() reads."""
    return f"{words.zh} | {words.en}" if words.en else words.zh


def options_from(lines: Iterable[str], before: Sequence[Option]) -> tuple[Option, ...]:
    """One option a line. What was there keeps its code, also where only its words changed; conditions name codes."""
    texts = [split(line) for line in lines if line.strip()]
    codes = {option.label.zh: option.code for option in before}
    same_number = len(texts) == len(before)
    kept = {text.zh for text in texts}
    taken = {option.code for option in before}
    found: list[Option] = []
    for place, text in enumerate(texts):
        code = codes.pop(text.zh, "")
        if not code and same_number and before[place].label.zh not in kept:
            code = before[place].code
        if not code or code in {one.code for one in found}:
            code = next(f"o{n}" for n in range(1, 1000) if f"o{n}" not in taken)
            taken.add(code)
        found.append(Option(code, text))
    return tuple(found)


def question_from(typed: Typed, before: Question, earlier: Sequence[Question]) -> Question:
    """A question as its form says it. What does not fit its kind stays as it was, so that a kind can be tried.

    Invalid, by field, for what cannot be kept: numbers that are none, texts that are too long.
    """
    fields = _Fields(typed)
    kind = typed.get("kind", before.kind)
    changed = replace(
        before,
        kind=kind if kind in KINDS else before.kind,
        label=Words(fields.text("label"), fields.text("label_en")),
        help=fields.words("help"),
        required=bool(typed.get("required")),
        options=fields.options("options", before.options) if "options" in typed else before.options,
        rows=fields.options("rows", before.rows) if "rows" in typed else before.rows,
        top=(10 if typed["top"] == "10" else 5) if "top" in typed else before.top,
        low=fields.words("low") if "low" in typed else before.low,
        high=fields.words("high") if "high" in typed else before.high,
        least=fields.number("least") if "least" in typed else before.least,
        most=fields.number("most") if "most" in typed else before.most,
        unit=fields.words("unit") if "unit" in typed else before.unit,
        show_if=_condition(typed, earlier),
    )
    if fields.errors:
        raise Invalid(fields.errors)
    return changed


def _condition(typed: Typed, earlier: Sequence[Question]) -> Condition | None:
    source = next((one for one in earlier if one.name == typed.get("if_question")), None)
    if source is None:
        return None
    op = typed.get("if_op", "")
    op = op if op in SAYS[source.kind] else SAYS[source.kind][0]
    value = "" if op == ANSWERED else typed.get("if_value", "").strip()[:40]
    if op != ANSWERED and source.kind in {CHOICE, SEVERAL} and source.option(value) is None and source.options:
        value = source.options[0].code
    return Condition(source.name, op, value)


def fresh(asked: Questionnaire, kind: str) -> Question:
    """A new question of a kind, with what such a question usually offers."""
    if kind not in KINDS:
        raise Invalid({"kind": [_("Choose a kind of question.")]})
    if len(asked) >= MOST_QUESTIONS:
        raise Invalid({"kind": [format_lazy(_("At most {most} questions."), most=MOST_QUESTIONS)]})
    usual = {
        SCALE: {"low": Words("很不满意", "Very dissatisfied"), "high": Words("很满意", "Very satisfied")},
        CHOICE: {"options": (Option("o1", Words("是", "Yes")), Option("o2", Words("否", "No")))},
    }  # fmt: skip
    return Question(free_name(asked), kind, **usual.get(kind, {}))  # type: ignore[arg-type]


def free_name(asked: Questionnaire) -> str:
    """The next free name: q5 after q4."""
    taken = [int(name[1:]) for name in asked.by_name if re.fullmatch(r"q\d{1,6}", name)]
    return f"q{max(taken, default=0) + 1}"


def put(asked: Questionnaire, question: Question, page: int) -> Questionnaire:
    """Add a question at the end of a page."""
    page = min(max(page, 0), len(asked.pages) - 1)
    pages = [
        replace(one, questions=(*one.questions, question)) if n == page else one for n, one in enumerate(asked.pages)
    ]
    return made(tuple(pages), asked.intro, asked.thanks)


def changed(asked: Questionnaire, question: Question) -> Questionnaire:
    """Put a question in the place of the one with its name."""
    pages = tuple(
        replace(page, questions=tuple(question if one.name == question.name else one for one in page.questions))
        for page in asked.pages
    )
    return made(pages, asked.intro, asked.thanks)


def without(asked: Questionnaire, name: str) -> Questionnaire:
    """Take a question out."""
    pages = tuple(
        replace(page, questions=tuple(one for one in page.questions if one.name != name)) for page in asked.pages
    )
    return made(pages, asked.intro, asked.thanks)


def copied(asked: Questionnaire, name: str) -> Questionnaire:
    """Put a copy of a question behind it."""
    if len(asked) >= MOST_QUESTIONS:
        raise Invalid({"": [format_lazy(_("At most {most} questions."), most=MOST_QUESTIONS)]})
    copy = replace(asked.by_name[name], name=free_name(asked))
    pages = tuple(
        replace(
            page, questions=tuple(q for one in page.questions for q in ((one, copy) if one.name == name else (one,)))
        )
        for page in asked.pages
    )
    return made(pages, asked.intro, asked.thanks)


def moved(asked: Questionnaire, name: str, step: int) -> Questionnaire:
    """Move a question one place up (-1) or down (1); over the edge of its page it goes to the neighbour."""
    pages = [list(page.questions) for page in asked.pages]
    place = asked.page_of(name)
    row, question = pages[place], asked.by_name[name]
    here = [one.name for one in row].index(name)
    there = here + step
    if 0 <= there < len(row):
        row[here], row[there] = row[there], row[here]
    elif 0 <= place + step < len(pages):
        row.remove(question)
        neighbour = pages[place + step]
        neighbour.insert(len(neighbour) if step < 0 else 0, question)
    done = tuple(replace(page, questions=tuple(row)) for page, row in zip(asked.pages, pages, strict=True))
    return made(done, asked.intro, asked.thanks)


def with_page(asked: Questionnaire) -> Questionnaire:
    """Add an empty page at the end."""
    if len(asked.pages) >= MOST_PAGES:
        raise Invalid({"": [format_lazy(_("At most {most} pages."), most=MOST_PAGES)]})
    return made((*asked.pages, Page(Words(), ())), asked.intro, asked.thanks)


def without_page(asked: Questionnaire, place: int) -> Questionnaire:
    """Take a page out; its questions go to the page before it, those of the first one to the next."""
    pages = list(asked.pages)
    if not 0 <= place < len(pages) or len(pages) == 1:
        return asked
    gone = pages.pop(place)
    other = max(place - 1, 0)
    kept = pages[other]
    both = (*kept.questions, *gone.questions) if place else (*gone.questions, *kept.questions)
    pages[other] = replace(kept, questions=both)
    return made(tuple(pages), asked.intro, asked.thanks)


def with_title(asked: Questionnaire, place: int, title: str) -> Questionnaire:
    """Give a page its heading. Invalid where it is too long."""
    fields = _Fields({"title": title})
    words = fields.words("title")
    if fields.errors:
        raise Invalid(fields.errors)
    pages = tuple(replace(page, title=words) if n == place else page for n, page in enumerate(asked.pages))
    return made(pages, asked.intro, asked.thanks)


def with_texts(asked: Questionnaire, typed: Typed) -> Questionnaire:
    """What is said before the first question and after the last one. Invalid where it is too long."""
    fields = _Fields(typed)
    intro = Words(fields.text("intro", 2000, "long_text"), fields.text("intro_en", 2000, "long_text"))
    thanks = Words(fields.text("thanks", 1000, "long_text"), fields.text("thanks_en", 1000, "long_text"))
    if fields.errors:
        raise Invalid(fields.errors)
    return made(asked.pages, intro, thanks)
