"""Changes of a model other than of its rules: written, read back, the rest of the file as it was."""

from dataclasses import replace

import pytest

from huiqian.feel.dmn import (
    Decision,
    InputClause,
    Literal,
    Model,
    OutputClause,
    Rule,
    Table,
    Variable,
    read_model,
    write_model,
)
from huiqian.feel.tests.dmn.files import decision, model, table, text
from huiqian.feel.tests.dmn.test_xml import RICH


def with_table(made: Model, key: str, **changes: object) -> Model:
    """The model with a table changed."""
    old = made.decisions[key]
    assert old.table is not None
    changed = replace(old, table=replace(old.table, **changes))  # type: ignore[arg-type]
    return replace(made, decisions={**made.decisions, key: changed})


def again(made: Model) -> Model:
    """Written and read back."""
    return read_model(write_model(made))


@pytest.mark.parametrize(
    ("policy", "aggregation"), [("U", ""), ("A", ""), ("R", ""), ("C", ""), ("C", "#"), ("C", "<")]
)
def test_another_hit_policy(policy: str, aggregation: str) -> None:
    made = again(with_table(read_model(RICH), "route", hit_policy=policy, aggregation=aggregation))
    changed = made.decisions["route"].table
    assert changed is not None
    assert (changed.hit_policy, changed.aggregation) == (policy, aggregation)
    assert b"DMNShape" in write_model(made)


def test_another_expression_and_label_of_a_column() -> None:
    made = read_model(RICH)
    old = made.decisions["route"].table
    assert old is not None
    column = replace(old.inputs[0], expression="amount * 2", label="双倍 <金额>")
    said = replace(old.outputs[0], label="谁", values='"general_manager", "nobody"', default='"nobody"')
    changed = again(with_table(made, "route", inputs=(column,), outputs=(said,)))
    found = changed.decisions["route"].table
    assert found is not None
    assert (found.inputs[0].expression, found.inputs[0].label) == ("amount * 2", "双倍 <金额>")
    assert (found.outputs[0].label, found.outputs[0].values, found.outputs[0].default) == (
        "谁",
        '"general_manager", "nobody"',
        '"nobody"',
    )
    assert changed.decide("route", {"amount": 6000}).value == "general_manager"
    assert b'x:width="192"' in write_model(changed)


def test_a_column_more_and_a_column_less() -> None:
    made = read_model(RICH)
    old = made.decisions["route"].table
    assert old is not None
    wide = with_table(
        made,
        "route",
        inputs=(*old.inputs, InputClause("部门")),
        rules=(Rule("row1", ("> 1", '"市场部"'), ('"x"',)), Rule("row2", ("-", "-"), ('"y"',))),
    )
    changed = again(wide)
    assert changed.decide("route", {"amount": 5, "部门": "市场部"}).value == "x"
    assert changed.decide("route", {"amount": 5, "部门": "销售部"}).value == "y"
    narrow = with_table(changed, "route", inputs=(InputClause("部门"),), rules=(Rule("row1", ('"市场部"',), ('"x"',)),))
    assert again(narrow).decide("route", {"部门": "市场部"}).value == "x"


def test_another_literal_expression() -> None:
    made = model(decision("d", text("literalExpression", "1 + 1")), decision("e", text("literalExpression", "2 + 2")))
    changed = replace(
        made, decisions={**made.decisions, "d": replace(made.decisions["d"], logic=Literal(r'"<&>" + "\n"'))}
    )
    assert again(changed).decide("d", {}).value == "<&>\n"
    assert again(changed).decide("e", {}).value == 4


def test_a_decision_more_and_a_decision_less() -> None:
    made = read_model(RICH)
    rows = (Rule("n1", ('"nobody"',), ("false",)), Rule("n2", ("-",), ("true",)))
    asked = Table("F", "", (InputClause("route"),), (OutputClause("asked"),), rows)
    new = Decision("asked", Variable("asked", "boolean"), "Is anybody asked?", decisions=("route",), table=asked)
    wider = again(replace(made, decisions={**made.decisions, "asked": new}))
    assert wider.decide("asked", {"amount": 5}).value is False
    assert wider.decide("Is anybody asked?", {"amount": 50_000}).value is True
    narrower = again(replace(wider, decisions={"route": wider.decisions["route"]}))
    assert set(narrower.decisions) == {"route"}
    assert b"<x:inner/>" in write_model(narrower)


def test_a_hundred_changes_in_a_row_lose_nothing() -> None:
    made = model(decision("d", table("U", ["x"], ["o"], [["0", "0"]], ids="old")))
    for number in range(1, 100):
        old = made.decisions["d"].table
        assert old is not None
        made = again(with_table(made, "d", rules=(*old.rules, Rule(f"r{number}", (str(number),), (str(number * 2),)))))
    assert [made.decide("d", {"x": number}).value for number in (0, 1, 50, 99)] == [0, 2, 100, 198]
