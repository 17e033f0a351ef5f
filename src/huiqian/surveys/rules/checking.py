"""Whether a questionnaire can be asked: what is missing or does not fit, question by question."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Text
from huiqian.surveys.rules.reading import read_questionnaire
from huiqian.surveys.rules.shape import (
    ANSWERED,
    CHOICE,
    MATRIX,
    SAYS,
    SEVERAL,
    WITH_OPTIONS,
    Option,
    Question,
    Questionnaire,
)

MOST_QUESTIONS, MOST_PAGES, MOST_OPTIONS = 100, 20, 50
# Question name → field of its form → sentences; under "" what concerns the whole.
Problems = dict[str, dict[str, list[Text]]]


def problems(asked: Questionnaire) -> Problems:
    """What keeps a questionnaire from being asked; empty where it is ready."""
    found: Problems = {}
    if not len(asked):
        found[""] = {"": [_("There is no question yet. Add at least one.")]}
    if len(asked) > MOST_QUESTIONS:
        found[""] = {"": [format_lazy(_("At most {most} questions."), most=MOST_QUESTIONS)]}
    earlier: list[Question] = []
    for question in asked:
        if wrong := question_problems(question, earlier):
            found[question.name] = wrong
        earlier.append(question)
    return found


def question_problems(one: Question, earlier: Iterable[Question]) -> dict[str, list[Text]]:
    """What is wrong with one question, by the fields of its form."""
    wrong: dict[str, list[Text]] = {}
    if not one.label.zh:
        wrong["label"] = [_("Write what you ask.")]
    if one.kind in WITH_OPTIONS:
        _check_list(wrong, "options", one.options, 2)
    if one.kind == MATRIX:
        _check_list(wrong, "rows", one.rows, 1)
    if one.least is not None and one.most is not None and one.least > one.most:
        wrong["most"] = [_("The greatest number is below the least.")]
    if one.show_if is not None:
        source = next((question for question in earlier if question.name == one.show_if.question), None)
        if told := _condition_problem(one, source):
            wrong["show_if"] = [told]
    return wrong


def _check_list(wrong: dict[str, list[Text]], field: str, options: tuple[Option, ...], least: int) -> None:
    texts = [option.label.zh for option in options]
    if len(options) < least:
        wrong[field] = [
            _("Write at least two options, one a line.") if least > 1 else _("Write at least one row, one a line.")
        ]
    elif len(options) > MOST_OPTIONS:
        wrong[field] = [format_lazy(_("At most {most} lines."), most=MOST_OPTIONS)]
    elif twice := next((text for text in texts if texts.count(text) > 1), ""):
        wrong[field] = [format_lazy(_("“{text}” is there twice."), text=twice)]


def _condition_problem(one: Question, source: Question | None) -> Text:
    said = one.show_if
    if said is None:
        return ""
    if source is None:
        return _("The condition names a question that is not asked before this one. Choose another one.")
    if said.op not in SAYS[source.kind]:
        return _("The condition does not fit the question it names. Choose again.")
    if said.op == ANSWERED:
        return ""
    if source.kind in {CHOICE, SEVERAL}:
        return "" if source.option(said.value) else _("The condition names an answer that is no longer offered.")
    try:
        return "" if Decimal(said.value).is_finite() else _("Write a number in the condition.")
    except InvalidOperation:
        return _("Write a number in the condition.")


def check_template(data: Mapping[str, object]) -> None:
    """A questionnaire file of the handbook: ValueError where it could not be asked as it stands."""
    wrong = problems(read_questionnaire(data))
    if wrong:
        told = "; ".join(
            f"{name}.{field}: {text}"
            for name, fields in wrong.items()
            for field, texts in fields.items()
            for text in texts
        )
        raise ValueError(told)
