"""Cuts an expression into tokens, and settles there what the grammar cannot: long names, types, open intervals."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Final

from lark import Token

from huiqian.feel.errors import ExpressionError
from huiqian.feel.functions import NAMES_WITH_SPACES
from huiqian.feel.properties import PARTS_WITH_SPACES
from huiqian.feel.types import read_type

MOST_CHARACTERS: Final = 20_000
DEEPEST: Final = 100

WORD: Final = r"(?:[^\W\d]|[?\U00010000-\U000EFFFF])(?:\w|[\U00010000-\U000EFFFF])*"
_KEYWORDS: Final = {
    word: f"_{word.upper()}"
    for word in (
        "if", "then", "else", "for", "return", "some", "every", "satisfies", "in", "and", "or", "between", "instance",
        "of",
    )
} | {"true": "TRUE", "false": "FALSE", "null": "NULL", "function": "FUNCTION", "external": "EXTERNAL"}  # fmt: skip
_SIGNS: Final = {
    "+": "PLUS", "-": "MINUS", "*": "STAR", "/": "SLASH", "**": "_POW", "(": "LPAR", ")": "RPAR", "[": "LSQB",
    "]": "RSQB", "{": "_LBRACE", "}": "_RBRACE", ",": "_COMMA", ":": "_COLON", ".": "_DOT", "..": "_DOTDOT",
    "=": "CMP", "!=": "CMP", "<": "CMP", "<=": "CMP", ">": "CMP", ">=": "CMP",
}  # fmt: skip
_FULL_WIDTH: Final = dict(zip("，（）：；＝＜＞＋－＊／“”「」【】｛｝．", ',():;=<>+-*/""""[]{}.', strict=True))
_FOREIGN: Final = {"==": "=", "&&": "and", "||": "or", "<>": "!=", "≤": "<=", "≥": ">=", "≠": "!=", "!": "not()"}
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}

