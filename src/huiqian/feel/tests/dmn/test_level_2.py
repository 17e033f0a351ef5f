"""Whole models of conformance level 2, as the standard's own test kit builds them, and the handbook's own decisions."""

import decimal
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from huiqian.feel.dmn import Model
from huiqian.feel.tests.asking import plain
from huiqian.feel.tests.dmn.files import decision, model, table, text


def data(name: str, kind: str = "") -> str:
    """An input; its id is the name without spaces."""
    typed = f' typeRef="{kind}"' if kind else ""
    return f'<inputData id="{name.replace(" ", "_")}" name="{name}"><variable name="{name}"{typed}/></inputData>'


def literal(content: str) -> str:
    """A literal expression."""
    return text("literalExpression", content)


INPUTS = ["Age", "RiskCategory", "isAffordable"]
APPLICANT = [data("Age", "number"), data("RiskCategory", "string"), data("isAffordable", "boolean")]
NEEDS = "input:Age input:RiskCategory input:isAffordable"
UNIQUE_RULES = [
    [">= 18", '"Medium", "Low"', "true", '"Approved"'],
    ["< 18", '"Medium", "Low"', "true", '"Declined"'],
    ["-", '"High"', "true", '"Declined"'],
    ["-", "-", "false", '"Declined"'],
]
ANY_RULES = [
    [">= 18", '"Low"', "-", '"Approved"'],
    ["-", '"Low"', "true", '"Approved"'],
    ["< 18", '"High"', "-", '"Declined"'],
    ["-", '"High"', "false", '"Declined"'],
]
APPLICANTS = [
    ("U", UNIQUE_RULES, (18, "Low", True), "Approved"),
    ("U", UNIQUE_RULES, (17, "Low", True), "Declined"),
    ("U", UNIQUE_RULES, (18, "High", True), "Declined"),
    ("U", UNIQUE_RULES, (18, "Low", False), "Declined"),
    ("U", UNIQUE_RULES, (18, "Other", True), None),
    ("U", UNIQUE_RULES, (None, "Low", True), None),
    ("A", ANY_RULES, (18, "Low", True), "Approved"),
    ("A", ANY_RULES, (17, "High", False), "Declined"),
    ("A", ANY_RULES, (20, "High", True), None),
]


@pytest.mark.parametrize(("policy", "rules", "applicant", "expected"), APPLICANTS)
def test_simple_table(policy: str, rules: list[list[str]], applicant: tuple[object, ...], expected: object) -> None:
    made = model(*APPLICANT, decision("status", table(policy, INPUTS, ["status"], rules), needs=NEEDS))
    assert made.decide("status", dict(zip(INPUTS, applicant, strict=True))).value == expected


def test_priority_with_two_outputs() -> None:
    outputs = ['Status: "Approved", "Declined"', 'Rate: "Best", "Standard"']
    rules = [
        [">= 18", '"Low"', "-", '"Approved"', '"Standard"'],
        ["-", '"Low"', "true", '"Approved"', '"Best"'],
        ["< 18", "-", "-", '"Declined"', '"Standard"'],
    ]
    made = model(*APPLICANT, decision("d", table("P", INPUTS, outputs, rules), needs=NEEDS))
    both = made.decide("d", dict(zip(INPUTS, (20, "Low", True), strict=True)))
    assert (both.value, both.matched) == ({"Status": "Approved", "Rate": "Best"}, ("r2",))
    young = made.decide("d", dict(zip(INPUTS, (10, "Low", False), strict=True)))
    assert young.value == {"Status": "Declined", "Rate": "Standard"}


LOAN = (
    '<itemDefinition name="Loan"><itemComponent name="principal"><typeRef>number</typeRef></itemComponent>'
    '<itemComponent name="rate"><typeRef>number</typeRef></itemComponent>'
    '<itemComponent name="termMonths"><typeRef>number</typeRef></itemComponent></itemDefinition>'
)
LOANS = [("600000", "0.0375", 360), ("30000", "0.0475", 60), ("600000", "0.0399", 360), ("1", "0.01", 1)]


@pytest.mark.parametrize(("principal", "rate", "months"), LOANS)
def test_arithmetic_of_a_loan(principal: str, rate: str, months: int) -> None:
    monthly = literal("(loan.principal * loan.rate / 12) / (1 - (1 + loan.rate / 12) ** -loan.termMonths)")
    made = model(LOAN, data("loan", "Loan"), decision("payment", monthly, needs="input:loan"))
    paid = made.decide(
        "payment", {"loan": {"principal": Decimal(principal), "rate": Decimal(rate), "termMonths": months}}
    )
    with decimal.localcontext(prec=60):
        share = Decimal(rate) / 12
        exact = Decimal(principal) * share / (1 - (1 + share) ** -months)
        assert isinstance(paid.value, Decimal)
        assert abs(paid.value - exact) < exact * Decimal("1e-29")


