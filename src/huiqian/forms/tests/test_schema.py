"""A program that reads the schema can fill the form; whatever it sends is accepted or refused with a sentence."""

from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqian.forms.rules import Form, check_answers, example, json_schema, typed
from huiqian.forms.tests.samples import BUDGET, PLAN, TODAY, check

VARIABLES = typed([PLAN], {"budget_total": "43200.00"})


@pytest.mark.parametrize("form", [PLAN, BUDGET])
def test_the_example_fits_the_schema_and_is_accepted(form: Form) -> None:
    schema = json_schema(form)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert list(validator.iter_errors(example(form))) == []
    assert check(form, example(form), variables=VARIABLES).errors == {}


@pytest.mark.parametrize("total", ["0.00", "28800.00", "999999.99"])
def test_the_example_fits_the_case_it_is_for(total: str) -> None:
    variables = typed([PLAN], {"budget_total": total})
    given = example(BUDGET, variables)
    assert given["approved_budget"] == total
    assert check(BUDGET, given, variables=variables).errors == {}
    # Without a case it says nothing of the amount, and is accepted in any.
    assert "approved_budget" not in example(BUDGET)
    assert check(BUDGET, example(BUDGET), variables=variables).errors == {}


def test_what_is_kept_fits_the_schema_too() -> None:
    values = check(PLAN, example(PLAN)).values
    jsonschema.Draft202012Validator(json_schema(PLAN)).validate(values)


def test_rights_show_in_the_schema() -> None:
    schema: dict[str, Any] = json_schema(PLAN, {"topic": "read", "purpose": "hidden"})
    assert schema["properties"]["topic"]["readOnly"] is True
    assert "purpose" not in schema["properties"]
    assert not {"topic", "purpose"} & set(schema["required"])
    assert not {"topic", "purpose"} & set(schema["examples"][0])


def from_schema(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema describes, one in some replaced by anything at all."""
    kind = schema.get("type")
    if "enum" in schema:
        fitting: st.SearchStrategy[Any] = st.sampled_from(schema["enum"])
    elif kind == ["string", "number"]:
        fitting = st.decimals(0, 10**6, places=2).map(str) | st.integers(-5, 10**7) | st.floats(allow_nan=True)
    elif kind == "array":
        fitting = st.lists(from_schema(schema["items"]), max_size=3)
    elif kind == "object":
        fitting = st.fixed_dictionaries({}, optional={k: from_schema(v) for k, v in schema["properties"].items()})
    elif kind == "boolean":
        fitting = st.booleans()
    elif schema.get("format") == "date":
        fitting = st.dates().map(str)
    elif schema.get("format") == "uuid":
        fitting = st.uuids().map(str)
    else:
        fitting = st.text(max_size=30)
    return st.one_of(fitting, fitting, fitting, anything)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=6), inner, max_size=2),
    max_leaves=4,
)


@pytest.mark.parametrize("form", [PLAN, BUDGET])
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(st.data())
def test_whatever_is_sent_is_accepted_or_refused_with_sentences(form: Form, data: st.DataObject) -> None:
    raw = data.draw(
        st.fixed_dictionaries({}, optional={k: from_schema(v) for k, v in json_schema(form)["properties"].items()})
    )
    checked = check_answers(form, raw, today=TODAY, variables=VARIABLES)
    for sentences in checked.errors.values():
        assert sentences
        assert all(str(sentence) for sentence in sentences)
    if not checked.errors:
        again = check_answers(form, checked.values, today=TODAY, variables=VARIABLES)
        assert (again.values, again.errors) == (checked.values, {})


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(PLAN.names)), anything))
def test_rights_are_kept_whatever_is_sent(raw: dict[str, Any]) -> None:
    known = check(PLAN, example(PLAN)).values
    rights = dict.fromkeys(PLAN.by_name, "read")
    assert check_answers(PLAN, raw, today=TODAY, rights=rights, known=known).values == known
