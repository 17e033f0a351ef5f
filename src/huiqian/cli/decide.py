"""Check a DMN file, make its decisions from given inputs, or run its test cases."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from huiqian.feel import ExpressionError, YearsMonths, literal
from huiqian.feel.dmn import Decided, DecisionRefused, Finding, Model, check_model, read_model

DIFFERENT, IMPOSSIBLE = 1, 2


class NotUsable(Exception):
    """A file or an argument that cannot be used; the text says which and why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `decide` can be told."""
    parser.add_argument("file", type=Path, metavar="FILE.dmn", help="the decision model")
    parser.add_argument("--inputs", metavar="JSON", help="what to decide with: a JSON object, or a file that holds one")
    parser.add_argument("--decision", metavar="ID", help="only this decision, by id or name (default: every one)")
    parser.add_argument("--cases", type=Path, metavar="FILE.json", help="test cases: inputs with what is expected")
    parser.add_argument(
        "--now", type=moment, metavar="TIME", help="what now() and today() tell, e.g. 2026-03-26T09:00:00"
    )
    parser.add_argument("--language", choices=("en", "zh"), default="en", help="the language of findings and reasons")


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0: as expected; 1: a case differs, or the model has an error; 2: a file or an argument is no use."""
    try:
        model = _model(arguments.file)
        if arguments.decision is not None:
            _known(model, arguments.decision)
        if arguments.cases is not None:
            return _check_cases(model, arguments)
        if arguments.inputs is not None:
            return _decide(model, arguments)
        return _check(model, arguments.language)
    except DecisionRefused as refused:
        for finding in refused.findings:
            print(_told(finding, arguments.language), file=sys.stderr)
        return DIFFERENT
    except NotUsable as refusal:
        print(f"huiqian: {refusal}", file=sys.stderr)
        return IMPOSSIBLE


def _model(file: Path) -> Model:
    try:
        return read_model(file.read_bytes())
    except OSError as error:
        raise NotUsable(f"{file} cannot be read: {error.strerror}.") from None


def _check(model: Model, language: str) -> int:
    """Say what could be better, then which decisions there are."""
    for finding in check_model(model):
        print(_told(finding, language))
    for decision in model.decisions.values():
        table = decision.table
        rules = f"  {table.hit_policy}{table.aggregation}, {len(table.rules)} rules" if table else ""
        print(f"{decision.id}  {decision.name or decision.variable.name}{rules}")
    return 0


def _told(finding: Finding, language: str) -> str:
    place = f" row {finding.row}" if finding.row else ""
    place += f" column {finding.column}" if finding.column else ""
    if finding.error is not None and finding.error.line:
        place += f" at {finding.error.line}:{finding.error.column}"
    return f"{finding.severity}: {finding.element or '-'}{place}: {finding.text(language)}"


def _decide(model: Model, arguments: argparse.Namespace) -> int:
    """Print a line of JSON for each decision; why something is null goes to standard error."""
    inputs = _inputs(arguments.inputs)
    for key in [arguments.decision] if arguments.decision else model.decisions:
        decided = _decided(model, key, inputs, arguments)
        _tell_reasons(key, decided, arguments.language)
        print(as_json({"decision": key, "value": decided.value, "rules": list(decided.matched)}))
    return 0


def _decided(model: Model, key: str, inputs: Mapping[str, object], arguments: argparse.Namespace) -> Decided:
    try:
        return model.decide(key, inputs, now=arguments.now)
    except ExpressionError as error:
        raise NotUsable(f"{key}: {error.text(arguments.language)}") from None


def _tell_reasons(key: str, decided: Decided, language: str) -> None:
    for warning in decided.warnings:
        print(f"{key}: {warning.text(language)}", file=sys.stderr)


@dataclass(frozen=True, slots=True)
class Case:
    """A test case: `expected` is the decision's value, `rules` (None: any) the ids of the rules that must fit."""

    name: str
    decision: str
    inputs: Mapping[str, object]
    expected: object
    rules: list[str] | None


