"""Do values have the type that a model says? And dates written as texts, where a date is wanted (JSON has no dates)."""

from collections.abc import Mapping
from typing import Final

from huiqian.feel.compiling.cells import Test, compile_tests
from huiqian.feel.compiling.comparisons import VALUE
from huiqian.feel.compiling.core import Reads, Scope
from huiqian.feel.dmn.model import ItemType
from huiqian.feel.parsing import parse
from huiqian.feel.running import Frame, Run
from huiqian.feel.temporal import read_date, read_date_time, read_duration, read_time
from huiqian.feel.types import is_of, type_of
from huiqian.feel.values import enter, kind

_READ: Final = {
    "date": read_date, "time": read_time, "date and time": read_date_time, "dateTime": read_date_time,
    "days and time duration": read_duration, "dayTimeDuration": read_duration,
    "years and months duration": read_duration, "yearMonthDuration": read_duration,
}  # fmt: skip
# How DMN 1.1 wrote the types.
_OLD_NAMES: Final = {
    "dateTime": "date and time", "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration", "integer": "number", "double": "number", "long": "number",
}  # fmt: skip
DEEPEST: Final = 20


class Types:
    """The types of a model, their limits compiled."""

    def __init__(self, types: Mapping[str, ItemType], names: tuple[str, ...] = ()) -> None:
        self.types = types
        self.names = names
        self.limits: dict[str, Test] = {}
        for text in self._limits():
            self.limits[text] = compile_tests(parse(text, names, tests=True), Scope(Reads(), inner=True))

    def _limits(self) -> set[str]:
        waiting, found = list(self.types.values()), set()
        while waiting:
            item = waiting.pop()
            waiting.extend(item.components)
            if item.values:
                found.add(item.values)
        return found

    def known(self, name: str) -> bool:
        """Is there such a type?"""
        return not name or name == "Any" or name in self.types or type_of(_OLD_NAMES.get(name, name)) is not None

    def read(self, value: object, name: str) -> object:
        """A text from outside as the date, time or duration that its type asks for; everything else as it is."""
        item = self.types.get(name)
        if item is not None:
            return self._read_item(value, item)
        reader = _READ.get(name)
        found = reader(value) if reader and isinstance(value, str) else None
        return value if found is None else found

    def _read_item(self, value: object, item: ItemType | None) -> object:
        if item is None:
            return value
        if item.collection and isinstance(value, list | tuple):
            return [self._read_one(part, item) for part in value]
        return self._read_one(value, item)

    def _read_one(self, value: object, item: ItemType) -> object:
        if item.components and isinstance(value, Mapping):
            types = {part.name: part for part in item.components}
            return {key: self._read_item(part, types.get(key)) for key, part in value.items()}
        return self.read(value, item.type) if item.type != item.name else value

    def conform(self, value: object, name: str, run: Run, what: str) -> object:
        """The value, a list of one as its item or the other way round; null with a warning where it does not fit."""
        value = enter(value)
        if value is None or not name or self.fits(value, name, run):
            return value
        if isinstance(value, list) and len(value) == 1 and self.fits(value[0], name, run):
            return value[0]
        if not isinstance(value, list) and self.fits([value], name, run):
            return [value]
        return run.warn("type", name=what, wanted=name, kind=kind(value))

    def fits(self, value: object, name: str, run: Run, depth: int = 0) -> bool:
        """Is the value of the type? null is of every type."""
        value = enter(value)
        item = self.types.get(name)
        if value is None or depth > DEEPEST:
            return True
        if item is not None:
            return self._fits_item(value, item, run, depth)
        wanted = type_of(_OLD_NAMES.get(name, name))
        return wanted is None or is_of(value, wanted)

    def _fits_item(self, value: object, item: ItemType, run: Run, depth: int) -> bool:
        if value is None:
            return True
        if item.collection:
            return isinstance(value, list) and all(self._fits_one(part, item, run, depth) for part in value)
        return self._fits_one(value, item, run, depth)

    def _fits_one(self, value: object, item: ItemType, run: Run, depth: int) -> bool:
        run.spend(1)
        value = enter(value)
        if item.components:
            return isinstance(value, Mapping) and all(
                part.name in value and self._fits_item(value[part.name], part, run, depth + 1)
                for part in item.components
            )
        if item.type and item.type != item.name and not self.fits(value, item.type, run, depth + 1):
            return False
        return not item.values or value is None or self.limits[item.values](Frame({VALUE: value}, None, run), value)
