"""Reads a form from its file (JSON) and refuses what cannot work, all mistakes at once."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeGuard

from huiqian.feel import Expression, ExpressionError, compile_expression
from huiqian.forms.rules.findings import Finding, FormRefused
from huiqian.forms.rules.shape import CELLS, NUMBERS, TEXTS, TYPES, Check, Choice, Field, Form, Section, Words

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
# Words of the expression language, which no field may be called.
TAKEN = frozenset({
    "and", "or", "not", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between", "true",
    "false", "null", "function",
})  # fmt: skip
SETTINGS = frozenset({
    "name", "type", "label", "help", "unit", "required", "width", "min", "max", "places", "min_length", "max_length",
    "min_rows", "max_rows", "choices", "columns", "totals", "capitals", "show_if", "required_if", "compute",
    "default_from", "check", "default", "example", "proof", "claims",
})  # fmt: skip
LIMITS = {"text": 200, "long_text": 5000}
ROWS = {"table": 100, "files": 20}


def read_form(data: object) -> Form:
    """The form that a file's JSON describes. Raises FormRefused with every mistake, each with its place."""
    reader = _Reader()
    form = reader.form(data)
    if reader.findings:
        raise FormRefused(tuple(reader.findings))
    return form


class _Reader:
    """Gathers findings while it reads; what it returns is only used when there are none."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def find(self, path: str, zh: str, en: str) -> None:
        self.findings.append(Finding(path, zh, en))

    def form(self, data: object) -> Form:
        said = self.mapping("", data)
        self.unknown("", said, {"key", "name", "sections"})
        key = said.get("key")
        if not (isinstance(key, str) and NAME.fullmatch(key)):
            self.find("key", "表单须有代码（小写字母、数字、下划线）。", "A form needs a key (a-z, digits, _).")
        sections = tuple(
            self.section(f"sections.{place}", section)
            for place, section in enumerate(self.sequence("sections", said.get("sections")))
        )
        fields = [field for section in sections for field in section.fields]
        totals = {name: field for field in fields for name in field.total_names()}
        self.doubles("sections", [*(field.name for field in fields), *totals])
        by_name = {field.name: field for field in fields}
        for field in fields:
            reason = by_name.get(field.claims)
            if field.claims and (field.type not in TEXTS or reason is None or reason.type not in TEXTS):
                self.find("sections", f"“{field.name}”的 claims 应为本表单里说明理由的文字字段。",
                          f"claims of {field.name!r} names a text field of this form for the reason.")  # fmt: skip
        return Form(str(key), self.words("name", said.get("name"), needed=True), sections, by_name, totals)

    def section(self, path: str, data: object) -> Section:
        said = self.mapping(path, data)
        self.unknown(path, said, {"title", "fields"})
        fields = tuple(
            self.field(f"{path}.fields.{place}", field, TYPES)
            for place, field in enumerate(self.sequence(f"{path}.fields", said.get("fields")))
        )
        return Section(self.words(f"{path}.title", said.get("title")), fields)

    def field(self, path: str, data: object, types: frozenset[str]) -> Field:
        said = self.mapping(path, data)
        self.unknown(path, said, SETTINGS)
        kind = said.get("type")
        if not isinstance(kind, str) or kind not in types:
            self.find(f"{path}.type", f"没有“{kind}”这种字段类型。", f"There is no field type {kind!r} here.")
            kind = "text"
        columns = self.columns(path, said) if kind == "table" else ()
        field = Field(
            name=self.name(path, said.get("name")),
            type=kind,
            label=self.words(f"{path}.label", said.get("label"), needed=True),
            help=self.words(f"{path}.help", said.get("help")),
            unit=self.words(f"{path}.unit", said.get("unit")),
            required=self.flag(path, said, "required"),
            width=self.count(path, said, "width", 3 if kind in {"table", "files", "long_text"} else 1),
            min=self.number(path, said, "min"),
            max=self.number(path, said, "max"),
            places=self.count(path, said, "places", {"money": 2, "integer": 0}.get(kind, 6)),
            min_length=self.count(path, said, "min_length", 0),
            max_length=self.count(path, said, "max_length", LIMITS.get(kind, 0)),
            min_rows=self.count(path, said, "min_rows", 0),
            max_rows=self.count(path, said, "max_rows", ROWS.get(kind, 0)),
            choices=self.choices(path, said) if kind in {"choice", "choices"} else (),
            columns=columns,
            totals=self.totals(path, said, columns),
            capitals=self.flag(path, said, "capitals"),
            proof=self.flag(path, said, "proof"),
            claims=str(said.get("claims") or ""),
            show_if=self.expression(path, said, "show_if"),
            required_if=self.expression(path, said, "required_if"),
            compute=self.expression(path, said, "compute"),
            default_from=self.expression(path, said, "default_from"),
            check=self.check(path, said),
            default=said.get("default"),
            example=said.get("example"),
            formula=str(said.get("compute") or ""),
            condition=str(said.get("show_if") or ""),
        )
        self.fits(path, field)
        return field

    def fits(self, path: str, field: Field) -> None:
        if field.compute and field.type not in TEXTS | NUMBERS | {"date", "boolean", "table", "files"}:
            self.find(f"{path}.compute", "这种类型的字段不能计算得出。", "A field of this type cannot be computed.")
        if field.proof and field.type != "files":
            self.find(f"{path}.proof", "只有文件字段才能批注。", "Only files can be proofed.")
        if field.width not in (1, 2, 3):
            self.find(f"{path}.width", "宽度为 1、2 或 3。", "The width is 1, 2 or 3.")
        if field.min is not None and field.max is not None and field.min > field.max:
            self.find(f"{path}.max", "最大值小于最小值。", "The greatest value is below the least.")
        if field.max_length and field.min_length > field.max_length:
            self.find(f"{path}.max_length", "最大长度小于最小长度。", "The greatest length is below the least.")
        if field.max_rows and field.min_rows > field.max_rows:
            self.find(f"{path}.max_rows", "最多行数小于最少行数。", "The most rows are fewer than the least.")
        if field.places > 6:
            self.find(f"{path}.places", "最多 6 位小数。", "At most 6 decimal places.")

    def columns(self, path: str, said: Mapping[str, object]) -> tuple[Field, ...]:
        columns = tuple(
            self.field(f"{path}.columns.{place}", column, CELLS)
            for place, column in enumerate(self.sequence(f"{path}.columns", said.get("columns")))
        )
        self.doubles(f"{path}.columns", [column.name for column in columns])
        for place, column in enumerate(columns):
            if column.show_if:
                self.find(f"{path}.columns.{place}.show_if", "表格的列总是显示。", "A table's column is always shown.")
            if column.required_if and column.compute:
                self.find(
                    f"{path}.columns.{place}.required_if", "计算得出的列不用填。", "Nobody fills a computed column."
                )
        return columns

    def totals(self, path: str, said: Mapping[str, object], columns: tuple[Field, ...]) -> tuple[str, ...]:
        named = said.get("totals", [])
        numbers = {column.name for column in columns if column.type in NUMBERS}
        if not isinstance(named, list) or not all(isinstance(name, str) for name in named) or set(named) - numbers:
            self.find(f"{path}.totals", "合计只能是表格的数字列。", "Totals name number columns of the table.")
            return ()
        return tuple(named)

    def choices(self, path: str, said: Mapping[str, object]) -> tuple[Choice, ...]:
        choices = []
        for place, data in enumerate(self.sequence(f"{path}.choices", said.get("choices"))):
            choice = self.mapping(f"{path}.choices.{place}", data)
            code = choice.get("code")
            if not (isinstance(code, str) and CODE.fullmatch(code)):
                self.find(f"{path}.choices.{place}.code", "选项须有代码。", "A choice needs a code.")
            words = self.words(f"{path}.choices.{place}", {k: v for k, v in choice.items() if k != "code"}, needed=True)
            choices.append(Choice(str(code), words))
        self.doubles(f"{path}.choices", [choice.code for choice in choices])
        return tuple(choices)

    def check(self, path: str, said: Mapping[str, object]) -> Check | None:
        if said.get("check") is None:
            return None
        check = self.mapping(f"{path}.check", said["check"])
        rule = self.expression(f"{path}.check", check, "rule")
        words = self.words(f"{path}.check", {k: v for k, v in check.items() if k != "rule"}, needed=True)
        if rule is None:
            self.find(f"{path}.check.rule", "规则缺少表达式。", "The check needs its rule.")
            return None
        return Check(rule, words)

    def expression(self, path: str, said: Mapping[str, object], name: str) -> Expression | None:
        text = said.get(name)
        if text is None:
            return None
        if not isinstance(text, str):
            self.find(f"{path}.{name}", "这里应为表达式。", "This must be an expression.")
            return None
        try:
            return compile_expression(text)
        except ExpressionError as error:
            self.find(f"{path}.{name}", error.text("zh"), error.text("en"))
            return None

    def name(self, path: str, name: object) -> str:
        if not (isinstance(name, str) and NAME.fullmatch(name)) or name in TAKEN:
            self.find(
                f"{path}.name",
                "字段名由小写字母、数字、下划线组成，以字母开头，且不是表达式的保留字。",
                "A field's name is made of a-z, 0-9 and _, begins with a letter and is no word of the language.",
            )
        return str(name)

    def words(self, path: str, said: object, needed: bool = False) -> Words:
        if said is None and not needed:
            return Words()
        if not _are_words(said):
            self.find(path, "应为 {“zh”: …, “en”: …}。", 'This must be {"zh": …, "en": …}.')
            return Words()
        words = Words(said.get("zh", ""), said.get("en", ""))
        if needed and not words.zh:
            self.find(path, "缺少中文文字。", "The Chinese words are missing.")
        return words

    def number(self, path: str, said: Mapping[str, object], name: str) -> Decimal | None:
        value = said.get(name)
        if value is None:
            return None
        try:
            if isinstance(value, bool):
                raise InvalidOperation
            number = Decimal(str(value))
            if number.is_finite():
                return number
        except InvalidOperation:
            pass
        self.find(f"{path}.{name}", "应为数字。", "This must be a number.")
        return None

    def count(self, path: str, said: Mapping[str, object], name: str, default: int) -> int:
        value = said.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100_000:
            return value
        self.find(f"{path}.{name}", "应为不小于 0 的整数。", "This must be a whole number, 0 or more.")
        return default

    def flag(self, path: str, said: Mapping[str, object], name: str) -> bool:
        value = said.get(name, False)
        if not isinstance(value, bool):
            self.find(f"{path}.{name}", "应为 true 或 false。", "This must be true or false.")
        return value is True

    def mapping(self, path: str, data: object) -> Mapping[str, object]:
        if isinstance(data, Mapping) and all(isinstance(key, str) for key in data):
            return data
        self.find(path, "应为对象。", "This must be an object.")
        return {}

    def sequence(self, path: str, data: object) -> list[object]:
        if isinstance(data, list) and data:
            return data
        self.find(path, "应为非空的列表。", "This must be a list that is not empty.")
        return []

    def unknown(self, path: str, said: Mapping[str, object], known: Iterable[str]) -> None:
        for key in sorted(set(said) - set(known)):
            self.find(f"{path}.{key}".lstrip("."), f"不认识“{key}”。", f"{key!r} is not known here.")

    def doubles(self, path: str, names: list[str]) -> None:
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.find(path, f"“{name}”出现了不止一次。", f"{name!r} appears more than once.")


def _are_words(said: object) -> TypeGuard[Mapping[str, str]]:
    return isinstance(said, Mapping) and not set(said) - {"zh", "en"} and all(isinstance(v, str) for v in said.values())
