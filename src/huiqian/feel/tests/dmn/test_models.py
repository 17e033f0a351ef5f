"""Decisions that need each other, knowledge models, boxed expressions, types (DMN 1.3 §6, §7, §10.2)."""

from datetime import date
from decimal import Decimal

import pytest

from huiqian.feel import ExpressionError
from huiqian.feel.dmn import DecisionRefused
from huiqian.feel.tests.asking import plain
from huiqian.feel.tests.dmn.files import decision, model, table, text


def data(name: str, kind: str = "") -> str:
    """An input; its id is the name without spaces."""
    key = name.replace(" ", "_")
    typed = f' typeRef="{kind}"' if kind else ""
    return f'<inputData id="{key}" name="{name}"><variable name="{name}"{typed}/></inputData>'


def knowledge(key: str, parameters: str, body: str, needs: str = "", kind: str = "") -> str:
    """A knowledge model of this name; parameters like "a b:number"."""
    formal = ""
    for parameter in parameters.split():
        name, _, wanted = parameter.partition(":")
        formal += f'<formalParameter name="{name}"' + (f' typeRef="{wanted}"/>' if wanted else "/>")
    typed = f' typeRef="{kind}"' if kind else ""
    wanted = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{need}"/></knowledgeRequirement>' for need in needs.split()
    )
    return (
        f'<businessKnowledgeModel id="{key}" name="{key}"><variable name="{key}"{typed}/>'
        f"<encapsulatedLogic>{formal}{body}</encapsulatedLogic>{wanted}</businessKnowledgeModel>"
    )


def literal(content: str) -> str:
    """A literal expression."""
    return text("literalExpression", content)


def test_a_decision_needs_another() -> None:
    made = model(
        data("amount"),
        decision(
            "size",
            table("F", ["amount"], ["size"], [["> 10000", '"large"'], ["-", '"small"']], ids="s"),
            needs="input:amount",
        ),
        decision(
            "route",
            table("U", ["size"], ["who"], [['"large"', '"general_manager"'], ['"small"', '"nobody"']]),
            needs="decision:size",
        ),
    )
    assert made.decide("route", {"amount": 20_000}).value == "general_manager"
    assert made.decide("route", {"amount": 5}).value == "nobody"
    assert made.decide("size", {"amount": 5}).value == "small"


def test_a_decision_is_found_by_its_name_too() -> None:
    made = model(decision("d1", literal("1 + 1"), name="Two of them"))
    assert made.decide("Two of them", {}).value == 2
    with pytest.raises(KeyError):
        made.decide("d9", {})


def test_names_with_spaces_and_chinese_names() -> None:
    made = model(
        data("Monthly Salary"),
        data("调研类型"),
        decision(
            "d",
            literal('if 调研类型 = "常规" then Monthly Salary * 12 else 0'),
            needs="input:Monthly_Salary input:调研类型",
            name="Yearly Salary",
        ),
        decision("e", literal("Yearly Salary + 1"), needs="decision:d"),
    )
    assert made.decide("e", {"Monthly Salary": 100, "调研类型": "常规"}).value == 1201


def test_a_diamond_is_decided_once_each() -> None:
    made = model(
        decision("a", literal("1")),
        decision("b", literal("a + 1"), needs="decision:a"),
        decision("c", literal("a + 2"), needs="decision:a"),
        decision("d", literal("b * c"), needs="decision:b decision:c"),
    )
    assert made.decide("d", {}).value == 6


def test_a_long_chain_is_no_long_story() -> None:
    links = [decision("n0", literal("1"))]
    links += [decision(f"n{at}", literal(f"n{at - 1} + n{at - 1}"), needs=f"decision:n{at - 1}") for at in range(1, 60)]
    assert model(*links).decide("n59", {}).value == 2**59


def test_a_decision_sees_only_what_it_says_it_needs() -> None:
    made = model(decision("a", literal("1")), decision("b", literal("a"), needs=""))
    assert made.decide("b", {}).value is None


def test_knowledge_called_like_a_function() -> None:
    made = model(
        knowledge("fee", "amount rate", literal("amount * rate")),
        decision("d", literal("fee(200, 0.1) + fee(rate: 0.5, amount: 10)"), needs="knowledge:fee"),
    )
    assert made.decide("d", {}).value == 25


