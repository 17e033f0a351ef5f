"""Every hit policy and aggregator (DMN 1.3 §8.2.8), with one and with several outputs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqian.feel.tests.asking import plain
from huiqian.feel.tests.dmn.files import ask, table

OVERLAPPING = [["< 10", '"low"', "1"], ["< 20", '"middle"', "5"], ["< 30", '"high"', "3"], ["25", '"high"', "3"]]
ONE = [[row[0], row[1]] for row in OVERLAPPING]
RANKED = ['level: "high", "middle", "low"']
WEIGHTS = [[row[0], row[2]] for row in OVERLAPPING]

CASES = [  # policy, outputs, rules, input, value, rules that fitted
    ("U", ["level"], ONE, 22, "high", ["r3"]),
    ("U", ["level"], ONE, 15, None, ["r2", "r3"]),
    ("U", ["level"], ONE, 99, None, []),
    ("A", ["level"], ONE, 25, "high", ["r3", "r4"]),
    ("A", ["level"], ONE, 15, None, ["r2", "r3"]),
    ("A", ["level"], ONE, 99, None, []),
    ("F", ["level"], ONE, 5, "low", ["r1"]),
    ("F", ["level"], ONE, 15, "middle", ["r2"]),
    ("F", ["level"], ONE, 99, None, []),
    ("P", RANKED, ONE, 5, "high", ["r3"]),
    ("P", ['level: "low", "middle", "high"'], ONE, 5, "low", None),
    ("P", RANKED, ONE, 99, None, []),
    ("R", ["level"], ONE, 5, ["low", "middle", "high"], ["r1", "r2", "r3"]),
    ("R", ["level"], ONE, 25, ["high", "high"], ["r3", "r4"]),
    ("O", RANKED, ONE, 5, ["high", "middle", "low"], None),
    ("O", ['level: "low", "middle", "high"'], ONE, 5, ["low", "middle", "high"], None),
    ("C", ["level"], ONE, 5, ["low", "middle", "high"], ["r1", "r2", "r3"]),
    ("C", ["level"], ONE, 22, ["high"], ["r3"]),
    ("C+", ["weight"], WEIGHTS, 5, 9, ["r1", "r2", "r3"]),
    ("C<", ["weight"], WEIGHTS, 5, 1, ["r1", "r2", "r3"]),
    ("C>", ["weight"], WEIGHTS, 5, 5, ["r1", "r2", "r3"]),
    ("C#", ["weight"], WEIGHTS, 5, 3, ["r1", "r2", "r3"]),
    ("C+", ["weight"], WEIGHTS, 22, 3, ["r3"]),
    ("C<", ["level"], ONE, 5, "high", ["r1", "r2", "r3"]),
    ("C>", ["level"], ONE, 5, "middle", ["r1", "r2", "r3"]),
    ("C#", ["level"], ONE, 25, 2, ["r3", "r4"]),
    ("C+", ["level"], ONE, 5, None, ["r1", "r2", "r3"]),
]


@pytest.mark.parametrize(("policy", "outputs", "rules", "given_input", "expected", "matched"), CASES)
def test_policy(
    policy: str,
    outputs: list[str],
    rules: list[list[str]],
    given_input: int,
    expected: object,
    matched: list[str] | None,
) -> None:
    decided = ask(table(policy, ["x"], outputs, rules), x=given_input)
    assert plain(decided.value) == plain(expected)
    if matched is not None:
        assert list(decided.matched) == matched


SEVERAL = [
    ("U", 22, {"level": "high", "weight": 3}),
    ("F", 5, {"level": "low", "weight": 1}),
    ("A", 25, {"level": "high", "weight": 3}),
    ("R", 15, [{"level": "middle", "weight": 5}, {"level": "high", "weight": 3}]),
    ("C", 15, [{"level": "middle", "weight": 5}, {"level": "high", "weight": 3}]),
    ("P", 15, {"level": "high", "weight": 3}),
    ("O", 15, [{"level": "high", "weight": 3}, {"level": "middle", "weight": 5}]),
]


@pytest.mark.parametrize(("policy", "given_input", "expected"), SEVERAL)
def test_several_outputs_are_contexts(policy: str, given_input: int, expected: object) -> None:
    outputs = [*RANKED, "weight: 5, 3, 1"]
    decided = ask(table(policy, ["x"], outputs, OVERLAPPING), x=given_input)
    assert plain(decided.value) == plain(expected)


def test_priority_by_the_second_output_where_the_first_is_equal() -> None:
    rules = [["-", '"a"', "1"], ["-", '"a"', "2"], ["-", '"b"', "3"]]
    xml = table("O", ["x"], ['p: "b", "a"', "q: 3, 2, 1"], rules)
    decided = ask(xml, x=1)
    assert [row["q"] for row in decided.value] == [3, 2, 1]  # type: ignore[attr-defined]


def test_an_output_can_be_computed() -> None:
    decided = ask(
        table("U", ["amount"], ["fee"], [["< 1000", "amount * 0.1"], [">= 1000", "100 + (amount - 1000) * 0.05"]]),
        amount=3000,
    )
    assert decided.value == Decimal(200)


def test_default_output() -> None:
    xml = table("U", ["x"], ["said"], [["1", '"one"']], default=['"other"'])
    assert ask(xml, x=1).value == "one"
    assert ask(xml, x=2).value == "other"
    assert ask(xml, x=2).matched == ()


def test_default_outputs_of_several() -> None:
    xml = table("U", ["x"], ["a", "b"], [["1", "1", "2"]], default=["0", '"-"'])
    assert plain(ask(xml, x=9).value) == plain({"a": 0, "b": "-"})


def test_a_table_without_inputs_says_what_its_rules_say() -> None:
    assert ask(table("U", [], ["said"], [["42"]])).value == 42
    assert plain(ask(table("C", [], ["said"], [["1"], ["2"]])).value) == plain([1, 2])


def test_null_outputs() -> None:
    assert ask(table("F", ["x"], ["said"], [["1", "null"], ["-", '"rest"']]), x=1).value is None
    assert ask(table("F", ["x"], ["said"], [["1", "null"], ["-", '"rest"']]), x=2).value == "rest"


def test_reasons() -> None:
    several = ask(table("U", ["x"], ["level"], ONE), x=15)
    assert several.warnings
    assert several.warnings[0].text("zh") != several.warnings[0].text("en")
    assert ask(table("A", ["x"], ["level"], ONE), x=15).warnings
    assert not ask(table("U", ["x"], ["level"], ONE), x=22).warnings


def test_the_expression_of_an_input_is_evaluated() -> None:
    xml = table("U", ["price * quantity", "customer.city"], ["said"], [["> 100", '"上海"', "1"], ["-", "-", "2"]])
    decided = ask(xml.replace("UNIQUE", "FIRST"), price=20, quantity=6, customer={"city": "上海"})
    assert decided.value == 1
    assert decided.matched[0] == "r1"


NUMBERS = st.integers(-5, 15)
CELL = st.one_of(
    st.just("-"),
    NUMBERS.map(str),
    st.tuples(st.sampled_from(["<", "<=", ">", ">="]), NUMBERS).map(lambda parts: f"{parts[0]} {parts[1]}"),
    st.tuples(st.sampled_from("[("), NUMBERS, NUMBERS, st.sampled_from("])")).map(
        lambda parts: f"{parts[0]}{min(parts[1:3])}..{max(parts[1:3])}{parts[3]}"
    ),
    st.lists(NUMBERS, min_size=1, max_size=3).map(lambda numbers: ", ".join(map(str, numbers))),
    st.lists(NUMBERS, min_size=1, max_size=3).map(lambda numbers: f"not({', '.join(map(str, numbers))})"),
)


def fits(cell: str, number: int) -> bool:
    """A second opinion on a cell, by other means."""
    if cell == "-":
        return True
    if cell.startswith("not("):
        return not fits(cell[4:-1], number)
    if cell[0] in "<>":
        sign, end = cell.split(" ")
        return {"<": number < int(end), "<=": number <= int(end), ">": number > int(end), ">=": number >= int(end)}[
            sign
        ]
    if cell[0] in "[(":
        low, high = (int(end) for end in cell[1:-1].split(".."))
        return (number > low or (number == low and cell[0] == "[")) and (
            number < high or (number == high and cell[-1] == "]")
        )
    return number in [int(one) for one in cell.split(", ")]


@given(
    rules=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8),
    asked=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6),
)
def test_random_tables_by_a_second_opinion(rules: list[tuple[str, str]], asked: list[tuple[int, int]]) -> None:
    from huiqian.feel.tests.dmn.files import decision, model

    rows = [[*cells, str(number)] for number, cells in enumerate(rules, start=1)]
    made = model(decision("d", table("R", ["x", "y"], ["row"], rows)))
    for x, y in asked:
        expected = [place for place, (first, second) in enumerate(rules, start=1) if fits(first, x) and fits(second, y)]
        decided = made.decide("d", {"x": x, "y": y})
        assert decided.matched == tuple(f"r{place}" for place in expected)
        assert decided.value == (expected or None)
