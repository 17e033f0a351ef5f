"""DMN files in and out: nothing lost, nothing run, hostile files refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqian.feel.dmn import DecisionRefused, Model, Rule, read_model, write_model
from huiqian.feel.tests.dmn.files import DMN, decision, model, source, table, text

RICH = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- Kept: a comment before everything -->
<dmn:definitions xmlns:dmn="{DMN}" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"
                 xmlns:x="urn:somebody:else" id="rich" name="费用 &amp; 审批" namespace="urn:test"
                 exporter="Some Modeler" x:kept="yes">
  <dmn:description>Kept text &lt;with&gt; signs</dmn:description>
  <dmn:extensionElements><x:anything deep="1"><x:inner/>text<![CDATA[ <raw> ]]></x:anything></dmn:extensionElements>
  <dmn:inputData id="amount" name="amount"><dmn:variable id="v1" name="amount" typeRef="number"/></dmn:inputData>
  <dmn:decision id="route" name="路线">
    <dmn:question>Who?</dmn:question>
    <dmn:variable id="v2" name="route"/>
    <dmn:informationRequirement id="ir1"><dmn:requiredInput href="#amount"/></dmn:informationRequirement>
    <dmn:authorityRequirement id="ar"><dmn:requiredAuthority href="#source"/></dmn:authorityRequirement>
    <dmn:decisionTable id="t1" hitPolicy="FIRST" preferredOrientation="Rule-as-Row" outputLabel="谁">
      <dmn:input id="in1" label="金额" x:width="192">
        <dmn:inputExpression id="ie1" typeRef="number"><dmn:text>amount</dmn:text></dmn:inputExpression>
      </dmn:input>
      <dmn:output id="out1" label="审批人" name="who" typeRef="string"/>
      <dmn:annotation name="备注"/>
      <dmn:rule id="row1">
        <dmn:description>大额</dmn:description>
        <dmn:inputEntry id="c1"><dmn:text>&gt; 10000</dmn:text></dmn:inputEntry>
        <dmn:outputEntry id="c2"><dmn:text><![CDATA["general_manager"]]></dmn:text></dmn:outputEntry>
        <dmn:annotationEntry><dmn:text>note</dmn:text></dmn:annotationEntry>
      </dmn:rule>
      <dmn:rule id="row2">
        <dmn:inputEntry id="c3"><dmn:text>-</dmn:text></dmn:inputEntry>
        <dmn:outputEntry id="c4"><dmn:text>"nobody"</dmn:text></dmn:outputEntry>
      </dmn:rule>
    </dmn:decisionTable>
  </dmn:decision>
  <dmn:knowledgeSource id="source" name="handbook"/>
  <dmndi:DMNDI><dmndi:DMNDiagram id="dia">
    <dmndi:DMNShape dmnElementRef="route"><x:bounds a="1.50"/></dmndi:DMNShape>
  </dmndi:DMNDiagram></dmndi:DMNDI>
</dmn:definitions>
""".encode()


def with_rules(made: Model, key: str, rules: tuple[Rule, ...]) -> Model:
    """The model with other rules in a table."""
    old = made.decisions[key]
    assert old.table is not None
    return replace(made, decisions={**made.decisions, key: replace(old, table=replace(old.table, rules=rules))})


def test_what_is_not_changed_is_written_byte_for_byte() -> None:
    assert write_model(read_model(RICH)) == RICH


def test_one_changed_cell_changes_nothing_else() -> None:
    cell = '? > 5000 and ? < 9 or ? = "<&>"'
    made = read_model(RICH)
    assert made.decisions["route"].table is not None
    first, second = made.decisions["route"].table.rules
    written = write_model(with_rules(made, "route", (replace(first, inputs=(cell,)), second)))
    before, after = RICH.decode(), written.decode()
    start, end = before.index("<dmn:text>&gt; 10000"), before.index("</dmn:text></dmn:inputEntry>")
    assert after.startswith(before[:start])
    assert after.endswith(before[end:])
    again = read_model(written)
    assert again.decisions["route"].table is not None
    assert again.decisions["route"].table.rules[0].inputs == (cell,)
    for kept in (
        "<x:inner/>",
        "<![CDATA[ <raw> ]]>",
        'x:width="192"',
        "preferredOrientation",
        "<!-- Kept",
        "authorityRequirement",
        "DMNShape",
        'id="c3"',
        "大额",
        "exporter",
    ):
        assert kept in after


