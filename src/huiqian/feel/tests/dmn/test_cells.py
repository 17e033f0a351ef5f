"""Unary tests: what a decision table's input cell can say (DMN 1.3 §7.3.2, grammar rules 7 to 17)."""

from datetime import date, time, timedelta

import pytest

from huiqian.feel.tests.dmn.files import ask, table

CELLS = [  # cell, inputs that fit, inputs that do not
    ("-", [1, "x", None, True, [1]], []),
    ("5", [5, 5.0], [4, "5", None, True]),
    ('"a"', ["a"], ["b", "", None, 1]),
    ('"a", "b"', ["a", "b"], ["c", None]),
    ("1, 2, 3", [1, 3], [4, None]),
    ("true", [True], [False, None, 1, "true"]),
    ("false", [False], [True, None, 0]),
    ("null", [None], [0, "", False]),
    ("< 5", [4, -1], [5, 6, None, "a"]),
    ("<= 5", [5], [5.01, None]),
    ("> 5", [5.5], [5, None]),
    (">= 5", [5, 6], [4.99, None]),
    ("-5", [-5], [5, None]),
    ("< -5", [-6], [-5, None]),
    ("[1..5]", [1, 3, 5], [0.9, 5.1, None, "3"]),
    ("(1..5)", [1.1, 4.9], [1, 5, None]),
    ("]1..5]", [1.1, 5], [1, 5.1]),
    ("[1..5[", [1, 4.9], [5]),
    ("[1..3], > 10, 7", [2, 11, 7], [5, 10, None]),
    ("not(5)", [4], [5]),
    ('not("a", "b")', ["c"], ["a", "b"]),
    ("not(< 5)", [5, 6], [4]),
    ("not([1..5], 7)", [6, 8], [1, 5, 7]),
    ("not(null)", [1, "", False], [None]),
    ("? > 5", [6], [5, None, "a"]),
    ("? > 5 and ? < 10", [7], [5, 10, None]),
    ('starts with(?, "ab")', ["abc"], ["xab", None, 1]),
    ("? in [1..3]", [2], [4, None]),
    ("limit", [100], [99, None]),
    ("< limit", [99], [100, None]),
    ("[limit..limit + 10]", [100, 110], [99, 111]),
    ("limit * 2", [200], [100]),
    ("allowed", ["x", "y"], ["z", None]),
    ('@"2026-01-01"', [date(2026, 1, 1)], [date(2026, 1, 2), None]),
    ('date("2026-01-01")', [date(2026, 1, 1)], [date(2026, 1, 2), "2026-01-01"]),
    ('[@"2026-01-01"..@"2026-03-31"]', [date(2026, 2, 1)], [date(2026, 4, 1), None]),
    ('>= @"09:00:00"', [time(9)], [time(8, 59)]),
    ('> duration("P1D")', [timedelta(days=2)], [timedelta(hours=1), None]),
    ('["a".."c"]', ["b"], ["d"]),
    ("count(?) > 1", [[1, 2]], [[1], []]),
    ("list contains(?, 1)", [[1, 2]], [[2], None]),
    ('some x in ? satisfies x = "a"', [["a", "b"]], [["b"], []]),
    ("if limit > 50 then 1 else 2", [1], [2]),
    ('matches(?, "^[0-9]+$")', ["123"], ["12a", None]),
    ("?.sum > 10", [{"sum": 11}], [{"sum": 9}, {}, None]),
    ("5 // five\n", [5], [6]),
    ("", [1, None], []),
    ("  -  ", [1, None], []),
    ('"-"', ["-"], ["+", None]),
    ('"市场部", "销售部"', ["市场部"], ["财务部"]),
    ("0.1", [0.1], [0.2]),
]
PAIRS = [(cell, given, True) for cell, fitting, _ in CELLS for given in fitting]
PAIRS += [(cell, given, False) for cell, _, others in CELLS for given in others]


@pytest.mark.parametrize(("cell", "given", "fits"), PAIRS)
def test_cell(cell: str, given: object, fits: bool) -> None:
    decided = ask(table("F", ["x"], ["said"], [[cell, '"yes"']]), x=given, limit=100, allowed=["x", "y"])
    assert decided.value == ("yes" if fits else None)
    assert decided.matched == (("r1",) if fits else ())


@pytest.mark.parametrize("cell", ["1 +", "< ", "[1..", "not(", '"a', "a b", "1 2", "==5", "5 and", "> 5 < 3"])
def test_a_cell_that_does_not_compile_is_found(cell: str) -> None:
    from huiqian.feel.dmn import DecisionRefused

    with pytest.raises(DecisionRefused) as refused:
        ask(table("F", ["x", "y"], ["said"], [["-", "-", "1"], ["-", cell, "1"]]), x=1, y=1)
    (finding,) = refused.value.findings
    assert (finding.element, finding.row, finding.column, finding.path) == ("d", 2, 2, "rows.1.inputs.1")
    assert finding.error is not None
    assert finding.error.line == 1
    assert finding.text("zh") != finding.text("en")
