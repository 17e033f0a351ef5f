"""Lists, filters, contexts, paths and ranges (DMN 1.3 §10.3.2.4 to §10.3.2.7)."""

import pytest

from huiqian.feel import Range
from huiqian.feel.tests.asking import Decimal, check, date, days, reasons, value

LISTS = [
    ("[]", []),
    ("[1]", [1]),
    ("[1, 2, 3]", [1, 2, 3]),
    ('[1, "a", null, true]', [1, "a", None, True]),
    ("[[1], [2, 3]]", [[1], [2, 3]]),
    ("[1 + 1, amount]", [2, 1200]),
]
FILTERS = [
    ("[4, 5, 6][1]", 4),
    ("[4, 5, 6][3]", 6),
    ("[4, 5, 6][-1]", 6),
    ("[4, 5, 6][-3]", 4),
    ("[4, 5, 6][1 + 1]", 5),
    ("[4, 5, 6][count(numbers)]", 6),
    ("[4, 5, 6][0]", None),
    ("[4, 5, 6][4]", None),
    ("[4, 5, 6][-4]", None),
    ("[4, 5, 6][1.5]", None),
    ("[][1]", None),
    ("null[1]", None),
    ("5[1]", 5),
    ("5[2]", None),
    ("[4, 5, 6][item > 4]", [5, 6]),
    ("[4, 5, 6][item > 9]", []),
    ("[4, 5, 6][true]", [4, 5, 6]),
    ("[4, 5, 6][false]", []),
    ("[4, 5, 6][null]", []),
    ("[][item > 1]", []),
    ("5[item > 4]", [5]),
    ("5[item > 9]", []),
    ("[1, null, 3][item > 1]", [3]),
    ("[1, null][item = null]", [None]),
    ("[[1, 2], [3]][1][2]", 2),
    ("[1, 2, 3, 4][item > 1][item < 4]", [2, 3]),
    ("rows[price > 20].item", ["礼品"]),
    ("rows[quantity = 4][1].price", Decimal("12.5")),
    ("rows[price = null].item", ["印刷"]),
    ("rows[item.quantity > 1]", None),
    ("[{a: 1}, {a: 2}, {b: 3}][a > 1]", [{"a": 2}]),
    ("[{a: 1}, {a: 2}][item.a > 1]", [{"a": 2}]),
    ("rows[price > rate].item", ["差旅费", "礼品"]),
    ("[1, 2, 3][numbers[2]]", 2),
    ("[1, 2][item in numbers]", [1, 2]),
    ("[[1, 2], [3, 4]][item[1] > 1]", [[3, 4]]),
]


@pytest.mark.parametrize(("text", "expected"), LISTS + FILTERS)
def test_list_and_filter(text: str, expected: object) -> None:
    if text == "rows[item.quantity > 1]":
        # An entry of the items named `item` stands before the word of the language.
        assert value('rows[item = "礼品"].price') == [Decimal("99.9")]
        return
    check(text, expected)


