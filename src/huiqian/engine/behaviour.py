"""What the kernel asks of an element: how a token comes in, what it waits for, what an answer does."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from huiqian.engine.definition import Definition, Element
from huiqian.engine.run import Run
from huiqian.engine.state import Token

Problem = tuple[str, dict[str, str]]


def _no_begin(run: Run, token: Token, element: Element) -> None:
    raise AssertionError(f"{element.kind} has no work of its own")


def _no_answer(run: Run, token: Token, element: Element, result: Mapping[str, object]) -> None:
    raise AssertionError(f"{element.kind} takes no answer")


def _no_check(definition: Definition, element: Element) -> Iterator[Problem]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One BPMN element, by its tag.

    `enter` takes a token that came by a flow (None where it did not come by one) into a scope. An activity's `begin`
    starts the work of a token that is already set down; `answer` is what finishing that work does. `happen` is what a
    waiting event does once it is triggered. `check` yields what is wrong with it in a diagram.
    """

    tag: str
    enter: Callable[[Run, Element, int, str | None], None]
    begin: Callable[[Run, Token, Element], None] = _no_begin
    answer: Callable[[Run, Token, Element, Mapping[str, object]], None] = _no_answer
    happen: Callable[[Run, Token, Element], None] = _no_begin
    check: Callable[[Definition, Element], Iterator[Problem]] = _no_check
    triggers: frozenset[str] = frozenset()
    bare: bool = True
    ends: tuple[bool, bool] = (True, True)


@dataclass(frozen=True, slots=True)
class Repetition:
    """One kind of loop: `enter` begins it at a token, `member_done` hears that one round or member is through."""

    enter: Callable[[Run, Token, Element], None]
    member_done: Callable[[Run, Token, Element], None]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event definition, by its kind: how to listen for it, and how to throw it."""

    kind: str
    listen: Callable[[Run, Element, int], None] | None = None
    throw: Callable[[Run, Element, int], bool] | None = None
    check: Callable[[Definition, Element], Iterator[Problem]] = _no_check


@dataclass(frozen=True, slots=True)
class Table:
    """Everything the kernel can do, by BPMN's own names."""

    elements: Mapping[str, Behaviour]
    triggers: Mapping[str, Occurrence]
    loops: Mapping[str, Repetition]
