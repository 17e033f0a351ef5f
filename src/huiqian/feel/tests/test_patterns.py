"""Patterns: as Python's own engine finds them where both understand the pattern, and in linear time."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqian.feel.patterns import PatternError, find, read_pattern

WORK: list[int] = []


def spans(pattern: str, text: str, flags: str = "") -> list[tuple[int, int]]:
    """All matches in a text, by our engine."""
    compiled, found, at = read_pattern(pattern, flags), [], 0
    while at <= len(text):
        match = find(compiled, text, at, WORK.append)
        if match is None:
            break
        start, end = match[0], match[1]
        assert start is not None
        assert end is not None
        found.append((start, end))
        at = end if end > start else end + 1
    return found


PATTERNS = [
    "a",
    "ab",
    "a|b",
    "a*",
    "a+",
    "a?",
    "a*?",
    "a+?",
    "a??",
    "(ab)+",
    "(a|b)*c",
    "a{2}",
    "a{1,2}",
    "a{2,}",
    "a{0,2}?",
    "[abc]",
    "[^ab]",
    "[a-c]x",
    "a.c",
    "^a",
    "b$",
    "^ab$",
    "(a)(b)?",
    "(?:ab)+c",
    "((a)|(b))*",
    "a|",
    "(a|ab)(c|bcd)",
    "x*",
    "(a*)(a*)",
    "a(b|c)*d",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text("abcdx", max_size=12))
def test_finds_what_python_finds(pattern: str, text: str) -> None:
    theirs = [match.span() for match in re.finditer(pattern, text)]
    if re.fullmatch(pattern, ""):
        # Behind a full match Python may report an empty one more than XPath knows; the first one is the same.
        assert spans(pattern, text)[:1] == theirs[:1]
    else:
        assert spans(pattern, text) == theirs


ATOMS = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", "(a)", "(b|c)", "(?:ab)"])
REPEATED = st.tuples(ATOMS, st.sampled_from(["", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}"])).map("".join)
SEQUENCES = st.lists(REPEATED, min_size=1, max_size=4).map("".join)


@given(pattern=st.lists(SEQUENCES, min_size=1, max_size=3).map("|".join), text=st.text("abc", max_size=10))
def test_random_patterns_match_as_in_python(pattern: str, text: str) -> None:
    found, theirs = find(read_pattern(pattern), text, 0, WORK.append), re.search(pattern, text)
    assert (found and found[:2]) == (theirs and theirs.span())


@given(pattern=st.text("ab()[]{}*+?|\\^$.-,0123dDwWsSpPL1:", max_size=15), text=st.text(max_size=10))
def test_any_text_is_a_pattern_or_is_refused(pattern: str, text: str) -> None:
    with contextlib.suppress(PatternError):
        find(read_pattern(pattern), text, 0, WORK.append)


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "[",
        "a{2",
        "a{x}",
        "a{3,2}",
        "*a",
        "+",
        "a**",
        "[z-a]",
        "\\",
        "\\q",
        "(?=a)",
        "(?<n>a)",
        "\\p{X}",
        "\\p{L",
        "[]",
        "[^]",
        "a{99999}",
        "(" * 60 + ")" * 60,
        "((a{100}){100}){100}",
        "a{1,2,3}",
        "]",
        "}",
    ],
)
def test_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        read_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "flags", "expected"),
    [
        ("\\d+", "ab12", "", (2, 4)),
        ("\\D+", "12ab", "", (2, 4)),
        ("\\s", "a b", "", (1, 2)),
        ("\\S+", " ab", "", (1, 3)),
        ("\\w+", "--a1", "", (2, 4)),
        ("\\W", "ab-", "", (2, 3)),
        ("\\p{Lu}", "aB", "", (1, 2)),
        ("\\P{L}", "a1", "", (1, 2)),
        ("[\\d-]+", "a1-2", "", (1, 4)),
        ("[a-z-[aeiou]]+", "aabc", "", (2, 4)),
        ("\\.", "a.b", "", (1, 2)),
        ("[.]", "a.b", "", (1, 2)),
        ("ABC", "xabc", "i", (1, 4)),
        ("[A-C]+", "xabc", "i", (1, 4)),
        ("a b", "ab", "x", (0, 2)),
        (".", "\n", "s", (0, 1)),
        ("^b", "a\nb", "m", (2, 3)),
        ("a$", "a\nb", "m", (0, 1)),
        ("\\n", "a\nb", "", (1, 2)),
        ("[会签]+", "请会签", "", (1, 3)),
        ("\\p{L}+", "1会签", "", (1, 3)),
        ("[\\p{N}]+", "a12", "", (1, 3)),
        ("[^\\s]+", " a ", "", (1, 2)),
    ],
)
def test_classes_and_flags(pattern: str, text: str, flags: str, expected: tuple[int, int]) -> None:
    assert spans(pattern, text, flags)[:1] == [expected]


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*)*x", "([a-z]+)*1", "(a*)*(a*)*b"])
def test_work_grows_with_the_text_not_faster(pattern: str) -> None:
    work = []
    for size in (100, 200):
        WORK.clear()
        find(read_pattern(pattern), "a" * size + "!", 0, WORK.append)
        work.append(sum(WORK))
    assert work[1] < 2.5 * work[0]
