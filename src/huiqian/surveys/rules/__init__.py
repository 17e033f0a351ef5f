"""Surveys as pure rules: what is asked, whether an answer fits, what came of it."""

from huiqian.surveys.rules.answering import Checked, check_answers, is_asked, raw_from
from huiqian.surveys.rules.checking import check_template, problems, question_problems
from huiqian.surveys.rules.reading import read_questionnaire, to_json
from huiqian.surveys.rules.results import Bar, Tally, tally
from huiqian.surveys.rules.shape import (
    CHOICE,
    DATE,
    FILE,
    KINDS,
    LONG_TEXT,
    MATRIX,
    NUMBER,
    SCALE,
    SEVERAL,
    TEXT,
    Condition,
    Option,
    Page,
    Question,
    Questionnaire,
)
from huiqian.surveys.rules.states import CLOSED, DRAFT, OPEN, moment_of

__all__ = [
    "CHOICE", "CLOSED", "DATE", "DRAFT", "FILE", "KINDS", "LONG_TEXT", "MATRIX", "NUMBER", "OPEN", "SCALE", "SEVERAL",
    "TEXT", "Bar", "Checked", "Condition", "Option", "Page", "Question", "Questionnaire", "Tally", "check_answers",
    "check_template", "is_asked", "moment_of", "problems", "question_problems", "raw_from", "read_questionnaire",
    "tally", "to_json",
]  # fmt: skip
