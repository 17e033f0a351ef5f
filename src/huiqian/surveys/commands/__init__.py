"""What people do with surveys: build, keep, answer."""

from huiqian.surveys.commands.answering import (
    AnsweredAlready,
    From,
    PersonalOnly,
    SurveyClosedNow,
    TooLarge,
    TooMany,
    answer_survey,
    has_answered,
    send_file,
)
from huiqian.surveys.commands.building import add_question, arrange_survey, save_question, save_survey_settings
from huiqian.surveys.commands.keeping import NotOpenYet, close_due_surveys, close_survey, make_links, reopen_survey

__all__ = [
    "AnsweredAlready",
    "From",
    "NotOpenYet",
    "PersonalOnly",
    "SurveyClosedNow",
    "TooLarge",
    "TooMany",
    "add_question",
    "answer_survey",
    "arrange_survey",
    "close_due_surveys",
    "close_survey",
    "has_answered",
    "make_links",
    "reopen_survey",
    "save_question",
    "save_survey_settings",
    "send_file",
]
