"""Whatever an administrator types into a table is told or works; what is accepted is written and read back."""

import contextlib
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from huiqian.feel import ExpressionError
from huiqian.feel.dmn import DecisionRefused, Model, Rule, check_model, read_model, write_model
from huiqian.feel.tests.dmn.files import decision, model, table
from huiqian.feel.tests.test_properties import PIECES

INPUTS = "".join(f'<inputData id="{name}" name="{name}"><variable name="{name}"/></inputData>' for name in "xy")
MADE = model(INPUTS, decision("d", table("R", ["x", "y"], ["o"], [["1", "-", "2"]]), needs="input:x input:y"))
CELLS = st.one_of(
    st.text(max_size=12),
    st.lists(PIECES, max_size=5).map(" ".join),
    st.sampled_from(["-", "1", "< 5", '"a"', "not(1)", "[1..3]", "x", "? > y", "null", "y + 1", "y", "常规", "> x"]),
)
VALUES = st.sampled_from([None, 1, 2.5, "a", True, [1], {"a": 1}])


def with_rule(cells: tuple[str, str, str]) -> Model:
    """The table with this one rule, as a page would save it."""
    old = MADE.decisions["d"]
    assert old.table is not None
    rules = (Rule("r1", cells[:2], cells[2:]), Rule("r2", ("-", "-"), ("0",)))
    return replace(MADE, decisions={"d": replace(old, table=replace(old.table, rules=rules))})


@settings(max_examples=400)
@given(cells=st.tuples(CELLS, CELLS, CELLS), x=VALUES, y=VALUES)
def test_any_cell_is_told_or_works(cells: tuple[str, str, str], x: object, y: object) -> None:
    changed = with_rule(cells)
    findings = check_model(changed)
    for finding in findings:
        assert finding.text("zh")
        assert finding.text("en")
        assert finding.severity in ("error", "warning", "hint")
    if any(finding.severity == "error" for finding in findings):
        return
    try:
        decided = changed.decide("d", {"x": x, "y": y})
    except ExpressionError as error:
        assert error.code == "budget"  # noqa: PT017
        return
    assert "r2" in decided.matched


@settings(max_examples=200)
@given(cells=st.tuples(CELLS, CELLS, CELLS))
def test_what_a_check_accepts_is_written_and_read_back(cells: tuple[str, str, str]) -> None:
    changed = with_rule(cells)
    wrong = any(finding.severity == "error" for finding in check_model(changed))
    unwritable = any(sign < " " or sign in "\ufffe\uffff" for cell in cells for sign in cell)
    if wrong or unwritable:
        # Characters that XML cannot hold are refused when the model is written.
        with contextlib.suppress(DecisionRefused):
            read_model(write_model(changed))
        return
    again = read_model(write_model(changed))
    table_again = again.decisions["d"].table
    assert table_again is not None
    assert [cell.strip() for cell in table_again.rules[0].inputs] == [cell.strip() for cell in cells[:2]]
