"""What goes wrong with an expression: an error has a code and a place, a warning tells why a result is null."""

from collections.abc import Mapping

from huiqian.feel.messages import WORDS, sentence, word


class ExpressionError(Exception):
    """An expression that cannot be compiled, or whose evaluation was stopped (code "budget").

    `line` and `column` count from 1; they are 0 where no place is to blame. `expected` names what could have stood
    there: keys of the words table ("value", "operator", …) or the signs themselves.
    """

    def __init__(
        self, code: str, line: int = 0, column: int = 0, expected: tuple[str, ...] = (), **params: object
    ) -> None:
        self.code = code
        self.line = line
        self.column = column
        self.expected = expected
        self.params: Mapping[str, object] = params
        super().__init__(f"{line}:{column}: {self.text('en')}")

    def text(self, language: str = "zh") -> str:
        """The sentence for people, in "zh" or "en"."""
        named = [word(item, language) if item in WORDS else f"“{item}”" for item in self.expected]
        *others, last = named or [""]
        comma = "、" if language == "zh" else ", "
        listed = f"{comma.join(others)}{WORDS['or'][language == 'zh']}{last}" if others else last
        return sentence(self.code, {**self.params, "expected": listed}, language)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.code, self.line, self.column, self.expected, dict(self.params))


def _again(code: str, line: int, column: int, expected: tuple[str, ...], params: dict[str, object]) -> ExpressionError:
    return ExpressionError(code, line, column, expected, **params)


class Warning:
    """Why a part of an expression came out as null (DMN 1.3 §10.3.2.13.2: null instead of an exception)."""

    __slots__ = ("code", "column", "line", "params")

    def __init__(self, code: str, line: int = 0, column: int = 0, **params: object) -> None:
        self.code = code
        self.line = line
        self.column = column
        self.params: Mapping[str, object] = params

    def text(self, language: str = "zh") -> str:
        """The sentence for people, in "zh" or "en"."""
        return sentence(self.code, self.params, language)

    def __repr__(self) -> str:
        return f"Warning({self.code!r}, {self.line}, {self.column}, {dict(self.params)!r})"
