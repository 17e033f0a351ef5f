"""Forms that the tests answer."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from huiqian.forms.rules import Checked, Form, check_answers, read_form

HANDBOOK = Path(__file__).resolve().parents[2] / "handbook"
TODAY = date(2026, 3, 2)


def handbook_form(code: str, key: str) -> Form:
    """A form of the handbook."""
    return read_form(json.loads((HANDBOOK / code / "forms" / f"{key}.json").read_text(encoding="utf-8")))


PLAN = handbook_form("SC-001", "plan")
BUDGET = handbook_form("SC-001", "budget")


def plan(**changes: Any) -> dict[str, Any]:
    """A plan that is accepted, with changes."""
    answers: dict[str, Any] = {
        "topic": "2026 年度华东区新风系统市场调研",
        "kind": "annual",
        "content": ["competitors"],
        "period": {"start": "2026-04-01", "end": "2026-06-30"},
        "purpose": "摸清华东区新建住宅项目的采购决策链和价格带。",
        "methods": ["questionnaire"],
        "approach": "终端用户问卷 600 份，经销商访谈 24 家。",
        "schedule": [
            {"stage": "实施", "work": "问卷与访谈", "begins": "2026-04-01", "ends": "2026-05-29", "in_charge": "王丽"}
        ],
        "budget": [{"item": "问卷", "note": "线上", "quantity": "600", "price": "48"}],
        "attachments": [],
    }
    return answers | changes


def form_of(*fields: dict[str, Any]) -> Form:
    """A form of one section with these fields; labels are their names."""
    said = [{"label": {"zh": field["name"], "en": field["name"]}, **field} for field in fields]
    return read_form({"key": "sample", "name": {"zh": "样表", "en": "Sample"}, "sections": [{"fields": said}]})


def check(form: Form, raw: dict[str, Any], **more: Any) -> Checked:
    """check_answers on a fixed day."""
    return check_answers(form, raw, **{"today": TODAY, **more})


def value_of(field: dict[str, Any], raw: object) -> object:
    """What one field makes of a value; fails where it finds something wrong."""
    checked = check(form_of({"name": "it", **field}), {"it": raw})
    assert not checked.errors, {path: list(map(str, found)) for path, found in checked.errors.items()}
    return checked.values.get("it")


def errors_of(field: dict[str, Any], raw: object) -> dict[str, list[str]]:
    """What one field finds wrong with a value."""
    found = check(form_of({"name": "it", **field}), {"it": raw}).errors
    return {path: [str(sentence) for sentence in sentences] for path, sentences in found.items()}
