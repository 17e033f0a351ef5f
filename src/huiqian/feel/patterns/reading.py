"""Reads a pattern into a small program: characters to meet, forks to take, places to remember."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MOST_INSTRUCTIONS: Final = 5_000
MOST_REPEATS: Final = 1_000
DEEPEST: Final = 50

CHAR, SPLIT, JUMP, SAVE, START, END, MATCH = range(7)
Test = Callable[[str], bool]
Instruction = tuple[int, object, object]


class PatternError(Exception):
    """A pattern that is not understood, or too large."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern and how many groups it has."""

    program: tuple[Instruction, ...]
    groups: int


@lru_cache(maxsize=256)
def read_pattern(text: str, flags: str = "") -> Pattern:
    """Compile a pattern. Flags: s (dot meets line ends), m (^ $ at lines), i (case aside), x (white space aside)."""
    if set(flags) - set("smix"):
        raise PatternError(flags)
    reader = _Reader(_without_space(text) if "x" in flags else text, flags)
    program = reader.alternatives(0)
    if reader.at < len(reader.text):
        raise PatternError(text)
    whole = [(SAVE, 0, None), *_moved(program, 1), (SAVE, 1, None), (MATCH, None, None)]
    return Pattern(tuple(whole), reader.groups)


def _without_space(text: str) -> str:
    kept, in_class = [], False
    for place, sign in enumerate(text):
        escaped = place > 0 and text[place - 1] == "\\"
        in_class = (in_class or (sign == "[" and not escaped)) and not (sign == "]" and not escaped)
        if in_class or sign not in " \t\n\r":
            kept.append(sign)
    return "".join(kept)


def _moved(program: list[Instruction], by: int) -> list[Instruction]:
    """The program with its jumps aimed `by` instructions further."""
    moved: list[Instruction] = []
    for code, first, second in program:
        if code == SPLIT:
            moved.append((code, first + by, second + by))  # type: ignore[operator]
        elif code == JUMP:
            moved.append((code, first + by, None))  # type: ignore[operator]
        else:
            moved.append((code, first, second))
    return moved