def vacation() -> Model:
    """The standard's vacation days: three tables that feed a sum."""
    needs = "input:Age input:Years_of_Service"
    columns = ["Age", "Years of Service"]
    return model(
        data("Age", "number"),
        data("Years of Service", "number"),
        decision("base", literal("22"), name="Base Vacation Days"),
        decision(
            "one",
            table("C>", columns, ["days"], [["< 18, >= 60", "-", "5"], ["-", ">= 30", "5"]], default=["0"], ids="a"),
            needs=needs,
            name="Extra days case 1",
        ),
        decision(
            "two",
            table("C>", columns, ["days"], [["-", ">= 30", "3"], [">= 60", "-", "3"]], default=["0"], ids="b"),
            needs=needs,
            name="Extra days case 2",
        ),
        decision(
            "three",
            table("C>", columns, ["days"], [["-", "[15..30)", "2"], [">= 45", "-", "2"]], default=["0"], ids="c"),
            needs=needs,
            name="Extra days case 3",
        ),
        decision(
            "total",
            literal("Base Vacation Days + max(Extra days case 1, Extra days case 3) + Extra days case 2"),
            needs="decision:base decision:one decision:two decision:three",
            name="Total Vacation Days",
        ),
    )


VACATIONS = [
    (16, 1, 27),
    (25, 5, 22),
    (25, 20, 24),
    (44, 30, 30),
    (44, 20, 24),
    (50, 20, 24),
    (50, 30, 30),
    (60, 20, 30),
]


@pytest.mark.parametrize(("age", "service", "days"), VACATIONS)
def test_vacation_days(age: int, service: int, days: int) -> None:
    assert vacation().decide("Total Vacation Days", {"Age": age, "Years of Service": service}).value == days


def test_a_model_is_asked_from_many_threads() -> None:
    made = vacation()

    def ask(at: int) -> object:
        age, service, days = VACATIONS[at % len(VACATIONS)]
        return made.decide("total", {"Age": age, "Years of Service": service}).value == days

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(400)))


def opinion() -> Model:
    """Whether the general manager's opinion on a research plan is asked for, by type and budget."""
    rules = [
        ['"annual", "monthly", "special"', "-", "true", '"年度、月度、重大专项须报总经理"'],
        ['"regular"', ">= 100000", "true", '"预算较大"'],
        ['"regular"', "< 100000", "false", '"常规可免"'],
    ]
    route = table("U", ["调研类型", "预算合计"], ["总经理意见", "理由"], rules)
    return model(
        data("调研类型", "string"),
        data("预算合计", "number"),
        decision("opinion", route, needs="input:调研类型 input:预算合计"),
    )


@pytest.mark.parametrize(
    ("kind", "budget", "asked", "rule"),
    [
        ("annual", 1, True, "r1"),
        ("regular", 99_999.99, False, "r3"),
        ("regular", 100_000, True, "r2"),
        ("special", 5e6, True, "r1"),
    ],
)
def test_the_opinion_on_a_plan(kind: str, budget: float, asked: bool, rule: str) -> None:
    decided = opinion().decide("opinion", {"调研类型": kind, "预算合计": budget})
    assert isinstance(decided.value, dict)
    assert decided.value["总经理意见"] is asked
    assert decided.matched == (rule,)
    assert not decided.warnings


def test_a_budget_that_is_not_given_is_told() -> None:
    decided = opinion().decide("opinion", {"调研类型": "regular"})
    assert decided.value is None
    assert [warning.code for warning in decided.warnings][:1] == ["no_input"]


def test_the_sales_plan_and_the_finance_manager() -> None:
    lines = "count(行[数量 * 单价 < 底价 * 数量]) > 0"
    made = model(
        data("行"),
        data("请财务"),
        decision("total", literal("sum(for 一 in 行 return 一.数量 * 一.单价)"), needs="input:行", name="合计"),
        decision("below", literal(lines), needs="input:行", name="低于底价"),
        decision(
            "finance",
            table(
                "F",
                ["合计", "低于底价", "请财务"],
                ["yes"],
                [
                    ["> 500000", "-", "-", "true"],
                    ["-", "true", "-", "true"],
                    ["-", "-", "true", "true"],
                    ["-", "-", "-", "false"],
                ],
            ),
            needs="decision:total decision:below input:请财务",
        ),
    )
    cheap = [{"数量": 10, "单价": Decimal("9.90"), "底价": 10}, {"数量": 1, "单价": 20, "底价": 10}]
    fair = [{"数量": 10, "单价": 11, "底价": 10}]
    large = [{"数量": 100_000, "单价": 11, "底价": 10}]
    for rows, asked, expected in ((cheap, False, True), (fair, False, False), (fair, True, True), (large, False, True)):
        assert made.decide("finance", {"行": rows, "请财务": asked}).value is expected
    assert plain(made.decide("合计", {"行": cheap}).value) == plain(Decimal("119.00"))