def test_rows_added_taken_out_and_moved() -> None:
    made = read_model(RICH)
    assert made.decisions["route"].table is not None
    first, second = made.decisions["route"].table.rules
    new = Rule("row3", ("[5000..10000]",), ('"business_unit_director"',), "middle\nsum & more")
    changed = with_rules(made, "route", (new, second, first))
    again = read_model(write_model(changed))
    assert again.decisions["route"].table is not None
    assert [rule.id for rule in again.decisions["route"].table.rules] == ["row3", "row2", "row1"]
    assert again.decisions["route"].table.rules[0] == new
    assert again.decide("route", {"amount": 7000}).value == "business_unit_director"
    assert "DMNShape" in write_model(changed).decode()
    only = read_model(write_model(with_rules(made, "route", (second,))))
    assert only.decide("route", {"amount": 70_000}).value == "nobody"


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t<>&\"']]>"), max_size=25)


@given(cells=st.lists(TEXTS, min_size=1, max_size=3), notes=TEXTS)
def test_any_text_comes_back_from_a_cell(cells: list[str], notes: str) -> None:
    made = read_model(RICH)
    rules = tuple(
        Rule(
            f"row{at}",
            ("-",),
            ('"' + cell.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"',),
            notes,
        )
        for at, cell in enumerate(cells, start=1)
    )
    again = read_model(write_model(with_rules(made, "route", rules)))
    assert again.decisions["route"].table is not None
    written = again.decisions["route"].table.rules
    assert [rule.outputs for rule in written] == [rule.outputs for rule in rules]
    assert [" ".join(rule.note.split()) for rule in written] == [" ".join(notes.split())] * len(cells)
    assert again.decide("route", {"amount": 1}).value == cells[0].replace("\r", "\n")


def test_a_model_made_without_a_file_is_written() -> None:
    from huiqian.feel.dmn import Decision, InputClause, OutputClause, Table, Variable

    rows = (Rule("r1", ("< 5",), ('"a"',), "note"), Rule("r2", ("-",), ('"b"',)))
    made_table = Table("F", "", (InputClause("x", "X"),), (OutputClause("o", "O"),), rows)
    made = Model("m", "made", "urn:made", {"d": Decision("d", Variable("d"), table=made_table)})
    again = read_model(write_model(made))
    assert again.decisions["d"].table is not None
    assert again.decisions["d"].table.rules == rows
    assert again.decide("d", {"x": 1}).value == "a"


@pytest.mark.parametrize(
    "version",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
    ],
)
def test_versions_of_the_standard(version: str) -> None:
    xml = source(decision("d", table("U", ["x"], ["o"], [["1", '"one"']]))).replace(DMN.encode(), version.encode())
    assert read_model(xml).decide("d", {"x": 1}).value == "one"
    assert write_model(read_model(xml)) == xml


GOOD = source(decision("d", table("U", ["x"], ["o"], [["1", '"one"']])))
HOSTILE = {
    "empty": b"",
    "no xml": b"hello",
    "cut off": GOOD[:-20],
    "other root": b"<html/>",
    "other namespace": b'<definitions xmlns="urn:x"/>',
    "doctype": b"<!DOCTYPE definitions>" + GOOD,
    "entity": b'<!DOCTYPE d [<!ENTITY a "b">]>' + GOOD.replace(b'"one"', b"&a;"),
    "billion laughs": b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + GOOD.replace(b"one", b"&b;"),
    "outside file": b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + GOOD.replace(b"one", b"&a;"),
    "deep": b"<definitions xmlns='" + DMN.encode() + b"'>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</definitions>",
    "large": GOOD.replace(b'"one"', b'"' + b"x" * 30_000_000 + b'"'),
    "utf-16": GOOD.decode().encode("utf-16"),
    "control character": GOOD.replace(b"one", b"\x01"),
    "not utf-8": GOOD.replace(b"one", b"\xff\xfe"),
    "double id": GOOD.replace(b'id="r1"', b'id="d"'),
    "deep expression": GOOD.replace(b'"one"', b"(" * 5_000 + b"1" + b")" * 5_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name: str) -> None:
    with pytest.raises(DecisionRefused) as refused:
        read_model(HOSTILE[name])
    assert refused.value.findings
    assert all(finding.text("zh") and finding.text("en") for finding in refused.value.findings)


@given(place=st.integers(0, len(RICH) - 1), piece=st.binary(max_size=6), cut=st.integers(0, 12))
def test_random_changes_are_read_or_refused(place: int, piece: bytes, cut: int) -> None:
    changed = RICH[:place] + piece + RICH[place + cut :]
    try:
        made = read_model(changed)
    except DecisionRefused as refused:
        assert refused.findings  # noqa: PT017
        return
    assert write_model(made) == changed
    for key in made.decisions:
        made.decide(key, {"amount": 1})


def test_text_with_comments_and_pieces() -> None:
    xml = source(decision("d", text("literalExpression", "1 + 2"))).replace(b"1 + 2", b"1 <!-- one -->+<![CDATA[ 2]]>")
    assert read_model(xml).decide("d", {}).value == 3
    assert model(decision("d", text("literalExpression", '"<&>"'))).decide("d", {}).value == "<&>"
