"""Forms as pure rules: read one, check answers to it, show it, describe it to programs."""

from huiqian.forms.rules.capitals import capitals
from huiqian.forms.rules.checking import Checked, Directory, check_answers
from huiqian.forms.rules.findings import Finding, FormRefused
from huiqian.forms.rules.posted import raw_answers
from huiqian.forms.rules.reading import read_form
from huiqian.forms.rules.shape import EDIT, HIDDEN, READ, Choice, Field, Form, Section, Words
from huiqian.forms.rules.views import plain, title_of, typed

__all__ = [
    "EDIT", "HIDDEN", "READ", "Checked", "Choice", "Directory", "Field", "Finding", "Form", "FormRefused", "Section",
    "Words", "capitals", "check_answers", "plain", "raw_answers", "read_form", "title_of", "typed",
]  # fmt: skip
