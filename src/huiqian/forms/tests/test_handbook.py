"""Every form of the handbook can be read, filled in and shown in both languages."""

from pathlib import Path

import jsonschema
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from huiqian.forms.rules import Field, example, json_schema, present
from huiqian.forms.tests.samples import HANDBOOK, TODAY, check, handbook_form

FILES = sorted(HANDBOOK.glob("*/forms/*.json"))


def named(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_form_of_the_handbook(path: Path) -> None:
    form = handbook_form(path.parent.parent.name, path.stem)
    assert form.key == path.stem
    jsonschema.Draft202012Validator(json_schema(form)).validate(example(form))
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert render_to_string("forms/form.html", {"view": present(form, example(form), today=TODAY)})
    columns: list[Field] = [column for field in form for column in field.columns]
    for said in (form.name, *(field.label for field in [*form, *columns])):
        assert said.zh
        assert said.en


def test_the_plan_is_accepted_by_itself() -> None:
    form = handbook_form("SC-001", "plan")
    assert check(form, example(form)).errors == {}


def test_there_are_forms() -> None:
    assert FILES