_TOKEN: Final = re.compile(
    rf"""
    (?P<space>(?:[\s\u0085\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]|//[^\n]*|/\*.*?\*/)+)
  | (?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<string>@?"(?:[^"\\\n\r]|\\.)*")
  | (?P<foreign>==|&&|\|\||<>|!(?!=)|[≤≥≠])
  | (?P<sign>\*\*|\.\.|!=|<=|>=|(?:/(?!\*))|[-+*()\[\]{{}},:.=<>])
  | (?P<word>{WORD})
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
# The same with Unicode letters for words, ASCII digits for numbers.
_WORD: Final = re.compile(WORD)
_PARTS: Final = re.compile("|".join(r"\s+".join(name.split()) + r"\b" for name in PARTS_WITH_SPACES))
_KEY: Final = re.compile(r'[^\s:{}",()\[\]<>=@](?:[^:{}",()\[\]<>=@]*[^\s:{}",()\[\]<>=@])?(?=\s*:)')
_WORDS: Final = re.compile(rf"{WORD}(?:[ \t]+{WORD})*")
_WORDS_BEFORE_COLON: Final = re.compile(rf"{WORD}(?:[ \t]+{WORD})*(?=\s*:)")
_WORDS_BEFORE_IN: Final = re.compile(rf"{WORD}(?:[ \t]+{WORD})*?(?=\s+in\b)")
_SPACED_PROPERTIES: Final = re.compile(r"(?:time\s+offset|start\s+included|end\s+included)\b")
_NO_OPERAND: Final = re.compile(
    r"(?:\s|//[^\n]*|/\*.*?\*/)*(?:$|[),\]}.=!<>+*/]|(?:and|or|then|else|return|satisfies|between|in|instance)\b)",
    re.DOTALL,
)
_ENDS_OPERAND: Final = frozenset({
    "NAME", "NUMBER", "STRING", "AT", "RPAR", "RSQB", "_RBRACE", "CLOSED", "NULL", "TRUE", "FALSE", "TYPE",
})  # fmt: skip
_OPENERS: Final = frozenset({"LPAR", "LSQB", "OPENED", "_LBRACE"})


def tokens_of(text: str, names: Iterable[str] = (), *, tests: bool = False) -> list[Token]:
    """The tokens of an expression (or, with `tests`, of a decision table's cell). Raises ExpressionError."""
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError("too_long", most=MOST_CHARACTERS)
    cutter = _Cutter(text, names)
    cutter.run()
    if not cutter.tokens:
        raise ExpressionError("empty", 1, 1)
    if tests:
        _mark_negation(cutter.tokens)
    return cutter.tokens


class _Cutter:
    """Walks through the text; `open` are the brackets and iterations that still wait for their end."""

    def __init__(self, text: str, names: Iterable[str]) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.line_start = 0
        self.tokens: list[Token] = []
        self.open: list[str] = []
        self.ranges: list[bool] = []
        # By their first word, the longest first: those known from the beginning, and those met on the way.
        self.known = _by_first_word(tuple(names))
        self.learned: dict[str, list[str]] = {}

    def learn(self, name: str) -> None:
        """From here on this name is one token, though it has spaces or signs in it."""
        _sort_in(self.learned, name)

    def error(self, code: str, **params: Any) -> ExpressionError:
        return ExpressionError(code, self.line, self.at - self.line_start + 1, **params)

    @property
    def last(self) -> str:
        return self.tokens[-1].type if self.tokens else ""

    def add(self, kind: str, value: str, length: int) -> None:
        column = self.at - self.line_start + 1
        self.tokens.append(Token(kind, value, self.at, self.line, column, end_pos=self.at + length))
        self.skip(length)

    def skip(self, length: int) -> None:
        passed = self.text[self.at : self.at + length]
        if "\n" in passed:
            self.line += passed.count("\n")
            self.line_start = self.at + passed.rindex("\n") + 1
        self.at += length

    def run(self) -> None:
        while self.at < len(self.text):
            if not (self.special() or self.plain()):
                raise self.refusal()

    def special(self) -> bool:
        """The longer tokens that the place asks for: a type, a key, a variable, a known name."""
        if self.text[self.at].isspace() or self.text.startswith(("//", "/*"), self.at):
            return False
        last = self.last
        if last == "_OF" or (last == "_COLON" and self.in_parameters()):
            return self.type()
        if last in ("_LBRACE", "_COMMA") and self.inside("_LBRACE"):
            return self.name_by(_KEY)
        if last in ("_FOR", "_SOME", "_EVERY") or (last == "_COMMA" and self.inside("_FOR", "_SOME", "_EVERY")):
            return self.name_by(_WORDS_BEFORE_IN)
        if last in ("LPAR", "_COMMA") and self.inside("LPAR") and self.name_by(_WORDS_BEFORE_COLON):
            return True
        return last not in _ENDS_OPERAND and self.known_name()

    def inside(self, *kinds: str) -> bool:
        return bool(self.open) and self.open[-1] in kinds

    def in_parameters(self) -> bool:
        """Right after `function (name:`?"""
        depth = 0
        for place in range(len(self.tokens) - 1, 0, -1):
            depth += (self.tokens[place].type == "RPAR") - (self.tokens[place].type == "LPAR")
            if depth < 0:
                return self.tokens[place - 1].type == "FUNCTION"
        return False

    def type(self) -> bool:
        length = read_type(self.text, self.at)
        if not length:
            raise self.error("unknown_type", found=self.text[self.at :].split()[0])
        self.add("TYPE", self.text[self.at : self.at + length], length)
        return True

    def name_by(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.at)
        if found is None:
            return False
        name = " ".join(found[0].split())
        self.add("NAME", name, len(found[0]))
        self.learn(name)
        return True

    def known_name(self) -> bool:
        word = _first_word(self.text, self.at)
        names = [*self.learned.get(word, ()), *self.known.get(word, ())]
        for name in sorted(names, key=len, reverse=True) if word in self.learned else names:
            found = _name_pattern(name).match(self.text, self.at)
            if found:
                self.add("NAME", name, len(found[0]))
                return True
        found = _built_in_names().match(self.text, self.at)
        if found:
            self.add("NAME", " ".join(found[0].split()), len(found[0]))
        return found is not None

    def plain(self) -> bool:
        found = _TOKEN.match(self.text, self.at)
        if found is None or found.lastgroup in (None, "word"):
            return self.word()
        getattr(self, "take_" + found.lastgroup)(found[0])
        return True

    def word(self) -> bool:
        found = _WORD.match(self.text, self.at)
        if found:
            self.take_word(found[0])
        return found is not None

    def take_space(self, text: str) -> None:
        self.skip(len(text))

    def take_number(self, text: str) -> None:
        self.add("NUMBER", text, len(text))

    def take_word(self, text: str) -> None:
        kind = "NAME" if self.last == "_DOT" else _KEYWORDS.get(text, "NAME")
        spaced = _SPACED_PROPERTIES.match(self.text, self.at) if self.last == "_DOT" else None
        if spaced:
            return self.add(kind, " ".join(spaced[0].split()), len(spaced[0]))
        if kind in ("_FOR", "_SOME", "_EVERY"):
            self.push(kind)
        elif kind in ("_RETURN", "_SATISFIES") and self.inside("_FOR", "_SOME", "_EVERY"):
            self.pop()
        return self.add(kind, text, len(text))

    def take_string(self, text: str) -> None:
        kind, quoted = ("AT", text[2:-1]) if text[0] == "@" else ("STRING", text[1:-1])
        said = self.unescaped(quoted) if "\\" in quoted else quoted
        is_key = self.last in ("_LBRACE", "_COMMA") and self.inside("_LBRACE")
        self.add(kind, said, len(text))
        if is_key and _WORDS.fullmatch(said):
            self.learn(said)

    def unescaped(self, quoted: str) -> str:
        def one(found: re.Match[str]) -> str:
            sign = found[1]
            if len(sign) > 1 and int(sign[1:], 16) <= 0x10FFFF:
                return chr(int(sign[1:], 16))
            # A backslash that begins no escape sequence is itself: patterns are written "\\d+" (grammar rules 35, 64).
            return _ESCAPES.get(sign, found[0])

        text = re.sub(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", one, quoted, flags=re.DOTALL)
        # Two escapes of surrogates are one character; a lonely surrogate cannot be stored or sent anywhere.
        try:
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            raise self.error("escape", found=r"\u") from None

    def take_foreign(self, text: str) -> None:
        raise self.error("operator", found=text, wanted=_FOREIGN[text])

    def take_sign(self, text: str) -> None:
        kind = _SIGNS[text]
        if text == "]" and self.last not in _ENDS_OPERAND and self.last != "LSQB":
            kind = "OPENED"
        elif text == "[" and self.ends_interval():
            kind = "CLOSED"
        if kind in _OPENERS:
            self.push(kind)
        elif kind in ("RPAR", "RSQB", "CLOSED", "_RBRACE"):
            while self.inside("_FOR", "_SOME", "_EVERY"):
                self.pop()
            self.pop()
        elif kind == "_DOTDOT" and self.inside("LPAR", "LSQB", "OPENED"):
            self.ranges[-1] = True
        self.add(kind, text, len(text))

    def ends_interval(self) -> bool:
        """Is the "[" here the end of ]1..5[ and not the beginning of a filter? Nothing to filter by follows then."""
        waits = bool(self.open) and self.ranges[-1] and self.last in _ENDS_OPERAND
        return waits and _NO_OPERAND.match(self.text, self.at + 1) is not None

    def push(self, kind: str) -> None:
        if len(self.open) >= DEEPEST:
            raise self.error("too_deep", most=DEEPEST)
        self.open.append(kind)
        self.ranges.append(False)

    def pop(self) -> None:
        if self.open:
            self.open.pop()
            self.ranges.pop()

    def refusal(self) -> ExpressionError:
        rest = self.text[self.at :]
        if rest.startswith(('"', '@"')):
            return self.error("open_string")
        if rest.startswith("/*"):
            return self.error("open_comment")
        if rest[0] in _FULL_WIDTH:
            return self.error("fullwidth", found=rest[0], wanted=_FULL_WIDTH[rest[0]])
        return self.error("character", found=rest[0])


@lru_cache(maxsize=64)
def _by_first_word(names: tuple[str, ...]) -> dict[str, list[str]]:
    sorted_in: dict[str, list[str]] = {}
    for name in names:
        for part in name.split("."):
            _sort_in(sorted_in, part)
    return sorted_in


def _sort_in(names: dict[str, list[str]], name: str) -> None:
    """Put a name that is no single word among those that begin alike, the longest first."""
    spelled = " ".join(name.split())
    if not spelled or _WORD.fullmatch(spelled):
        return
    alike = names.setdefault(_first_word(spelled), [])
    if spelled not in alike:
        alike.append(spelled)
        alike.sort(key=len, reverse=True)


def _first_word(text: str, at: int = 0) -> str:
    """The word that stands here, "" where a sign does."""
    found = _WORD.match(text, at)
    return found[0] if found else ""


@lru_cache(maxsize=4096)
def _name_pattern(name: str) -> re.Pattern[str]:
    """Matches the name with any white space in it, not inside a longer word."""
    return re.compile(r"\s+".join(re.escape(word) for word in name.split()) + r"(?!\w)")


@cache
def _built_in_names() -> re.Pattern[str]:
    longest_first = sorted(NAMES_WITH_SPACES, key=len, reverse=True)
    spelled = "|".join(r"\s+".join(name.split()) for name in longest_first)
    return re.compile(rf"(?:{spelled})(?=\s*\()")


def _mark_negation(tokens: list[Token]) -> None:
    """`not(…)` around a whole cell negates its tests; elsewhere it is the function (DMN 1.3 grammar rule 17)."""
    if len(tokens) < 4 or tokens[0] != "not" or tokens[1].type != "LPAR":
        return
    depth = 0
    for place, token in enumerate(tokens[1:], start=1):
        depth += (token.type == "LPAR") - (token.type == "RPAR")
        if depth == 0:
            if place == len(tokens) - 1:
                tokens[0] = Token.new_borrow_pos("_NOT", "not", tokens[0])
            return