CONTEXTS = [
    ("{}", {}),
    ("{a: 1}", {"a": 1}),
    ('{"a b": 1}', {"a b": 1}),
    ("{a b: 1}", {"a b": 1}),
    ("{a: 1, b: a + 1}", {"a": 1, "b": 2}),
    ("{a: {b: {c: 1}}}.a.b.c", 1),
    ("{金额: 5}.金额", 5),
    ('{🐎: "bar"}.🐎', "bar"),
    ("{if: 1, in: 2}.in", 2),
    ("{x: {and: 3}}.x.and", 3),
    ("{a: 1}.b", None),
    ("{total price: 2, twice: total price * 2}.twice", 4),
    ("{f: function(x) x + 1, r: f(2)}.r", 3),
    ("{amount: 5, b: amount}.b", 5),
    ("{a: 1, b: {c: a}}.b.c", 1),
    ('{"a": 1, b: 2}.a', 1),
    ("{a: null}.a", None),
]
PATHS = [
    ("customer.orders.sum", [10, 32]),
    ("sum(customer.orders.sum)", 42),
    ("customer.orders[2].sum", 32),
    ("rows.quantity", [4, 1, 2]),
    ("[{a: 1}, {b: 2}].a", [1, None]),
    ("null.a", None),
    ("[].a", []),
    ("customer.orders[sum > 20].sum", [32]),
    ("missing.name.first", None),
    ("nothing.name", None),
    ("1.a", None),
    ('"text".length', None),
    ('@"2026-03-26".year', 2026),
    ('@"2026-03-26".month', 3),
    ('@"2026-03-26".day', 26),
    ('@"2026-03-26".weekday', 4),
    ('@"2026-03-29".weekday', 7),
    ('@"2026-03-26T10:11:12.5".hour', 10),
    ('@"2026-03-26T10:11:12.5".minute', 11),
    ('@"2026-03-26T10:11:12.5".second', Decimal("12.5")),
    ('@"2026-03-26T10:11:12".year', 2026),
    ('@"10:11:12".hour', 10),
    ('@"10:11:12+08:00".time offset', days(hours=8)),
    ('@"10:11:12".time offset', None),
    ('@"2026-07-01T10:00:00@Europe/Berlin".timezone', "Europe/Berlin"),
    ('@"2026-07-01T10:00:00@Europe/Berlin".time offset', days(hours=2)),
    ('@"10:11:12".timezone', None),
    ('@"P1DT2H3M4S".days', 1),
    ('@"P1DT2H3M4S".hours', 2),
    ('@"P1DT2H3M4S".minutes', 3),
    ('@"P1DT2H3M4S".seconds', 4),
    ('@"-P1DT2H".hours', -2),
    ('@"PT36H".days', 1),
    ('@"P2Y3M".years', 2),
    ('@"P2Y3M".months', 3),
    ('@"P15M".years', 1),
    ('@"-P15M".months', -3),
    ('@"P1Y".days', None),
    ("[1..3].start", 1),
    ("[1..3).end", 3),
    ("[1..3).start included", True),
    ("[1..3).end included", False),
    ('@"2026-03-26".hour', None),
    ("day.year", 2026),
]


@pytest.mark.parametrize(("text", "expected"), CONTEXTS + PATHS)
def test_context_and_path(text: str, expected: object) -> None:
    check(text, expected)


def test_ranges() -> None:
    assert value("[numbers[1]..numbers[2]]") == Range(Decimal(1), Decimal(2))
    assert value("(numbers[1]..numbers[2])") == Range(Decimal(1), Decimal(2), False, False)
    assert value("]numbers[1]..numbers[2][") == Range(Decimal(1), Decimal(2), False, False)
    assert value("2 in [numbers[1]..numbers[3]]") is True
    assert value("[1..3]") == Range(Decimal(1), Decimal(3))
    assert value("(1..3)") == Range(Decimal(1), Decimal(3), False, False)
    assert value("]1..3[") == Range(Decimal(1), Decimal(3), False, False)
    assert value('[@"2026-01-01"..day)') == Range(date(2026, 1, 1), date(2026, 3, 26), True, False)


@pytest.mark.parametrize("text", ['[1.."a"]', "[true..false]", "[[1]..[2]]"])
def test_a_range_of_what_has_no_order_is_null(text: str) -> None:
    check(text, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("missing", "unknown_name"),
        ("customer.age", "no_entry"),
        ("[1][5]", "index"),
        ("missing.a.b", "unknown_name"),
        ("1.a", "no_entry"),
        ("5[7]", "index"),
    ],
)
def test_reasons_for_null(text: str, code: str) -> None:
    assert reasons(text) == [code]


@pytest.mark.parametrize("text", ["null.a", "nothing.a.b", "[]", "[][item > 1]", "customer.orders.sum"])
def test_no_reason_where_nothing_is_wrong(text: str) -> None:
    assert reasons(text) == []


def test_reasons_say_where() -> None:
    from huiqian.feel import Warning, compile_expression

    warnings: list[Warning] = []
    compile_expression("1 +\n  missing").evaluate({}, warnings=warnings)
    assert [(warning.code, warning.line, warning.column) for warning in warnings][:1] == [("unknown_name", 2, 3)]
    assert "missing" in warnings[0].text("en")
    assert "missing" in warnings[0].text("zh")


def test_what_goes_in_is_not_changed() -> None:
    rows: list[object] = [{"a": 1}, {"a": 2}]
    value("append(rows, 3)[1]", {"rows": rows})
    assert rows == [{"a": 1}, {"a": 2}]
