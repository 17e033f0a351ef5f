"""What expressions and pages read of the plans of a month before they are signed: merged, summed up, still missing."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from huiqian.marketing.effects.actuals import last_month_amounts
from huiqian.marketing.effects.sales import day_in, line_amount, member_rows, number_in
from huiqian.marketing.rules.merging import Line
from huiqian.process.members import Readable


def plan_lines(case: Readable, table: str = "lines") -> list[Line]:
    """The lines that a case's members have planned so far, numbered as they stand in each plan."""
    left_out = _left_out(case)
    return [_line(login, number, row) for login, number, row in _numbered(case, table) if login not in left_out]


def _numbered(case: Readable, table: str) -> Iterator[tuple[str, int, Mapping[str, object]]]:
    before, number = "", 0
    for login, row in member_rows(case, table):
        number = number + 1 if login == before else 1
        before = login
        yield login, number, row


def _left_out(case: Readable) -> frozenset[str]:
    """Who was left out when the plans were gathered; nobody while they are planned anew."""
    named = case.data.get("left_out_managers")
    return frozenset(map(str, named)) if isinstance(named, list) else frozenset()


def _line(login: str, number: int, row: Mapping[str, object]) -> Line:
    floor = row.get("floor_price")
    return Line(
        login, str(row.get("customer", "")), str(row.get("product", "")), number_in(row, "quantity"), line_amount(row),
        number=number, price=number_in(row, "price"), floor_price=None if floor is None else Decimal(str(floor)),
        payment_due=day_in(row.get("payment_date")), note=str(row.get("note") or ""),
    )  # fmt: skip


def merged_plans(case: Readable) -> list[dict[str, object]]:
    """For expressions: every line of every member's `lines` in one list, with the manager and last month's plan for the
    same customer and product: {manager, customer, product, quantity, price, amount, floor_price, payment_date,
    last_amount}. 1 query beside the members' records.
    """
    before = last_month_amounts(case)
    return [
        {
            "manager": login, "customer": row.get("customer"), "product": row.get("product"),
            "quantity": row.get("quantity"), "price": row.get("price"), "amount": line_amount(row),
            "floor_price": row.get("floor_price"), "payment_date": row.get("payment_date"),
            "last_amount": before.get(f"{login}|{row.get('customer')}|{row.get('product')}"),
        }
        for login, row in member_rows(case, "lines")
    ]  # fmt: skip


def missing_planners(case: Readable) -> list[str]:
    """For expressions: which of `planners` have not handed in the draft of this `planning_round`."""
    round_ = str(case.data.get("planning_round") or 1)
    records = case.members.all()
    planners = case.data.get("planners")
    return [
        str(login)
        for login in (planners if isinstance(planners, list) else [])
        if login not in records or str(records[login].data.get("draft_number")) != round_
    ]


def planned_amounts(case: Readable) -> dict[str, Decimal]:
    """For expressions: what the gathered plans (`merged`) come to for each manager, login → yuan."""
    return _sums(case, "manager", "amount")


def planned_quantities(case: Readable) -> dict[str, Decimal]:
    """For expressions: how much of each product the gathered plans (`merged`) need, product code → quantity."""
    return _sums(case, "product", "quantity")


def _sums(case: Readable, key: str, part: str) -> dict[str, Decimal]:
    rows = case.data.get("merged")
    found: dict[str, Decimal] = {}
    for row in _rows(rows):
        code = str(row.get(key) or "")
        found[code] = found.get(code, Decimal(0)) + number_in(row, part)
    return {code: found[code] for code in sorted(found)}


def _rows(rows: object) -> Sequence[Mapping[str, object]]:
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
