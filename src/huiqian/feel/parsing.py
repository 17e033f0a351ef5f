"""From text to a tree, with errors that say where, what was found and what was expected."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

from lark import Lark, Token, Tree, UnexpectedInput, UnexpectedToken
from lark.lexer import Lexer

from huiqian.feel.errors import ExpressionError
from huiqian.feel.lexer import tokens_of


class _Ready(Lexer):
    """Hands tokens that were cut before to lark."""

    __future_interface__ = 1

    def __init__(self, _configuration: object) -> None:
        pass

    def lex(self, lexer_state: Any, _parser_state: Any) -> Iterator[Token]:
        """The tokens, as they were given."""
        return iter(lexer_state.text)


@cache
def _parser() -> Lark:
    grammar = files("huiqian.feel").joinpath("grammar.lark").read_text("utf-8")
    return Lark(
        grammar, parser="lalr", lexer=_Ready, start=["expression", "unary_tests"], maybe_placeholders=False,
        propagate_positions=True,
    )  # fmt: skip


def parse(text: str, names: Iterable[str] = (), *, tests: bool = False) -> Tree[Token]:
    """The tree of an expression or, with `tests`, of unary tests. Raises ExpressionError with the place."""
    tokens = tokens_of(text, names, tests=tests)
    try:
        return _parser().parse(tokens, start="unary_tests" if tests else "expression")
    except UnexpectedToken as error:
        raise _told(error, tokens) from None
    except UnexpectedInput as error:
        raise ExpressionError("syntax", error.line, error.column, ("value",), found="end") from None


_VALUES: Final = frozenset({"NUMBER", "STRING", "AT", "TRUE", "FALSE", "NULL", "LPAR", "LSQB", "_LBRACE", "OPENED"})
_OPERATORS: Final = frozenset({
    "PLUS", "MINUS", "STAR", "SLASH", "_POW", "CMP", "_AND", "_OR", "_IN", "_BETWEEN", "_INSTANCE", "_DOT",
})  # fmt: skip
_SPELLED: Final = {
    "RPAR": ")", "RSQB": "]", "CLOSED": "[", "_RBRACE": "}", "_COMMA": ",", "_COLON": ":", "_DOTDOT": "..",
    "$END": "end", "NAME": "name", "TYPE": "type", "LPAR": "(",
}  # fmt: skip


def _told(error: UnexpectedToken, tokens: list[Token]) -> ExpressionError:
    token = error.token
    expected = _expected(set(error.accepts or error.expected))
    if token.type == "$END":
        last = tokens[-1]
        column = (last.column or 1) + (last.end_pos or 0) - (last.start_pos or 0)
        return ExpressionError("syntax", last.line or 1, column, expected, found="end")
    line, column = token.line or 1, token.column or 1
    before = _before(tokens, token)
    if token.type == "NAME" and before is not None and before.type == "NAME":
        if before == "not":
            return ExpressionError("not_word", line, column, ("(",), found=str(token))
        return ExpressionError("names_in_a_row", line, column, expected, found=str(token))
    return ExpressionError("syntax", line, column, expected, found=_shown(token))


def _before(tokens: list[Token], token: Token) -> Token | None:
    for place, other in enumerate(tokens):
        if other is token and place:
            return tokens[place - 1]
    return None


def _shown(token: Token) -> str:
    return f"“{token}”" if token.type != "STRING" else f'"{token}"'


def _expected(kinds: set[str]) -> tuple[str, ...]:
    """Token kinds as a person would sum them up: "a value", "an operator", and the signs that are left."""
    listed: list[str] = []
    if "NUMBER" in kinds:
        listed.append("value")
        kinds -= _VALUES | {"NAME", "MINUS", "_IF", "_FOR", "_SOME", "_EVERY", "FUNCTION", "_NOT", "CMP"}
    elif kinds & _OPERATORS == kinds & _OPERATORS and len(kinds & _OPERATORS) > 3:
        listed.append("operator")
        kinds -= _OPERATORS | {"LPAR", "LSQB"}
    rest = sorted(_SPELLED.get(kind, kind.strip("_").lower()) for kind in kinds)
    return (*listed, *rest)