class _Reader:
    """Recursive descent over the pattern; each method gives a program whose jumps count from its own start."""

    def __init__(self, text: str, flags: str) -> None:
        self.text = text
        self.at = 0
        self.flags = flags
        self.groups = 0

    def peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def take(self) -> str:
        if self.at >= len(self.text):
            raise PatternError(self.text)
        self.at += 1
        return self.text[self.at - 1]

    def alternatives(self, depth: int) -> list[Instruction]:
        if depth > DEEPEST:
            raise PatternError(self.text)
        program = self.sequence(depth)
        while self.peek() == "|":
            self.at += 1
            other = self.sequence(depth)
            size = len(program)
            program = [
                (SPLIT, 1, size + 2), *_moved(program, 1), (JUMP, size + 2 + len(other), None), *_moved(other, size + 2)
            ]  # fmt: skip
        return program

    def sequence(self, depth: int) -> list[Instruction]:
        program: list[Instruction] = []
        while self.peek() not in ("", "|", ")"):
            program += _moved(self.repeated(depth), len(program))
            if len(program) > MOST_INSTRUCTIONS:
                raise PatternError(self.text)
        return program

    def repeated(self, depth: int) -> list[Instruction]:
        program = self.atom(depth)
        bounds = self.bounds()
        if bounds is None:
            return program
        greedy = self.peek() != "?"
        self.at += not greedy
        if self.peek() in ("*", "+", "?", "{"):
            raise PatternError(self.text)
        return self.times(program, *bounds, greedy)

    def bounds(self) -> tuple[int, int | None] | None:
        """What a quantifier says: at least, at most."""
        sign = self.peek()
        if sign in ("*", "+", "?") and sign:
            self.at += 1
            return (int(sign == "+"), 1 if sign == "?" else None)
        if sign != "{":
            return None
        inside, closed, _ = self.text[self.at + 1 :].partition("}")
        low, comma, high = inside.partition(",")
        if not closed or not low.isdecimal() or (high and not high.isdecimal()) or len(inside) > 10:
            raise PatternError(self.text)
        self.at += len(inside) + 2
        least, most = int(low), int(high) if high else (None if comma else int(low))
        if least > MOST_REPEATS or (most is not None and not least <= most <= MOST_REPEATS):
            raise PatternError(self.text)
        return least, most

    def times(self, program: list[Instruction], least: int, most: int | None, greedy: bool) -> list[Instruction]:
        copies = max(least, most or 0, 1) + 1
        if (len(program) + 2) * copies > MOST_INSTRUCTIONS:
            raise PatternError(self.text)
        made: list[Instruction] = []
        for _ in range(least):
            made += _moved(program, len(made))
        size = len(program)
        if most is None:
            loop = [_fork(1, size + 2, greedy), *_moved(program, 1), (JUMP, 0, None)]
            return made + _moved(loop, len(made))
        end = len(made) + (most - least) * (size + 1)
        for _ in range(most - least):
            here = len(made)
            made += [_fork(here + 1, end, greedy), *_moved(program, here + 1)]
        return made

    def atom(self, depth: int) -> list[Instruction]:
        sign = self.take()
        if sign == "(":
            return self.group(depth)
        if sign == "^":
            return [(START, "m" in self.flags, None)]
        if sign == "$":
            return [(END, "m" in self.flags, None)]
        if sign in "*+?{})]":
            raise PatternError(self.text)
        return [(CHAR, self.char_test(sign), None)]

    def char_test(self, sign: str) -> Test:
        if sign == ".":
            return _anything if "s" in self.flags else _no_line_end
        if sign == "[":
            return self.one_of()
        if sign == "\\":
            return self.escaped()
        return self.literal(sign)

    def literal(self, sign: str) -> Test:
        if "i" in self.flags:
            folded = {sign.lower(), sign.upper(), sign}
            return folded.__contains__
        return sign.__eq__

    def group(self, depth: int) -> list[Instruction]:
        keeps = True
        if self.peek() == "?":
            if self.text[self.at : self.at + 2] != "?:":
                raise PatternError(self.text)
            self.at += 2
            keeps = False
        number = 0
        if keeps:
            self.groups += 1
            number = self.groups
        inner = self.alternatives(depth + 1)
        if self.take() != ")":
            raise PatternError(self.text)
        return [(SAVE, 2 * number, None), *_moved(inner, 1), (SAVE, 2 * number + 1, None)] if keeps else inner

    def escaped(self) -> Test:
        sign = self.take()
        if sign in _ESCAPED_CLASSES:
            return _ESCAPED_CLASSES[sign]
        if sign in "pP":
            return self.category(sign == "P")
        if sign in _ESCAPED_SIGNS:
            return self.literal(_ESCAPED_SIGNS[sign])
        if sign in "\\|.-^?*+{}()[]$/\"'":
            return self.literal(sign)
        raise PatternError(self.text)

    def category(self, negative: bool) -> Test:
        inside, closed, _ = self.text[self.at :].partition("}")
        wanted = inside[1:]
        if not closed or not inside.startswith("{") or not (len(wanted) in (1, 2) and wanted[0] in "LMNPZSC"):
            raise PatternError(self.text)
        self.at += len(inside) + 1
        return lambda sign: unicodedata.category(sign).startswith(wanted) != negative

    def one_of(self) -> Test:
        negative = self.peek() == "^"
        self.at += negative
        tests: list[Test] = []
        without: Test | None = None
        while self.peek() != "]" or not tests:
            if self.text.startswith("-[", self.at):
                self.at += 2
                without = self.one_of()
                break
            tests.append(self.class_item())
        if self.take() != "]":
            raise PatternError(self.text)
        return _class_test(tuple(tests), negative, without)

    def class_item(self) -> Test:
        sign = self.take()
        if sign in "[]":
            raise PatternError(self.text)
        if sign == "\\":
            if self.peek() not in "\\|.-^?*+{}()[]$nrt/":
                return self.escaped()
            sign = self.take()
            sign = _ESCAPED_SIGNS.get(sign, sign)
        if self.peek() != "-" or self.text[self.at + 1 : self.at + 2] in ("]", "[", ""):
            return self.literal(sign)
        self.at += 1
        last = self.take()
        if last == "\\":
            last = self.take()
            last = _ESCAPED_SIGNS.get(last, last)
        if last < sign:
            raise PatternError(self.text)
        if "i" in self.flags:
            return lambda seen: sign <= seen.lower() <= last or sign <= seen.upper() <= last
        return lambda seen: sign <= seen <= last


def _fork(go_in: int, go_on: int, greedy: bool) -> Instruction:
    return (SPLIT, go_in, go_on) if greedy else (SPLIT, go_on, go_in)


def _class_test(tests: tuple[Test, ...], negative: bool, without: Test | None) -> Test:
    def test(sign: str) -> bool:
        inside = any(one(sign) for one in tests) != negative
        return inside and not (without is not None and without(sign))

    return test


def _anything(_sign: str) -> bool:
    return True


def _no_line_end(sign: str) -> bool:
    return sign not in "\n\r"


def _word(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "PZC"


_ESCAPED_SIGNS: Final = {"n": "\n", "r": "\r", "t": "\t"}
_ESCAPED_CLASSES: Final[dict[str, Test]] = {
    "d": lambda sign: unicodedata.category(sign) == "Nd",
    "D": lambda sign: unicodedata.category(sign) != "Nd",
    "s": lambda sign: sign in " \t\n\r",
    "S": lambda sign: sign not in " \t\n\r",
    "w": _word,
    "W": lambda sign: not _word(sign),
    "i": lambda sign: sign.isalpha() or sign in "_:",
    "I": lambda sign: not (sign.isalpha() or sign in "_:"),
    "c": lambda sign: sign.isalnum() or sign in "._:-",
    "C": lambda sign: not (sign.isalnum() or sign in "._:-"),
}
