"""What a page posted, as answers: "budget.0.price" becomes a cell of a row."""

from collections.abc import Mapping, Sequence

from huiqian.forms.rules.shape import EDIT, Field, Form


def raw_answers(
    form: Form, data: Mapping[str, Sequence[str]], rights: Mapping[str, str] | None = None
) -> dict[str, object]:
    """The answers in a posted page. `data` maps an input's name to its texts, in the page's order (QueryDict.lists()).

    Every field that may be edited is there: what the page did not send (no box ticked, no row left) is empty. A table's
    rows come in the page's order, whatever their numbers are.
    """
    may = rights or {}
    return {
        field.name: _answer(field, data)
        for field in form
        if field.compute is None and may.get(field.name, EDIT) == EDIT
    }


def _answer(field: Field, data: Mapping[str, Sequence[str]]) -> object:
    if field.type == "table":
        return _rows(field, data)
    if field.type in {"choices", "files"}:
        return [text for text in data.get(field.name, ()) if text]
    if field.type == "date_range":
        return {end: _last(data, f"{field.name}.{end}") for end in ("start", "end")}
    return _last(data, field.name)


def _rows(field: Field, data: Mapping[str, Sequence[str]]) -> list[dict[str, object]]:
    rows: dict[str, dict[str, object]] = {}
    columns = {column.name for column in field.columns if column.compute is None}
    for name, texts in data.items():
        parts = name.split(".")
        if len(parts) == 3 and parts[0] == field.name and parts[2] in columns:
            rows.setdefault(parts[1], {})[parts[2]] = texts[-1] if texts else ""
    return list(rows.values())


def _last(data: Mapping[str, Sequence[str]], name: str) -> str:
    texts = data.get(name) or ("",)
    return texts[-1]
