"""How a built-in function is declared and called: by position or by name, its arguments checked and converted."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NoReturn, TypeVar

from huiqian.feel.comparison import ORDERED
from huiqian.feel.running import MOST_ITEMS, Run
from huiqian.feel.values import Range, enter, kind, number_of

Place = tuple[int, int]
F = TypeVar("F", bound=Callable[..., object])
BUILT_INS: Final[dict[str, tuple["Overload", ...]]] = {}


class NotPossible(Exception):
    """Raised by a function for an argument of the right kind with an impossible value: the call gives null."""

    def __init__(self, parameter: str, code: str = "refused_value") -> None:
        super().__init__(parameter)
        self.parameter = parameter
        self.code = code


def refuse(parameter: str) -> NoReturn:
    """The value of this parameter is not possible: the call gives null."""
    raise NotPossible(parameter)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name, the kinds it takes, whether it may be left out, and whether it takes all that follow."""

    name: str
    wanted: tuple[str, ...]
    optional: bool = False
    many: bool = False

    def take(self, value: object) -> tuple[bool, object]:
        """Does the value fit, and as what? A list of one counts as its item where no list is wanted, and the
        other way round (DMN 1.3 §10.3.2.9.4).
        """
        value = enter(value)
        fits = _fits(value, self.wanted)
        if fits is None and isinstance(value, list) and len(value) == 1:
            value = enter(value[0])
            fits = _fits(value, self.wanted)
        if fits is None and value is not None and ("list" in self.wanted or self.wanted[0].startswith("list of")):
            value = [value]
            fits = _fits(value, self.wanted)
        return (False, None) if fits is None else (True, fits[0])


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a function."""

    name: str
    parameters: tuple[Parameter, ...]
    least: int
    most: int
    call: Callable[..., object]


def built_in(*signatures: str) -> Callable[[F], F]:
    """Declare a function: `@built_in("substring(string: string, start position: integer, length?: integer)")`.

    It is called with the Run and its arguments. `?` may be left out, `*` takes all further ones, `|` separates kinds.
    """

    def declare(function: F) -> F:
        for signature in signatures:
            overload = _overload(signature, function)
            BUILT_INS[overload.name] = (*BUILT_INS.get(overload.name, ()), overload)
        return function

    return declare


def _overload(signature: str, function: Callable[..., object]) -> Overload:
    name, _, rest = signature.partition("(")
    parameters = tuple(_parameter(text) for text in rest.rstrip(")").split(",") if text.strip())
    least = sum(not (parameter.optional or parameter.many) for parameter in parameters)
    most = MOST_ITEMS if any(parameter.many for parameter in parameters) else len(parameters)
    return Overload(name.strip(), parameters, least, most, function)


def _parameter(text: str) -> Parameter:
    name, _, wanted = (part.strip() for part in text.partition(":"))
    kinds = tuple(part.strip() for part in (wanted or "any").split("|"))
    return Parameter(re.sub(r"[?*]$", "", name), kinds, name.endswith("?"), name.endswith("*"))


def call_by_position(
    overloads: Sequence[Overload], arguments: Sequence[object], run: Run, place: Place = (0, 0)
) -> object:
    """The function's value; null with a warning where no way of calling it fits."""
    run.spend(1 + len(arguments) + sum(len(value) >> 6 for value in arguments if isinstance(value, str)))
    wrong: tuple[Overload, Parameter, object] | None = None
    for overload in overloads:
        if not overload.least <= len(arguments) <= overload.most:
            continue
        ready: list[object] = []
        for parameter, value in zip(_stretched(overload, len(arguments)), arguments, strict=False):
            fits, taken = parameter.take(value)
            if not fits:
                wrong = wrong or (overload, parameter, value)
                break
            ready.append(taken)
        else:
            return _invoke(overload, ready, run, place)
    return _complain(overloads, wrong, run, place)


def call_by_name(
    overloads: Sequence[Overload], arguments: Mapping[str, object], run: Run, place: Place = (0, 0)
) -> object:
    """The same with named arguments; optional ones may be left out from the end on."""
    for overload in overloads:
        known = [parameter.name for parameter in overload.parameters]
        needed = [p.name for p in overload.parameters if not p.optional]
        if set(arguments) <= set(known) and set(needed) <= set(arguments):
            last = max((known.index(name) for name in arguments), default=-1)
            if all(name in arguments for name in known[: last + 1]):
                return call_by_position((overload,), [arguments[name] for name in known[: last + 1]], run, place)
    return _complain(overloads, None, run, place)


def _stretched(overload: Overload, count: int) -> Sequence[Parameter]:
    missing = count - len(overload.parameters)
    return (*overload.parameters, *(overload.parameters[-1],) * missing) if missing > 0 else overload.parameters


def _invoke(overload: Overload, arguments: list[object], run: Run, place: Place) -> object:
    try:
        result = overload.call(run, *arguments)
    except NotPossible as wrong:
        return run.warn(wrong.code, place, name=overload.name, parameter=wrong.parameter)
    except (ArithmeticError, ValueError):
        return run.warn("overflow", place)
    return number_of(result) if type(result) is int else result


def _complain(
    overloads: Sequence[Overload], wrong: tuple[Overload, Parameter, object] | None, run: Run, place: Place
) -> object:
    if wrong is None:
        return run.warn("arguments", place, name=overloads[0].name)
    overload, parameter, value = wrong
    wanted = parameter.wanted[0] if parameter.wanted[0] != "any" else "value"
    return run.warn("argument", place, name=overload.name, parameter=parameter.name, wanted=wanted, kind=kind(value))


def _fits(value: object, wanted: tuple[str, ...]) -> tuple[object] | None:
    """The value in a tuple of one, converted, where one of the kinds takes it."""
    sort = kind(value)
    for want in wanted:
        if want in (sort, "any"):
            return (value,)
        special = _SPECIAL.get(want)
        found = special(value) if special else None
        if found is not None:
            return found
    return None


def _integer(value: object) -> tuple[object] | None:
    """A number without its fraction: places and lengths are cut, not refused."""
    return (int(value),) if isinstance(value, Decimal) and abs(value) < 10**18 else None


def _whole(value: object) -> tuple[object] | None:
    return _integer(value) if isinstance(value, Decimal) and value == value.to_integral_value() else None


def _list_of(sort: str) -> Callable[[object], tuple[object] | None]:
    def check(value: object) -> tuple[object] | None:
        if not isinstance(value, list):
            return None
        items = [enter(item) for item in value]
        return (items,) if all(kind(item) == sort for item in items) else None

    return check


_SPECIAL: Final[dict[str, Callable[[Any], tuple[object] | None]]] = {
    "integer": _integer,
    "whole number": _whole,
    "list of numbers": _list_of("number"),
    "list of texts": _list_of("string"),
    "duration": lambda value: (value,) if kind(value).endswith("duration") else None,
    "point": lambda value: (value,) if kind(value) in ORDERED or isinstance(value, Range) else None,
}
