"""Files that are refused, values outside a column's list, and columns that change in place."""

from dataclasses import replace

import pytest

from huiqian.feel import ExpressionError, compile_expression
from huiqian.feel.dmn import DecisionRefused, Model, check_model, read_model, write_model
from huiqian.feel.tests.dmn.files import DMN, HEAD

LIMITED = (
    HEAD
    + """<decision id="d" name="同名"><decisionTable hitPolicy="FIRST">
  <input id="a" label="类型" xmlns:x="urn:x" x:w="3"><!-- kept --><inputExpression><text>kind</text></inputExpression>
    <inputValues><text>"年度", "月度"</text></inputValues></input>
  <output id="o" label="级别"><outputValues><text>1, 2</text></outputValues></output>
  <rule id="r1"><inputEntry><text>"年度"</text></inputEntry><outputEntry><text>level</text></outputEntry></rule>
  <rule id="r2"><inputEntry><text>-</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
)


def codes(source: str | bytes) -> list[str]:
    with pytest.raises(DecisionRefused) as refused:
        read_model(source.encode() if isinstance(source, str) else source)
    assert all(finding.text("zh") and finding.text("en") for finding in refused.value.findings)
    return [finding.code for finding in refused.value.findings]


def limited(known: str = "level") -> Model:
    return read_model(LIMITED.replace("level", known).encode())


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("<!DOCTYPE d [<!ENTITY a 'b'>]>" + HEAD + "</definitions>", "xml_doctype"),
        (HEAD, "xml"),
        ("", "xml"),
        ("<definitions/>", "not_dmn"),
        (f'<other xmlns="{DMN}"/>', "not_dmn"),
        ('<?xml version="1.0" encoding="GBK"?>' + HEAD + "</definitions>", "xml_encoding"),
        ((HEAD + "<!-- 会签 --></definitions>").encode("gbk"), "xml_encoding"),
        (HEAD + "<a>" * 200 + "</a>" * 200 + "</definitions>", "xml_size"),
        (HEAD + "<a/>" * 30_000 + "</definitions>", "xml_size"),
        (HEAD + "<a>" + "x" * 2_100_000 + "</a></definitions>", "xml_size"),
        (HEAD + f"<decision id='d'><list><text>{'1 ' * 150_000}</text></list></decision></definitions>", "xml_size"),
        (HEAD + "<decision id='d'>" + "<list>" * 40 + "</list>" * 40 + "</decision></definitions>", "xml_size"),
        (HEAD + '<import name="other" namespace="urn:o"/></definitions>', "import"),
        (HEAD + "<decision id='d'><conditional/></decision></definitions>", "later_expression"),
        (HEAD + "<decision id='d'/><decision id='d'/></definitions>", "double_id"),
    ],
)  # fmt: skip
def test_refused(source: str | bytes, code: str) -> None:
    assert code in codes(source)


def test_everything_wrong_is_told_at_once() -> None:
    wrong = LIMITED.replace(">-<", ">(1<").replace("FIRST", "BEST").replace(">kind<", ">a +<")
    wrong = wrong.replace(">2<", ">nobody<")
    assert sorted(codes(wrong)) == ["expression", "expression", "hit_policy", "unknown_in_cell", "unknown_in_cell"]


def test_values_outside_a_columns_list_are_warned_of() -> None:
    made = limited("3")
    assert [(f.code, f.row, f.column) for f in check_model(made) if f.severity == "warning"] == [("not_allowed", 1, 2)]
    decided = made.decide("d", {"kind": "年度"})
    assert (decided.value, [warning.code for warning in decided.warnings]) == (3, ["output_limit"])
    decided = made.decide("d", {"kind": "年渡"})
    assert (decided.value, [warning.code for warning in decided.warnings]) == (2, ["input_limit"])
    assert "“" not in decided.warnings[0].text("en")
    assert "年渡" in decided.warnings[0].text("zh")
    assert limited("1").decide("d", {"kind": "年度"}).warnings == ()


def test_decisions_of_one_name_are_found() -> None:
    made = limited("1")
    twice = replace(made, decisions={**made.decisions, "e": replace(made.decisions["d"], id="e")})
    assert "double_name" in [finding.code for finding in check_model(twice)]


def test_columns_change_in_place() -> None:
    made = limited("1")
    table = made.decisions["d"].table
    assert table is not None
    changed = replace(
        table,
        inputs=(replace(table.inputs[0], label='新"标', expression='kind + "<"', values=""),),
        outputs=(replace(table.outputs[0], default="1", type="number", values="1, 2, 3"),),
    )
    again = write_model(replace(made, decisions={"d": replace(made.decisions["d"], table=changed)}))
    assert read_model(again).decisions["d"].table == changed
    text = again.decode()
    assert 'x:w="3"' in text
    assert "<!-- kept -->" in text
    assert text.count("\n") >= LIMITED.count("\n") - 1


def test_not_without_brackets_is_told_how_to_be_written() -> None:
    with pytest.raises(ExpressionError) as told:
        compile_expression("not allowed")
    assert (told.value.code, told.value.column) == ("not_word", 5)
    assert "not(allowed)" in told.value.text("zh")
