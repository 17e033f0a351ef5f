"""docs/reference/feel.md: every example in it is executed, every function has one."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from huiqian.feel import ExpressionError, Warning, compile_expression
from huiqian.feel.functions import BUILT_INS
from huiqian.feel.tests.asking import NOW, plain
from huiqian.feel.tests.dmn.files import ask, table
from huiqian.feel.tests.dmn.test_xml import RICH

PAGE = (Path(__file__).parents[4] / "docs" / "reference" / "feel.md").read_text("utf-8")
VARIABLES = compile_expression(PAGE.partition("```feel\n")[2].partition("```")[0]).evaluate({})
CODE = re.compile(r"`([^`]+)`")


def section(title: str) -> str:
    """The part of the page under a heading, until the next of its rank."""
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(part: str) -> list[list[str]]:
    """The cells of every table row."""
    lines = [line for line in part.splitlines() if line.startswith("|") and not line.startswith("| ---")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def pairs(part: str) -> list[tuple[str, str]]:
    """Neighbouring cells that are code, and nothing else: an expression and its value."""
    found = []
    for cells in rows(part):
        codes = [match[1] if (match := CODE.fullmatch(cell)) else None for cell in cells]
        place = 0
        while place + 1 < len(codes):
            first, second = codes[place], codes[place + 1]
            if first is not None and second is not None:
                found.append((first, second))
                place += 1
            place += 1
    return found


TOLD = section("What has no value is null") + section("What is refused") + section("Decision tables")
EXAMPLES = [pair for pair in pairs(PAGE) if pair not in pairs(TOLD)]


def evaluated(text: str) -> object:
    """The value of an example."""
    assert isinstance(VARIABLES, Mapping)
    return compile_expression(text).evaluate(VARIABLES, now=NOW)


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_example(text: str, expected: str) -> None:
    assert plain(evaluated(text)) == plain(evaluated(expected))


NULLS = [(cells[0].strip("`"), cells[2].strip("`| ")) for cells in rows(section("What has no value is null"))[1:]]


@pytest.mark.parametrize(("text", "code"), NULLS)
def test_null(text: str, code: str) -> None:
    assert isinstance(VARIABLES, Mapping)
    warnings: list[Warning] = []
    assert compile_expression(text).evaluate(VARIABLES, now=NOW, warnings=warnings) is None
    assert (code in [warning.code for warning in warnings]) if code else not warnings


REFUSED = [cells for cells in rows(section("What is refused")) if len(cells) == 3][1:]


@pytest.mark.parametrize(("text", "code", "place"), [[cell.strip("`") for cell in cells] for cells in REFUSED])
def test_refused(text: str, code: str, place: str) -> None:
    with pytest.raises(ExpressionError) as told:
        compile_expression(text)
    assert (told.value.code, f"{told.value.line}:{told.value.column}") == (code, place)


STOPPED = [cells for cells in rows(section("What is refused")) if len(cells) == 2][1:]


@pytest.mark.parametrize(("text", "code"), [[cell.strip("`") for cell in cells] for cells in STOPPED])
def test_stopped(text: str, code: str) -> None:
    with pytest.raises(ExpressionError) as told:
        evaluated(text)
    assert told.value.code == code


CELLS = [cells for cells in rows(section("Decision tables")) if len(cells) == 3][1:]


@pytest.mark.parametrize(("cell", "fitting", "other"), [[cell.strip("`| ") for cell in cells] for cells in CELLS])
def test_cell(cell: str, fitting: str, other: str) -> None:
    made = table("F", ["x"], ["said"], [[cell, "true"]])
    assert ask(made, x=evaluated(fitting)).value is True
    assert not other or ask(made, x=evaluated(other)).value is None


def test_the_page_is_read() -> None:
    assert len(EXAMPLES) > 150
    assert len(NULLS) == 15
    assert len(REFUSED) == 14
    assert len(STOPPED) == 2
    assert len(CELLS) == 12


def test_the_program_runs() -> None:
    program = PAGE.partition("```python\n")[2].partition("```")[0]
    exec(compile(program, "feel.md", "exec"), {"source": RICH})


def test_every_function_has_an_example() -> None:
    shown = "\n".join(text for text, _ in EXAMPLES)
    missing = [name for name in BUILT_INS if not re.search(rf"(?<![\w ]){re.escape(name)}\(", shown)]
    assert missing == []


def test_the_limits_are_those_of_the_code() -> None:
    from huiqian.feel import lexer, running

    for limit in (
        lexer.MOST_CHARACTERS,
        lexer.DEEPEST,
        running.STEPS,
        running.MOST_ITEMS,
        running.MOST_CHARACTERS,
        running.DEEPEST_CALL,
    ):
        assert re.search(rf"\b{limit:,}\b", section("What is refused")), limit