def _check_cases(model: Model, arguments: argparse.Namespace) -> int:
    """Run every case and print those that differ, then how many were right."""
    total = wrong = 0
    for case in _cases(arguments.cases, model, arguments.decision):
        total += 1
        decided = _decided(model, case.decision, case.inputs, arguments)
        differences = list(_differences(case, decided))
        wrong += bool(differences)
        for difference in differences:
            print(f"{case.name}: {difference}")
        if differences:
            _tell_reasons(case.name, decided, arguments.language)
    print(f"{total - wrong} of {total} cases as expected")
    return DIFFERENT if wrong or not total else 0


def _differences(case: Case, decided: Decided) -> Iterator[str]:
    found = as_json(decided.value)
    if not same(_json(found, "value"), case.expected):
        yield f"expected {as_json(case.expected)}, came to {found}"
    if case.rules is not None and list(decided.matched) != case.rules:
        yield f"expected the rules {', '.join(case.rules) or '-'}, fitted {', '.join(decided.matched) or '-'}"


def same(found: object, expected: object) -> bool:
    """Are two JSON values equal? 1.0 is 1; true is not 1."""
    if isinstance(found, dict) and isinstance(expected, dict):
        return found.keys() == expected.keys() and all(same(item, expected[key]) for key, item in found.items())
    if isinstance(found, list) and isinstance(expected, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    return type(found) is type(expected) and found == expected


def _cases(file: Path, model: Model, only: str | None) -> Iterator[Case]:
    """The cases of a file: a list of objects with `inputs`, `expected` and, if wanted, `name`, `decision`, `rules`."""
    said = _json(_text(file), str(file))
    if not isinstance(said, list):
        raise NotUsable(f"{file} does not hold a list of cases.")
    for place, one in enumerate(said, start=1):
        case = _case(one, model, only, f"{file}: case {place}")
        if only is None or case.decision == _known(model, only):
            yield case


def _case(said: object, model: Model, only: str | None, where: str) -> Case:
    if not isinstance(said, dict) or "expected" not in said:
        raise NotUsable(f"{where} has no “expected”.")
    inputs, rules = said.get("inputs", {}), said.get("rules")
    if not isinstance(inputs, dict):
        raise NotUsable(f"{where}: “inputs” is no object.")
    if rules is not None and not (isinstance(rules, list) and all(isinstance(rule, str) for rule in rules)):
        raise NotUsable(f"{where}: “rules” is no list of rule ids.")
    key = said.get("decision") or only or (next(iter(model.decisions)) if len(model.decisions) == 1 else "")
    if not key:
        raise NotUsable(f"{where} does not say which “decision”; the file holds {', '.join(model.decisions)}.")
    name = str(said.get("name") or where.rpartition(": ")[2])
    return Case(name, _known(model, str(key)), inputs, said["expected"], rules)


def _known(model: Model, wanted: str) -> str:
    """The id of the decision with this id or name."""
    if wanted in model.decisions:
        return wanted
    for key, decision in model.decisions.items():
        if wanted in (decision.name, decision.variable.name):
            return key
    raise NotUsable(f"There is no decision {wanted}; the file holds {', '.join(model.decisions) or 'none'}.")


def _inputs(said: str) -> Mapping[str, object]:
    text = said if said.lstrip().startswith("{") else _text(Path(said))
    found = _json(text, "--inputs")
    if not isinstance(found, dict):
        raise NotUsable("--inputs is no JSON object.")
    return found


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise NotUsable(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise NotUsable(f"{file} is no UTF-8 text.") from None


def _json(text: str, name: str) -> object:
    """JSON with exact decimals."""
    try:
        found: object = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError) as error:
        raise NotUsable(f"{name} is no JSON: {error}.") from None
    return found


def moment(text: str) -> datetime:
    """A date and time as people write it in ISO 8601."""
    return datetime.fromisoformat(text)


def as_json(value: object) -> str:
    """A value of the expression language as JSON: numbers exact, dates and durations as their texts."""
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {as_json(item)}" for key, item in value.items())
            + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(as_json(item) for item in value) + "]"
    if isinstance(value, Decimal):
        return literal(value)
    if isinstance(value, date | time | timedelta | YearsMonths):
        return json.dumps(literal(value)[2:-1])
    if value is None or isinstance(value, str | bool):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(literal(value), ensure_ascii=False)
