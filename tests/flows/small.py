"""Small processes for tests: a few elements in one lane, loaded as the handbook is, and agreed to."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.versions import adopted

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hq="urn:huiqian:bpmn:1" id="file"
    targetNamespace="urn:test" expressionLanguage="feel">
  <message id="m1" name="price settled"/><signal id="s1" name="month closed"/>
  <process id="{code}" name="{code}" isExecutable="true" hq:code="{code}">
    <laneSet id="lanes"><lane id="lane" name="市场经理" hq:position="marketing_manager">{refs}</lane></laneSet>
    {elements}
    {flows}
  </process>
</definitions>
"""


def load_line(folder: Path, code: str, *elements: str, **about: Any) -> None:
    """Load a process whose elements ("<userTask id=…/>") follow each other from a start to an end."""
    every = ['<startEvent id="start"/>', *elements, '<endEvent id="end"/>']
    ids = [element.split('id="')[1].split('"')[0] for element in every]
    load(folder, code, every, list(pairwise(ids)), **about)


def load(folder: Path, code: str, elements: list[str], flows: list[tuple[str, str]], **about: Any) -> None:
    """Load a process of these elements and flows."""
    ids = [element.split('id="')[1].split('"')[0] for element in elements]
    bpmn = FILE.format(
        code=code,
        refs="".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in ids),
        elements="".join(elements),
        flows="".join(f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate(flows)),
    )
    home = folder / code
    home.mkdir(parents=True, exist_ok=True)
    (home / "process.bpmn").write_text(bpmn)
    said = {"code": code, "name": {"zh": code}, "purpose": {"zh": code}, "documents": {}, **about}
    (home / "process.json").write_text(json.dumps(said, ensure_ascii=False))
    adopted(folder)


def step(name: str, more: str = "") -> str:
    """A step for people."""
    return f'<userTask id="{name}" name="{name}" hq:kind="do" {more}/>'
