"""Forms as pure rules: read one, check answers to it, show it, describe it to programs."""

from huiqian.forms.rules.capitals import capitals
from huiqian.forms.rules.checking import Checked, Directory, check_answers
from huiqian.forms.rules.comparing import Difference, compare
from huiqian.forms.rules.examples import example
from huiqian.forms.rules.faces import FieldFace, FileFace, FormView, NamedFile, RowFace, SectionFace, TableFace
from huiqian.forms.rules.findings import Finding, FormRefused
from huiqian.forms.rules.parsing import read_form
from huiqian.forms.rules.posted import raw_answers
from huiqian.forms.rules.presenting import answer_text, present, reading
from huiqian.forms.rules.registers import Register
from huiqian.forms.rules.schema import json_schema
from huiqian.forms.rules.shape import EDIT, HIDDEN, READ, Choice, Field, Form, Section, Words
from huiqian.forms.rules.sheets import sheet_of
from huiqian.forms.rules.views import draft_title, plain, title_of, typed

__all__ = [
    "EDIT", "HIDDEN", "READ", "Checked", "Choice", "Difference", "Directory", "Field", "FieldFace", "FileFace",
    "Finding", "Form", "FormRefused", "FormView", "NamedFile", "Register", "RowFace", "Section", "SectionFace",
    "TableFace", "Words", "answer_text", "capitals", "check_answers", "compare", "draft_title", "example",
    "json_schema", "plain", "present", "raw_answers", "read_form", "reading", "sheet_of", "title_of", "typed",
]  # fmt: skip
