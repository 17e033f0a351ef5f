"""What docs/reference/bpmn.md shows can be deployed, and what it lists is all there is."""

import re
from pathlib import Path

import pytest

from huiqian.engine import check
from huiqian.engine.elements import TABLE
from huiqian.engine.tests.drawing import HEAD
from huiqian.engine.vocabulary import ATTRIBUTES, ROWS

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "reference" / "bpmn.md").read_text()
EXAMPLES = re.findall(r"```xml\n(.*?)```", PAGE, re.DOTALL)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 8


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_example(number: int) -> None:
    text = EXAMPLES[number]
    if "<definitions" not in text:
        text = f'{HEAD}<message id="m" name="stop"/><process id="p">{text}</process></definitions>'
    assert check(text.encode()) == ()


def test_every_setting_is_told() -> None:
    words = {name for names in ATTRIBUTES.values() for name in names} | {row for rows in ROWS.values() for row in rows}
    told = set(re.findall(r"hq:(\w+)", PAGE)) | set(re.findall(r"`(\w+)`", PAGE))
    assert words - told == set()


def test_every_trigger_and_element_is_told() -> None:
    page = PAGE.lower()
    assert [kind for kind in TABLE.triggers if kind not in page] == []
    for tag in TABLE.elements:
        words = (
            re.sub(r"(?<!^)([A-Z])", r" \1", tag).lower().removesuffix(" gateway").replace("sub process", "subprocess")
        )
        last = words.split()[-1] if words.endswith("event") else words.replace("event based", "event-based")
        assert last in page, tag
