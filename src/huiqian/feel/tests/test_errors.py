"""What does not compile: the code, the place, what was expected, in both languages."""

import pickle

import pytest

from huiqian.feel import ExpressionError
from huiqian.feel.messages import MESSAGES, WORDS
from huiqian.feel.tests.asking import refusal

CASES = [  # text, code, line, column, one of what was expected
    ("", "empty", 1, 1, None),
    ("   ", "empty", 1, 1, None),
    ("// only a comment", "empty", 1, 1, None),
    ("1 +", "syntax", 1, 4, "value"),
    ("1 + ", "syntax", 1, 4, "value"),
    ("+ 1", "syntax", 1, 1, "value"),
    ("1 2", "syntax", 1, 3, "operator"),
    ("1 +\n  * 2", "syntax", 2, 3, "value"),
    ("(1 + 2", "syntax", 1, 7, ")"),
    ("1 + 2)", "syntax", 1, 6, None),
    ("[1, 2", "syntax", 1, 6, "]"),
    ("[1 2]", "syntax", 1, 4, "]"),
    ("{a: 1", "syntax", 1, 6, "}"),
    ("{a 1}", "syntax", 1, 4, None),
    ("{a:}", "syntax", 1, 4, "value"),
    ("if true then 1", "syntax", 1, 15, "else"),
    ("if true", "syntax", 1, 8, "then"),
    ("for x in [1]", "syntax", 1, 13, "return"),
    ("for x return x", "syntax", 1, 7, None),
    ("some x in [1]", "syntax", 1, 14, "satisfies"),
    ("1 between 2", "syntax", 1, 12, "and"),
    ("a b", "names_in_a_row", 1, 3, None),
    ("1 + a b", "names_in_a_row", 1, 7, None),
    ("f(1", "syntax", 1, 4, ")"),
    ("f(1,", "syntax", 1, 5, "value"),
    ("f(a: 1, 2)", "syntax", 1, 9, None),
    ("f(1, a: 2)", "syntax", 1, 7, None),
    ("a.", "syntax", 1, 3, "name"),
    ("a..b", "syntax", 1, 2, None),
    ("1 == 2", "operator", 1, 3, None),
    ("a && b", "operator", 1, 3, None),
    ("a || b", "operator", 1, 3, None),
    ("a <> b", "operator", 1, 3, None),
    ("a ≤ 3", "operator", 1, 3, None),
    ("!a", "operator", 1, 1, None),
    ("金额（元）", "fullwidth", 1, 3, None),
    ("a，b", "fullwidth", 1, 2, None),
    ("“a”", "fullwidth", 1, 1, None),
    ("金额＞100", "fullwidth", 1, 3, None),
    ("a ; b", "character", 1, 3, None),
    ("a # b", "character", 1, 3, None),
    ("a % 2", "character", 1, 3, None),
    ("`a`", "character", 1, 1, None),
    ("'a'", "character", 1, 1, None),
    ('"abc', "open_string", 1, 1, None),
    ('1 + "abc', "open_string", 1, 5, None),
    ('"a\nb"', "open_string", 1, 1, None),
    ("1 /* x", "open_comment", 1, 3, None),
    ('@"x"', "at_literal", 1, 1, None),
    ('1 +\n @"2026-02-30"', "at_literal", 2, 2, None),
    ("1e7000", "number_size", 1, 1, None),
    ("2 + 1e99999", "number_size", 1, 5, None),
    ("1 instance of thing", "unknown_type", 1, 15, None),
    ("1 instance of list<thing>", None, 1, 15, None),
    ("function(x) external {}", "no_external", 1, 13, None),
    ("{a: 1, a: 2}", "twice", 1, 8, None),
    ("function(x, x) x", "twice", 1, 13, None),
    ("f(a: 1, a: 2)", "twice", 1, 9, None),
    ("< 5", None, 1, 1, None),
    ("(< 5)", "test_outside", 1, 2, None),
    ("1 + (1, 2)", None, 1, 9, None),
    ("true then", None, 1, 6, None),
    ("and", "syntax", 1, 1, "value"),
    ("[1..", "syntax", 1, 5, "value"),
    ("[1..2", "syntax", 1, 6, None),
    ("x in", "syntax", 1, 5, None),
    ("else", "syntax", 1, 1, "value"),
    ("1..2", "syntax", 1, 2, None),
    ("\ud800", None, 1, 1, None),
    ("a\x00", "character", 1, 2, None),
]


@pytest.mark.parametrize(("text", "code", "line", "column", "expected"), CASES)
def test_error(text: str, code: str | None, line: int, column: int, expected: str | None) -> None:
    error = refusal(text)
    assert (error.line, error.column) == (line, column), error
    assert code is None or error.code == code, error
    assert expected is None or expected in error.expected, error.expected
    assert error.code in MESSAGES
    for language in ("en", "zh"):
        told = error.text(language)
        assert told
        assert "{" not in told or "{" in text


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("(" * 99 + "1" + ")" * 99, 0),
        ("(" * 150 + "1" + ")" * 150, 101),
        ("[" * 3000, 101),
        ("-" * 5000 + "1", 0),
        ("if a then " * 1000 + "1" + " else 2" * 1000, 0),
        ("f(" * 500, 0),
        ("not(" * 200 + "a" + ")" * 200, 0),
        ("a" + ".b" * 5000, 0),
        ("1" + " = 1" * 4000, 0),
        ("function(x) " * 1000 + "1", 0),
        ("{a: " * 400 + "1" + "}" * 400, 0),
        ("for x in " * 800 + "y", 0),
        ("a" + "[1]" * 3000, 0),
        ("1" + " ** 2" * 3000, 0),
        ("1" + " + 1" * 4900, 0),
    ],
)
def test_deep_and_long(text: str, column: int) -> None:
    from huiqian.feel import compile_expression

    try:
        compile_expression(text).evaluate({"a": True})
    except ExpressionError as error:
        assert error.code in ("too_deep", "budget", "syntax")  # noqa: PT017
        assert not column or error.column == column  # noqa: PT017


def test_too_long() -> None:
    error = refusal("1 + " * 6000 + "1")
    assert (error.code, error.params["most"]) == ("too_long", 20_000)


def test_every_message_has_both_languages_with_the_same_params() -> None:
    import string

    for code, (english, chinese) in MESSAGES.items():
        params = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in (english, chinese)]
        assert params[0] == params[1], code
        assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese), code
        assert english.isascii() or "“" in english or "…" in english, code
    assert all(english and chinese for english, chinese in WORDS.values())


def test_an_error_can_be_sent_to_another_process() -> None:
    error = refusal("1 +")
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.line, again.column, again.expected, again.text("zh")) == (
        error.code,
        error.line,
        error.column,
        error.expected,
        error.text("zh"),
    )


def test_the_sentence_in_both_languages() -> None:
    error = refusal("if a then 1")
    assert "else" in error.text("en")
    assert "else" in error.text("zh")
    assert error.text("en") != error.text("zh")
    assert "1:12" in str(error)
