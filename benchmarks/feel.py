"""Expressions and decision tables: compiled evaluation beside the same work written in Python."""

import time
import timeit
from collections.abc import Callable, Mapping
from decimal import Decimal
from xml.sax.saxutils import escape

from huiqian.feel import compile_expression
from huiqian.feel.dmn import Model, read_model

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
MICRO = 1e6
ROUNDS, ROUND_SECONDS = 60, 0.002
VARIABLES: Mapping[str, object] = {
    "a": Decimal("1800.50"),
    "b": Decimal(2000),
    "类型": "年度",
    "金额": 128_000,
    "rows": [{"price": Decimal("12.5"), "quantity": place} for place in range(20)],
}
EXPRESSIONS = {
    "compare two variables": "a < b",
    "condition of a gateway": '类型 in ("年度", "月度", "重大专项") and 金额 > 100000',
    "total of a table of 20 rows": "sum(for r in rows return r.price * r.quantity)",
    "filter of 20 rows": "count(rows[quantity > 10])",
    "call of a function": 'substring("foobar", 3)',
}


def run() -> dict[str, float]:
    """Measure, print and return microseconds by name."""
    figures = {name: _expression(text) for name, text in EXPRESSIONS.items()}
    figures["compare two decimals in Python"] = _best(lambda: VARIABLES["a"] < VARIABLES["b"])  # type: ignore[operator]
    figures["compile, not remembered"] = _compile()
    figures |= _tables()
    for name, micros in figures.items():
        print(f"{micros:10.2f} µs  {name}")
    return figures


def _best(work: Callable[[], object]) -> float:
    """Microseconds of processor time a call: the best of many short rounds, as others use this machine too."""
    timer = timeit.Timer(work, timer=time.process_time)
    count = 1
    while timer.timeit(count) < ROUND_SECONDS:
        count *= 2
    return min(timer.repeat(ROUNDS, count)) / count * MICRO


def _expression(text: str) -> float:
    expression = compile_expression(text)
    return _best(lambda: expression.evaluate(VARIABLES))


def _compile() -> float:
    texts = (f'金额 > {number} and 类型 = "年度"' for number in range(10_000_000))
    return _best(lambda: compile_expression(next(texts)))


def _tables() -> dict[str, float]:
    """50 rules, asked in turn for each of them, so that no answer is the one before."""
    figures = {}
    for name, model, inputs in (
        ("table of 50 rules, texts and ranges of numbers", _mixed(), _mixed_inputs()),
        ("table of 50 rules, expressions in the cells", _computed(), _mixed_inputs()),
    ):
        asked = len(inputs)
        figures[name] = _best(lambda model=model, inputs=inputs: [model.decide("d", one) for one in inputs]) / asked  # type: ignore[misc]
    return figures


def _mixed() -> Model:
    """A type of research, a range of amounts, a department: some of them left open."""
    rows = []
    for place in range(50):
        low = place // 5 * 1000
        cells = [f'"kind {place % 5}"', f"[{low}..{low + 1000})", "-" if place % 3 else '"marketing", "sales"']
        rows.append((cells, f'"route {place}"'))
    return _model(rows)


def _computed() -> Model:
    """The same with tests that must be evaluated."""
    rows = []
    for place in range(50):
        low = place // 5 * 1000
        cells = [f'? = "kind {place % 5}"', f"? >= {low} and ? < {low} + 1000", "-"]
        rows.append((cells, f'"route {place}"'))
    return _model(rows)


def _model(rows: list[tuple[list[str], str]]) -> Model:
    inputs = "".join(
        f"<input><inputExpression><text>{name}</text></inputExpression></input>" for name in ("k", "n", "d")
    )
    rules = "".join(
        f'<rule id="r{place}">'
        + "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in cells)
        + f"<outputEntry><text>{escape(said)}</text></outputEntry></rule>"
        for place, (cells, said) in enumerate(rows)
    )
    table = f'<decisionTable hitPolicy="FIRST">{inputs}<output name="route"/>{rules}</decisionTable>'
    return read_model(
        f'<definitions xmlns="{DMN}" id="m" name="m" namespace="urn:bench">'
        f'<decision id="d" name="d"><variable name="d"/>{table}</decision></definitions>'.encode()
    )


def _mixed_inputs() -> list[dict[str, object]]:
    return [
        {"k": f"kind {place % 5}", "n": Decimal(place // 5 * 1000 + place), "d": "marketing"} for place in range(50)
    ]


if __name__ == "__main__":
    run()