def test_knowledge_that_is_a_table() -> None:
    level = table("U", ["score"], ["level"], [[">= 60", '"pass"'], ["< 60", '"fail"']])
    made = model(
        knowledge("level", "score", level),
        data("s"),
        decision("d", literal("level(s)"), needs="knowledge:level input:s"),
    )
    assert made.decide("d", {"s": 60}).value == "pass"
    assert made.decide("d", {"s": 59.5}).value == "fail"


def test_invocation() -> None:
    call = (
        f'<invocation>{literal("fee")}<binding><parameter name="amount"/>{literal("x * 2")}</binding>'
        f'<binding><parameter name="rate"/>{literal("0.5")}</binding></invocation>'
    )
    made = model(
        data("x"),
        knowledge("fee", "amount rate", literal("amount * rate")),
        decision("d", call, needs="knowledge:fee input:x"),
    )
    assert made.decide("d", {"x": 30}).value == 30


def test_knowledge_needs_knowledge_and_itself() -> None:
    made = model(
        knowledge("double", "x", literal("x * 2")),
        knowledge("quadruple", "x", literal("double(double(x))"), "double"),
        knowledge("factorial", "n", literal("if n < 2 then 1 else n * factorial(n - 1)"), "factorial"),
        decision("d", literal("quadruple(3) + factorial(5)"), needs="knowledge:quadruple knowledge:factorial"),
    )
    assert made.decide("d", {}).value == 132


def test_knowledge_without_end_is_stopped() -> None:
    made = model(knowledge("f", "n", literal("f(n + 1)"), "f"), decision("d", literal("f(1)"), needs="knowledge:f"))
    with pytest.raises(ExpressionError) as told:
        made.decide("d", {})
    assert told.value.code == "budget"


def test_boxed_context_list_relation_and_function() -> None:
    entry = '<contextEntry><variable name="{0}"/>{1}</contextEntry>'
    context = "<context>" + entry.format("a", literal("2")) + entry.format("b c", literal("a * 3")) + "{0}</context>"
    result = f"<contextEntry>{literal('a + b c')}</contextEntry>"
    listing = f"<list>{literal('1')}{literal('1 + 1')}</list>"
    relation = '<relation><column name="n"/><column name="m"/>'
    relation += "".join(f"<row>{literal(n)}{literal(m)}</row>" for n, m in ("12", "34")) + "</relation>"
    function = f'<functionDefinition><formalParameter name="x"/>{literal("x + 1")}</functionDefinition>'
    made = model(
        decision("context", context.format("")),
        decision("result", context.format(result)),
        decision("listing", listing),
        decision("relation", relation),
        decision("next", function),
        decision("called", literal("next(41)"), needs="decision:next"),
    )
    assert plain(made.decide("context", {}).value) == plain({"a": 2, "b c": 6})
    assert made.decide("result", {}).value == 8
    assert plain(made.decide("listing", {}).value) == plain([1, 2])
    assert plain(made.decide("relation", {}).value) == plain([{"n": 1, "m": 2}, {"n": 3, "m": 4}])


TYPES = (
    '<itemDefinition name="Level"><typeRef>string</typeRef>'
    + text("allowedValues", '"low", "high"')
    + "</itemDefinition>"
    '<itemDefinition name="Levels" isCollection="true"><typeRef>Level</typeRef></itemDefinition>'
    '<itemDefinition name="Order"><itemComponent name="due"><typeRef>date</typeRef></itemComponent>'
    '<itemComponent name="unit price"><typeRef>number</typeRef></itemComponent></itemDefinition>'
)


@pytest.mark.parametrize(
    ("kind", "given", "seen"),
    [
        ("number", 5, 5),
        ("number", "5", None),
        ("string", "x", "x"),
        ("boolean", True, True),
        ("boolean", 1, None),
        ("date", "2026-03-01", date(2026, 3, 1)),
        ("date", "soon", None),
        ("Level", "low", "low"),
        ("Level", "middle", None),
        ("Level", None, None),
        ("Levels", ["low", "high"], ["low", "high"]),
        ("Levels", ["low", "x"], None),
        ("", "x", "x"),
        ("Any", 5, 5),
    ],
)
def test_types_of_inputs(kind: str, given: object, seen: object) -> None:
    made = model(TYPES, data("x", kind), decision("d", literal("x"), needs="input:x"))
    decided = made.decide("d", {"x": given})
    assert plain(decided.value) == plain(seen)
    assert bool(decided.warnings) == (given is not None and seen is None)


