"""and, or, not, if: three-valued logic (DMN 1.3 tables 50 to 52)."""

import pytest

from huiqian.feel.tests.asking import check, reasons

TRUTH = {"true": True, "false": False, "null": None}


@pytest.mark.parametrize("left", TRUTH)
@pytest.mark.parametrize("right", TRUTH)
def test_and_or(left: str, right: str) -> None:
    values = {TRUTH[left], TRUTH[right]}
    both = False if False in values else None if None in values else True
    either = True if True in values else None if None in values else False
    check(f"{left} and {right}", both)
    check(f"{left} or {right}", either)


@pytest.mark.parametrize(("given", "expected"), [("true", False), ("false", True), ("null", None), ("1 = 2", True)])
def test_not(given: str, expected: object) -> None:
    check(f"not({given})", expected)


CHAINS = [
    ("true and true and false", False),
    ("false or false or true", True),
    ("true or false and false", True),
    ("(true or false) and false", False),
    ("1 < 2 and 2 < 3 or false", True),
    ("not(true) or true", True),
    ("null and false or true", True),
    ("null or null and false", None),
]


@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_and_binds_closer_than_or(text: str, expected: object) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 and true", None),
        ("1 and false", False),
        ("1 or true", True),
        ('"x" or false', None),
        ("not(1)", None),
        ("true and 1", None),
        ('not("true")', None),
    ],
)
def test_other_kinds_count_as_null(text: str, expected: object) -> None:
    check(text, expected)


def test_why_other_kinds_count_as_null() -> None:
    assert reasons('true and "x"') == ["not_boolean"]
    assert reasons("true and null") == []


@pytest.mark.parametrize(
    "text", ["false and missing", "true or missing", "if true then 1 else missing", "if false then missing else 1"]
)
def test_what_cannot_matter_is_not_looked_at(text: str) -> None:
    assert reasons(text) == []


IFS = [
    ("if true then 1 else 2", 1),
    ("if false then 1 else 2", 2),
    ("if null then 1 else 2", 2),
    ("if 1 then 1 else 2", 2),
    ("if 1 < 2 then if 2 < 1 then 1 else 2 else 3", 2),
    ("(if true then 1 else 2) + 1", 2),
    ("if true then 1 else 2 + 1", 1),
    ("if false then 1 else 2 + 1", 3),
    ('if 部门 = "市场部" then "是" else "否"', "是"),
    ("[if true then 1 else 2, 3]", [1, 3]),
    ("if missing then 1 else null", None),
]


@pytest.mark.parametrize(("text", "expected"), IFS)
def test_if(text: str, expected: object) -> None:
    check(text, expected)
