"""Texts (DMN 1.3 §10.3.4.3); positions count characters from 1, negative ones from the end."""

# ruff: noqa: D402 — the examples are expressions, not signatures

import re

from huiqian.feel.formatting import text_of
from huiqian.feel.functions.registry import NotPossible, built_in
from huiqian.feel.patterns import Found, Pattern, PatternError, find, read_pattern
from huiqian.feel.running import MOST_CHARACTERS, Run


@built_in("substring(string: string, start position: integer, length?: integer)")
def substring(_run: Run, string: str, start: int, length: int | None = None) -> str:
    """substring("foobar", 3, 2) = "ob"; substring("foobar", -2) = "ar"."""
    if not start:
        raise NotPossible("start position")
    if length is not None and length < 1:
        raise NotPossible("length")
    first = start - 1 if start > 0 else max(len(string) + start, 0)
    return string[first:] if length is None else string[first : first + length]


@built_in("string length(string: string)")
def string_length(_run: Run, string: str) -> int:
    """string length("会签") = 2."""
    return len(string)


@built_in("upper case(string: string)")
def upper_case(run: Run, string: str) -> str:
    """upper case("aBc4") = "ABC4"."""
    run.hold(len(string), MOST_CHARACTERS)
    return string.upper()


@built_in("lower case(string: string)")
def lower_case(run: Run, string: str) -> str:
    """lower case("aBc4") = "abc4"."""
    run.hold(len(string), MOST_CHARACTERS)
    return string.lower()


@built_in("substring before(string: string, match: string)")
def substring_before(_run: Run, string: str, match: str) -> str:
    """What stands before the first match. substring before("foobar", "bar") = "foo"; "" where there is no match."""
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@built_in("substring after(string: string, match: string)")
def substring_after(_run: Run, string: str, match: str) -> str:
    """substring after("foobar", "ob") = "ar"; "" where there is no match."""
    return string.partition(match)[2] if match else string


@built_in("contains(string: string, match: string)")
def contains(_run: Run, string: str, match: str) -> bool:
    """contains("foobar", "ob") = true."""
    return match in string


@built_in("starts with(string: string, match: string)")
def starts_with(_run: Run, string: str, match: str) -> bool:
    """starts with("foobar", "foo") = true."""
    return string.startswith(match)


@built_in("ends with(string: string, match: string)")
def ends_with(_run: Run, string: str, match: str) -> bool:
    """ends with("foobar", "bar") = true."""
    return string.endswith(match)


@built_in("matches(input: string, pattern: string, flags?: string|null)")
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    """Is the pattern found in the text? matches("foobar", "^fo*b") = true."""
    return find(_read(run, pattern, flags), text, 0, run.spend) is not None


@built_in("replace(input: string, pattern: string, replacement: string, flags?: string|null)")
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") = "[1=ab][2=]cd"."""
    compiled = _read(run, pattern, flags)
    made: list[str] = []
    size = last = 0
    for found in _all_of(run, compiled, text):
        piece = text[last : found[0]] + _filled(replacement, text, found)
        size += len(piece)
        run.hold(size, MOST_CHARACTERS)
        made.append(piece)
        last = found[1] or 0
    return "".join(made) + text[last:]


@built_in("split(string: string, delimiter: string)")
def split(run: Run, text: str, delimiter: str) -> list[object]:
    """The delimiter is a pattern: split("a; b;c", "; ?") = ["a", "b", "c"]."""
    pieces: list[object] = []
    last = 0
    for found in _all_of(run, _read(run, delimiter), text):
        run.hold(len(pieces) + 1)
        pieces.append(text[last : found[0]])
        last = found[1] or 0
    return [*pieces, text[last:]]


@built_in("string join(list: list, delimiter?: string|null)")
def string_join(run: Run, items: list[object], delimiter: str | None = None) -> str:
    """string join(["a", "b", null, "c"], "_and_") = "a_and_b_and_c"."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(item, str) for item in texts):
        raise NotPossible("list")
    between = delimiter or ""
    run.hold(sum(len(str(item)) + len(between) for item in texts), MOST_CHARACTERS)
    return between.join(map(str, texts))


@built_in("string(from: any)")
def string_(run: Run, value: object) -> str | None:
    """A value as a text: string(1.10) = "1.10"; null stays null."""
    return None if value is None else text_of(value, run)


def _read(run: Run, pattern: str, flags: str | None = None) -> Pattern:
    try:
        compiled = read_pattern(pattern, flags or "")
    except PatternError:
        raise NotPossible("pattern", "pattern") from None
    run.spend(len(compiled.program))
    return compiled


def _all_of(run: Run, pattern: Pattern, text: str) -> list[Found]:
    """Every match, one behind the other. A pattern that matches nothing at all cannot cut a text (XPath FORX0003)."""
    if find(pattern, "", 0, run.spend) is not None:
        raise NotPossible("pattern", "pattern")
    listed: list[Found] = []
    at = 0
    while (found := find(pattern, text, at, run.spend)) is not None:
        listed.append(found)
        at = max(found[1] or 0, at)
        if found[0] == found[1]:
            at += 1
        if at > len(text):
            break
    return listed


def _filled(replacement: str, text: str, found: Found) -> str:
    def group(reference: re.Match[str]) -> str:
        if reference[0][0] == "\\":
            return reference[0][1]
        number = int(reference[1])
        if 2 * number + 1 >= len(found):
            return ""
        start, end = found[2 * number], found[2 * number + 1]
        return text[start:end] if start is not None and end is not None else ""

    if re.search(r"(?<!\\)(?:\\\\)*(?:\\(?![\\$])|\$(?!\d))", replacement):
        raise NotPossible("replacement")
    return re.sub(r"\\[\\$]|\$(\d)", group, replacement)
