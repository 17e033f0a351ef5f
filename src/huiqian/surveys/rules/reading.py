"""Questionnaires as the tables and the handbook's files keep them: JSON, read and written without loss."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from huiqian.forms.rules import Words
from huiqian.surveys.rules.shape import KINDS, TEXT, Condition, Option, Page, Question, Questionnaire, made

NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")


def read_questionnaire(data: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire that JSON describes. What is not finished is read as it is; problems() tells what is missing.

    Raises ValueError for what no questionnaire can be: unknown kinds, names that are missing, unfit or taken.
    """
    pages = tuple(
        Page(_words(page.get("title")), tuple(_question(said) for said in page.get("questions", ())))
        for page in data.get("pages", ())
    )
    names = [one.name for page in pages for one in page.questions]
    if len(set(names)) != len(names):
        raise ValueError(f"a question's name is there twice: {names}")
    return made(pages or (Page(Words(), ()),), _words(data.get("intro")), _words(data.get("thanks")))


def _words(said: object) -> Words:
    if isinstance(said, Mapping):
        return Words(str(said.get("zh") or ""), str(said.get("en") or ""))
    return Words(str(said or ""))


def _question(said: Mapping[str, Any]) -> Question:
    name, kind = str(said.get("name", "")), str(said.get("kind", TEXT))
    if not NAME.fullmatch(name):
        raise ValueError(f"a question needs a name (a-z, digits, _): {name!r}")
    if kind not in KINDS:
        raise ValueError(f"{name}: there is no kind of question {kind!r}")
    shown = said.get("show_if")
    return Question(
        name=name,
        kind=kind,
        label=_words(said.get("label")),
        help=_words(said.get("help")),
        required=bool(said.get("required")),
        options=_options(name, said.get("options", ())),
        rows=_options(name, said.get("rows", ())),
        top=10 if said.get("top") == 10 else 5,
        low=_words(said.get("low")),
        high=_words(said.get("high")),
        least=_number(said.get("least")),
        most=_number(said.get("most")),
        unit=_words(said.get("unit")),
        show_if=Condition(str(shown["question"]), str(shown["op"]), str(shown.get("value", ""))) if shown else None,
    )


def _options(name: str, said: Any) -> tuple[Option, ...]:
    found = tuple(Option(str(one.get("code") or f"o{n}"), _words(one)) for n, one in enumerate(said, start=1))
    if len({one.code for one in found}) != len(found):
        raise ValueError(f"{name}: an option's code is there twice")
    return found


def _number(said: object) -> Decimal | None:
    try:
        return None if said in (None, "") else Decimal(str(said))
    except InvalidOperation:
        raise ValueError(f"not a number: {said!r}") from None


def to_json(asked: Questionnaire) -> dict[str, Any]:
    """A questionnaire as JSON; what is empty is left out."""
    return {
        "intro": _said(asked.intro),
        "thanks": _said(asked.thanks),
        "pages": [
            {"title": _said(page.title), "questions": [question_json(one) for one in page.questions]}
            for page in asked.pages
        ],
    }


def question_json(one: Question) -> dict[str, Any]:
    """One question as JSON."""
    said: dict[str, Any] = {"name": one.name, "kind": one.kind, "label": _said(one.label)}
    said |= {key: _said(words) for key in ("help", "low", "high", "unit") if (words := getattr(one, key))}
    said |= {key: str(value) for key in ("least", "most") if (value := getattr(one, key)) is not None}
    for key in ("options", "rows"):
        if listed := getattr(one, key):
            said[key] = [{"code": option.code, **_said(option.label)} for option in listed]
    if one.required:
        said["required"] = True
    if one.top != 5:
        said["top"] = one.top
    if one.show_if:
        said["show_if"] = {"question": one.show_if.question, "op": one.show_if.op, "value": one.show_if.value}
    return said


def _said(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en} if words.en else {"zh": words.zh}
