"""Values made to fit the types that a model names (DMN 1.3 §10.3.2.9.4): a list of one, its item, or null."""

from decimal import Decimal

import pytest

from huiqian.feel.dmn import Model, read_model
from huiqian.feel.tests.dmn.files import DMN

MODEL = f"""<definitions xmlns="{DMN}" id="m" name="m" namespace="urn:m">
  <itemDefinition name="numbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>
  <itemDefinition name="person">
    <itemComponent name="name"><typeRef>string</typeRef></itemComponent>
    <itemComponent name="born"><typeRef>date</typeRef></itemComponent>
  </itemDefinition>
  <itemDefinition name="people" isCollection="true"><typeRef>person</typeRef></itemDefinition>
  <itemDefinition name="level"><typeRef>string</typeRef>
    <allowedValues><text>"高","中"</text></allowedValues></itemDefinition>
  <inputData id="i" name="who"><variable name="who" typeRef="people"/></inputData>
  <businessKnowledgeModel id="known" name="known">
    <variable name="known"/>
    <encapsulatedLogic>
      <formalParameter name="one" typeRef="person"/>
      <literalExpression><text>one != null</text></literalExpression>
    </encapsulatedLogic>
  </businessKnowledgeModel>
  <decision id="d" name="d">
    <variable name="d" typeRef="TYPE"/>
    <knowledgeRequirement><requiredKnowledge href="#known"/></knowledgeRequirement>
    <literalExpression><text>TEXT</text></literalExpression>
  </decision>
  <decision id="years" name="years">
    <variable name="years"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>who.born.year</text></literalExpression>
  </decision>
  <decision id="inner" name="inner">
    <variable name="inner"/>
    <context>
      <contextEntry><variable name="a" typeRef="numbers"/>
        <literalExpression><text>1</text></literalExpression></contextEntry>
      <contextEntry><variable name="b"/>
        <literalExpression typeRef="string"><text>1</text></literalExpression></contextEntry>
      <contextEntry><variable name="f"/>
        <functionDefinition><formalParameter name="x" typeRef="number"/>
          <literalExpression><text>x</text></literalExpression></functionDefinition></contextEntry>
      <contextEntry><variable name="c"/>
        <literalExpression><text>[f([2]), f("2")]</text></literalExpression></contextEntry>
      <contextEntry><literalExpression><text>[a, b, c]</text></literalExpression></contextEntry>
    </context>
  </decision>
</definitions>"""


def model(text: str = "null", wanted: str = "") -> Model:
    return read_model(MODEL.replace("TEXT", text).replace("TYPE", wanted).encode())


@pytest.mark.parametrize(
    ("text", "wanted", "value"),
    [
        ("1 + 1", "number", Decimal(2)),
        ("1 + 1", "string", None),
        ("[1, 2]", "numbers", [1, 2]),
        ('[1, "a"]', "numbers", None),
        ("7", "numbers", [7]),
        ('"a"', "numbers", None),
        ("[7]", "number", 7),
        ('["a"]', "number", None),
        ("null", "numbers", None),
        ('"中"', "level", "中"),
        ('"低"', "level", None),
        ('{name: "a", born: null, more: 1}', "person", {"name": "a", "born": None, "more": 1}),
        ('{name: "a"}', "person", None),
        ('known({name: "a", born: null})', "", True),
        ('known({name: "a"})', "", False),
        ('known([{name: "a", born: null}])', "", True),
    ],
)
def test_a_value_fits_its_type_or_is_null(text: str, wanted: str, value: object) -> None:
    decided = model(text, wanted).decide("d", {})
    assert decided.value == value
    assert value is not None or text == "null" or [warning.code for warning in decided.warnings] == ["type"]


def test_dates_in_lists_of_contexts_are_read_from_texts() -> None:
    who = [{"name": "李雷", "born": "1990-05-01"}, {"name": "韩梅梅", "born": "1988-02-29"}]
    made = model()
    assert made.decide("years", {"who": who}).value == [1990, 1988]
    assert made.decide("years", {"who": who[0]}).value == [1990]
    assert made.decide("years", {"who": [{"name": "?"}]}).value is None


def test_types_inside_of_boxed_expressions() -> None:
    assert model().decide("inner", {}).value == [[1], None, [2, None]]
