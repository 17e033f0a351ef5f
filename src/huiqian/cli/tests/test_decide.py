"""`huiqian decide`: check a file, decide, run test cases."""

import json
from pathlib import Path

import pytest

from huiqian.cli import main
from huiqian.feel.tests.dmn.files import decision, source, table, text

BUDGET = table("F", ["amount"], ["who"], [["> 10000", '"general_manager"'], ["-", '"nobody"']])
FEE = text("literalExpression", "amount * 0.05")
DUE = text("literalExpression", '@"2026-03-01" + duration("P" + string(amount) + "D")')
NEEDS = "input:amount"
AMOUNT = '<inputData id="amount" name="amount"><variable name="amount" typeRef="number"/></inputData>'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A model of three decisions."""
    made = tmp_path / "budget.dmn"
    elements = [decision("route", BUDGET, needs=NEEDS, name="Who approves"), decision("fee", FEE, needs=NEEDS)]
    made.write_bytes(source(AMOUNT, *elements, decision("due", DUE, needs=NEEDS)))
    return made


def cases(folder: Path, *said: object) -> str:
    """A file of test cases."""
    made = folder / "cases.json"
    made.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    return str(made)


def test_checks_a_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", str(file)]) == 0
    assert "route  Who approves  F, 2 rules" in capsys.readouterr().out


def test_decides_everything(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", str(file), "--inputs", '{"amount": 20}']) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        {"decision": "route", "value": "nobody", "rules": ["r2"]},
        {"decision": "fee", "value": 1.0, "rules": []},
        {"decision": "due", "value": "2026-03-21", "rules": []},
    ]


def test_decides_one_with_inputs_of_a_file(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = tmp_path / "inputs.json"
    inputs.write_text('{"amount": 20000.10}', "utf-8")
    assert main(["decide", str(file), "--inputs", str(inputs), "--decision", "Who approves"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == "general_manager"
    assert main(["decide", str(file), "--inputs", str(inputs), "--decision", "fee"]) == 0
    assert '"value": 1000.005' in capsys.readouterr().out


def test_tells_why_something_is_null(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", str(file), "--inputs", "{}", "--decision", "fee"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["value"] is None
    assert "amount" in told.err


def test_cases_as_expected(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = cases(
        tmp_path,
        {
            "name": "large",
            "decision": "route",
            "inputs": {"amount": 20000},
            "expected": "general_manager",
            "rules": ["r1"],
        },
        {"decision": "fee", "inputs": {"amount": 100}, "expected": 5},
        {"decision": "due", "inputs": {"amount": 9}, "expected": "2026-03-10"},
    )
    assert main(["decide", str(file), "--cases", made]) == 0
    assert capsys.readouterr().out == "3 of 3 cases as expected\n"


def test_cases_that_differ(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = cases(
        tmp_path,
        {"name": "large", "decision": "route", "inputs": {"amount": 20000}, "expected": "nobody"},
        {"name": "fee", "decision": "fee", "inputs": {"amount": 20}, "expected": True},
        {"name": "rules", "decision": "route", "inputs": {"amount": 1}, "expected": "nobody", "rules": ["r1"]},
        {"name": "right", "decision": "route", "inputs": {"amount": 1}, "expected": "nobody"},
    )
    assert main(["decide", str(file), "--cases", made]) == 1
    assert capsys.readouterr().out.splitlines() == [
        'large: expected "nobody", came to "general_manager"',
        "fee: expected true, came to 1.00",
        "rules: expected the rules r1, fitted r2",
        "1 of 4 cases as expected",
    ]


def test_only_the_cases_of_one_decision(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = cases(
        tmp_path,
        {"decision": "route", "inputs": {"amount": 1}, "expected": "wrong"},
        {"decision": "fee", "inputs": {"amount": 100}, "expected": 5},
    )
    assert main(["decide", str(file), "--cases", made, "--decision", "fee"]) == 0
    assert capsys.readouterr().out == "1 of 1 cases as expected\n"


def test_no_cases_at_all_is_no_success(file: Path, tmp_path: Path) -> None:
    assert main(["decide", str(file), "--cases", cases(tmp_path)]) == 1


def test_a_file_with_errors_tells_all_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.dmn"
    bad.write_bytes(source(decision("d", table("U", ["x"], ["o"], [["> ", "1 1"]]))))
    assert main(["decide", str(bad)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    assert told[0].startswith("error: d row 1 column 1 at 1:2: ")
    assert main(["decide", str(bad), "--language", "zh"]) == 1
    assert "此处" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--inputs", "{"],
        ["--inputs", "missing.json"],
        ["--inputs", '{"amount": 1}', "--decision", "nothing"],
        ["--cases", "missing.json"],
    ],
)
def test_what_is_no_use_is_told_with_exit_code_2(
    file: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["decide", str(file), *arguments]) == 2
    assert capsys.readouterr().err.startswith("huiqian: ")


@pytest.mark.parametrize(
    "said",
    [
        {"decision": "route"},
        {"expected": 1},
        5,
        {"decision": "gone", "expected": 1},
        {"decision": "fee", "inputs": [], "expected": 1},
        {"decision": "fee", "expected": 1, "rules": "r1"},
    ],
)
def test_a_case_that_is_no_use(file: Path, tmp_path: Path, said: object) -> None:
    assert main(["decide", str(file), "--cases", cases(tmp_path, said)]) == 2


def test_a_missing_model(tmp_path: Path) -> None:
    assert main(["decide", str(tmp_path / "none.dmn")]) == 2


def test_the_clock_can_be_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = tmp_path / "now.dmn"
    made.write_bytes(source(decision("d", text("literalExpression", "day of week(today())"))))
    assert main(["decide", str(made), "--inputs", "{}", "--now", "2026-03-26T09:00:00"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == "Thursday"
