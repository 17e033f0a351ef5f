"""What a check says about a table beyond errors: overlaps, gaps, rules never reached, with row and column."""

from dataclasses import replace

import pytest

from huiqian.feel.dmn import Finding, Rule, check_model
from huiqian.feel.tests.dmn.files import decision, model, table


def findings(xml: str) -> list[Finding]:
    """The findings of one table."""
    return [*check_model(model(decision("d", xml)))]


def test_a_clean_table_has_no_findings() -> None:
    assert findings(table("U", ["x"], ["o"], [["< 5", "1"], ["5", "2"], ["> 5", "3"], ["null", "4"]])) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("< 5", "[4..6]"),
        ("-", "7"),
        ('"a", "b"', '"b"'),
        ("[1..5]", "[5..9]"),
        ("not(1)", "2"),
        ('@"2026-01-01"', '> @"2025-12-31"'),
        ("true", "true"),
        ("< 5", "< 6"),
    ],
)
def test_overlap(first: str, second: str) -> None:
    found = [
        finding
        for finding in findings(table("U", ["x"], ["o"], [[first, "1"], [second, "2"]]))
        if finding.code == "overlap"
    ]
    assert [(finding.row, finding.severity) for finding in found] == [(2, "warning")]
    assert {found[0].params["row"], found[0].params["other"]} == {1, 2}


@pytest.mark.parametrize(
    ("first", "second"),
    [("< 5", ">= 5"), ('"a"', '"b"'), ("[1..5)", "[5..9]"), ("1", "not(1)"), ("true", "false"), ('"a"', 'not("a")')],
)
def test_no_overlap(first: str, second: str) -> None:
    assert [
        finding.code
        for finding in findings(table("U", ["x"], ["o"], [[first, "1"], [second, "2"]]))
        if finding.code == "overlap"
    ] == []


def test_rules_may_overlap_where_the_policy_allows_it() -> None:
    for policy in ("A", "F", "R", "C"):
        assert "overlap" not in [
            finding.code for finding in findings(table(policy, ["x"], ["o"], [["< 5", "1"], ["< 6", "1"]]))
        ]


def test_overlap_needs_every_column() -> None:
    rows = [["< 5", '"a"', "1"], ["< 6", '"b"', "2"]]
    assert "overlap" not in [finding.code for finding in findings(table("U", ["x", "y"], ["o"], rows))]


@pytest.mark.parametrize(
    ("cells", "gap"),
    [
        (["< 5", "> 5"], True),
        (["< 5", ">= 5"], False),
        (["true"], True),
        (["true", "false"], False),
        (['"a"', 'not("a")'], False),
        (["[1..5]", "-"], False),
        (["1", "2"], True),
    ],
)
def test_gap(cells: list[str], gap: bool) -> None:
    found = findings(table("F", ["x"], ["o"], [[cell, "1"] for cell in cells]))
    assert ("gap" in [finding.code for finding in found]) is gap
    assert all(finding.severity == "hint" for finding in found if finding.code == "gap")


def test_a_rule_never_reached() -> None:
    found = [
        finding
        for finding in findings(table("F", ["x"], ["o"], [["< 10", "1"], ["< 5", "2"], ["-", "3"]]))
        if finding.code == "never"
    ]
    assert [finding.row for finding in found] == [2]


def test_a_changed_table_is_checked_cell_by_cell() -> None:
    made = model(decision("d", table("U", ["x", "y"], ["o"], [["< 5", "-", "1"], [">= 5", "-", "2"]])))
    old = made.decisions["d"]
    assert old.table is not None
    rules = (old.table.rules[0], Rule("r2", (">= ", "3 3"), ("1 +",)))
    wrong = replace(made, decisions={"d": replace(old, table=replace(old.table, rules=rules))})
    errors = [finding for finding in check_model(wrong) if finding.severity == "error"]
    assert [(finding.row, finding.column, finding.path) for finding in errors] == [
        (2, 1, "rows.1.inputs.0"),
        (2, 2, "rows.1.inputs.1"),
        (2, 3, "rows.1.outputs.0"),
    ]


def test_a_text_without_quotation_marks_is_told() -> None:
    made = model(
        '<inputData id="x" name="x"><variable name="x"/></inputData>',
        decision("d", table("U", ["x"], ["o"], [['"常规"', "1"]]), needs="input:x"),
    )
    old = made.decisions["d"]
    assert old.table is not None
    rules = (Rule("r1", ("常规",), ("市场部",)),)
    wrong = replace(made, decisions={"d": replace(old, table=replace(old.table, rules=rules))})
    told = [(finding.code, finding.column) for finding in check_model(wrong) if finding.severity == "error"]
    assert told == [("unknown_in_cell", 1), ("unknown_in_cell", 2)]


def test_big_tables_are_checked_in_time() -> None:
    rows = [[f"[{at}..{at + 1})", f'"{at % 7}"', f"< {at}", "1"] for at in range(120)]
    assert isinstance(findings(table("U", ["x", "y", "z"], ["o"], rows)), list)
