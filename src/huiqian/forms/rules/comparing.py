"""What changed between two answers to one form: the fields, rows and files that differ, and nothing else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from huiqian.forms.rules.checking import Directory
from huiqian.forms.rules.presenting import answer_text
from huiqian.forms.rules.shape import REGISTERS, Field, Form

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: a field, a table's row or cell, a file. `kind` is changed, added or removed."""

    path: str
    label: str
    kind: str
    old: str
    new: str


Words = Callable[[Field, object], str]


def compare(
    form: Form,
    old: Mapping[str, object],
    new: Mapping[str, object],
    file_names: Mapping[str, str] | None = None,
    directory: Directory | None = None,
) -> tuple[Difference, ...]:
    """The differences from `old` to `new`, in the form's order, in words. `file_names` names files by their ids,
    `directory` people, departments, positions and what stands in registers.
    """
    words = _words_with(directory)
    found: list[Difference] = []
    for field in form:
        before, after = old.get(field.name), new.get(field.name)
        if before == after:
            continue
        if field.type == "table":
            found += _rows(field, _list(before), _list(after), words)
            found += _totals(field, old, new)
        elif field.type == "files":
            found += _files(field, _list(before), _list(after), file_names or {})
        else:
            found.append(_difference(field.name, str(field.label), words(field, before), words(field, after)))
    return tuple(found)


def _words_with(directory: Directory | None) -> Words:
    """How answers are written: people, positions and entries of registers by their names, where they are known."""
    if directory is None:
        return answer_text
    lists = {"person": directory.people, "department": directory.departments, "position": directory.positions}

    def words(field: Field, value: object) -> str:
        if field.type in REGISTERS:
            return directory.register(field.type).written(str(value)) if value else ""
        return answer_text(field, value, lists.get(field.type))

    return words


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _difference(path: str, label: str, old: str, new: str) -> Difference:
    return Difference(path, label, ADDED if not old else REMOVED if not new else CHANGED, old, new)


def _totals(field: Field, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Difference]:
    for column in field.totals:
        name = field.total_name(column)
        before, after = (answer_text(field.column(column), values.get(name)) for values in (old, new))
        if before != after:
            label = _("%(table)s: total %(column)s") % {"table": field.label, "column": field.column(column).label}
            yield _difference(name, label, before, after)


def _files(field: Field, old: list[object], new: list[object], names: Mapping[str, str]) -> Iterator[Difference]:
    for one in old:
        if one not in new:
            yield Difference(field.name, str(field.label), REMOVED, names.get(str(one), str(one)), "")
    for one in new:
        if one not in old:
            yield Difference(field.name, str(field.label), ADDED, "", names.get(str(one), str(one)))


def _rows(field: Field, old: list[object], new: list[object], words: Words) -> Iterator[Difference]:
    """Rows are matched by what stays the same in them, so that a row put in the middle is one difference."""
    matcher = SequenceMatcher(None, [repr(row) for row in old], [repr(row) for row in new], autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        pairs = min(last - first, end - begin)
        for step in range(pairs):
            yield from _cells(field, begin + step, old[first + step], new[begin + step], words)
        for place in range(first + pairs, last):
            yield Difference(
                f"{field.name}.{place}", _row_label(field, place), REMOVED, _row_text(field, old[place], words), ""
            )
        for place in range(begin + pairs, end):
            yield Difference(
                f"{field.name}.{place}", _row_label(field, place), ADDED, "", _row_text(field, new[place], words)
            )


def _cells(field: Field, place: int, old: object, new: object, words: Words) -> Iterator[Difference]:
    before = old if isinstance(old, Mapping) else {}
    after = new if isinstance(new, Mapping) else {}
    for column in field.columns:
        if before.get(column.name) != after.get(column.name):
            label = f"{_row_label(field, place)}, {column.label}"
            texts = words(column, before.get(column.name)), words(column, after.get(column.name))
            yield _difference(f"{field.name}.{place}.{column.name}", label, *texts)


def _row_label(field: Field, place: int) -> str:
    return _("%(table)s, row %(number)s") % {"table": field.label, "number": place + 1}


def _row_text(field: Field, row: object, words: Words) -> str:
    cells = row if isinstance(row, Mapping) else {}
    texts = (words(column, cells.get(column.name)) for column in field.columns)
    return " · ".join(text for text in texts if text)
