"""Every file of cases here fits the handbook's decision table of the same name."""

from pathlib import Path

import pytest

import huiqian
from huiqian.cli import main

HANDBOOK = Path(huiqian.__file__).parent / "handbook"
CASES = sorted(Path(__file__).parent.glob("*.json"))


@pytest.mark.parametrize("cases", CASES, ids=lambda file: file.stem)
def test_the_handbook_decides_as_written(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (model,) = HANDBOOK.rglob(f"{cases.stem}.dmn")
    code = main(["decide", str(model), "--cases", str(cases)])
    assert code == 0, capsys.readouterr().out


def test_there_are_cases() -> None:
    assert CASES