def test_components_of_types() -> None:
    made = model(
        TYPES,
        data("order", "Order"),
        decision("d", literal('order.unit price * 2 + (order.due - @"2026-03-01").days'), needs="input:order"),
    )
    assert made.decide("d", {"order": {"due": "2026-03-11", "unit price": Decimal("1.5")}}).value == 13


def test_a_result_of_another_type_is_null_with_a_reason() -> None:
    made = model('<decision id="d" name="d"><variable name="d" typeRef="number"/>' + literal('"x"') + "</decision>")
    decided = made.decide("d", {})
    assert decided.value is None
    assert decided.warnings


def test_an_input_that_is_not_given_is_null_with_a_reason() -> None:
    made = model(data("x"), decision("d", literal("x"), needs="input:x"))
    decided = made.decide("d", {})
    assert decided.value is None
    assert decided.warnings


def test_what_is_handed_in_beside_the_declared_inputs_can_be_read() -> None:
    made = model(decision("d", table("U", ["amount"], ["ok"], [["< 5", "true"]])))
    assert made.decide("d", {"amount": 1, "other": 2}).value is True


def refused(*elements: str) -> list[tuple[str, str]]:
    """The findings of a file: code and element."""
    with pytest.raises(DecisionRefused) as told:
        model(*elements)
    for finding in told.value.findings:
        assert finding.text("zh")
        assert finding.text("en")
        assert finding.text("zh") != finding.text("en")
    assert told.value.text("zh")
    return [(finding.code, finding.element) for finding in told.value.findings]


def test_circles_and_dangling_references() -> None:
    assert set(
        refused(decision("a", literal("b"), needs="decision:b"), decision("b", literal("a"), needs="decision:a"))
    ) == {("circle", "a"), ("circle", "b")}
    assert refused(decision("a", literal("1"), needs="decision:gone")) == [("dangling", "a")]
    assert refused(decision("a", literal("1"), needs="input:gone")) == [("dangling", "a")]
    assert refused(decision("a", literal("1"), needs="knowledge:gone")) == [("dangling", "a")]


def test_everything_wrong_is_told_at_once() -> None:
    bad = table("U", ["x +", "y"], ["o"], [["1", "2 2", "3"], ["1", "-", "(4"]])
    codes = refused(
        decision("a", bad), decision("b", literal("1 +")), decision("c", literal("1"), needs="decision:gone")
    )
    assert codes.count(("expression", "a")) == 3
    assert ("expression", "b") in codes
    assert ("dangling", "c") in codes


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (table("C+", ["x"], ["a", "b"], [["1", "1", "2"]]), "aggregates_one"),
        (table("U", ["x"], ["a", "a"], [["1", "1", "2"]]), "output_name"),
        (table("P", ["x"], ["a"], [["1", "1"]]), "no_priorities"),
        (table("O", ["x"], ["a"], [["1", "1"]]), "no_priorities"),
        (table("U", ["x"], ["a"], [["1", "1"]]).replace("UNIQUE", "SOMETIMES"), "hit_policy"),
        (table("U", ["x"], [], [["1"]]), "no_outputs"),
        (table("C+", ["x"], ["a"], [["1", "1"]]).replace("SUM", "MEAN"), "aggregation"),
        (table("C+", ["x"], ["a"], [["1", "1"]]).replace("COLLECT", "FIRST"), "aggregation_policy"),
        (table("U", ["x"], ["a"], [["1", "1"]]).replace("<inputEntry><text>1</text></inputEntry>", ""), "cells"),
        ('<literalExpression expressionLanguage="python"><text>1</text></literalExpression>', "language"),
    ],
)
def test_tables_that_cannot_be(xml: str, code: str) -> None:
    assert code in [found for found, _ in refused(decision("d", xml))]
