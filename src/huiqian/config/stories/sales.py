"""A month of sales (SC-004): begun by the schedule, planned, refused in part, signed, carried out, reported."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from huiqian.base.clock import COMPANY_ZONE
from huiqian.config.stories.feedback import Voice, handled
from huiqian.config.stories.telling import On, Pause, Story, Teller
from huiqian.marketing.models import Customer
from huiqian.marketing.queries import prices_on
from huiqian.process.models import Instance, Member

DIRECTOR, REVIEWER = "key_account_director", "product_marketing_director"

# What each customer usually takes in a month, and after how many days they pay.
USUAL: dict[str, tuple[tuple[tuple[str, int], ...], int]] = {
    "C-001": ((("HX-350", 14), ("LX-H13", 60), ("LX-G4", 80)), 30), "C-002": ((("HX-150", 18), ("HX-350", 9)), 30),
    "C-003": ((("HX-350", 30), ("KZ-02", 30)), 60), "C-004": ((("HX-800", 8), ("HX-1500", 2)), 90),
    "C-005": ((("HX-350", 10), ("HX-500", 4)), 30), "C-006": ((("HX-800", 6), ("LX-H13", 24)), 60),
    "C-007": ((("HX-500", 14), ("KZ-02", 14)), 60), "C-008": ((("HX-350", 10), ("LX-H13", 120)), 30),
    "C-009": ((("HX-350", 16), ("HX-500", 6)), 60), "C-010": ((("HX-500", 8), ("LX-H13", 40)), 90),
    "C-011": ((("HX-350", 12), ("HX-150", 10)), 30), "C-012": ((("HX-150", 24), ("KZ-02", 40)), 30),
}  # fmt: skip
# How a month differs from the usual one, and how what was sold differs from what was planned; both in turns.
SEASONS = tuple(map(Decimal, ("0.95", "1.15", "1.05", "0.85", "1.1")))
SOLD = tuple(map(Decimal, ("1", "0.9", "1.1", "1", "0.7", "1.2", "0.95")))
PAID = tuple(map(Decimal, ("1", "0.6", "0.3", "1", "0.5")))


@dataclass(frozen=True, slots=True)
class Month:
    """What happens in a month's planning beyond the usual."""

    first: date
    place: int
    refused: str = ""
    refusal: str = ""
    line: str = ""
    line_refusal: str = ""
    below_floor: str = ""
    late: str = ""
    objects: str = ""
    voices: Sequence[Voice] = ()
    notes: str = "按在手订单和客户历史用量编制。"

    @property
    def last(self) -> date:
        """Its last day."""
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def lines(month: Month, login: str, factor: Decimal = Decimal(1)) -> list[dict[str, Any]]:
    """A manager's plan: the customers they look after, at the prices in force then."""
    prices = {line.product.code: line for line in prices_on(month.first)}
    rows = []
    for place, (code, kind) in enumerate(_customers(login)):
        usual, days = USUAL[code]
        paid = month.first + timedelta(days=14 + days)
        for product, quantity in usual:
            known = prices[product]
            price = known.dealer_price if kind == "dealer" else known.project_price
            wanted = max(1, int(quantity * SEASONS[(month.place + place) % len(SEASONS)] * factor))
            row = {"customer": code, "product": product, "quantity": str(wanted), "price": str(price)}
            rows.append({**row, "payment_date": paid.isoformat()})
    if month.below_floor == login and factor == 1:
        rows[0] |= {
            "price": str(prices[rows[0]["product"]].floor_price - 60),
            "note": "年度框架客户，清库存机型，已报产品市场部。",
        }
    return rows


def _customers(login: str) -> list[tuple[str, str]]:
    found = Customer.objects.filter(owner__login=login, code__in=USUAL).order_by("code")
    return list(found.values_list("code", "kind"))


def case_of(month: Month) -> str:
    """The number of the case that the schedule began for this month."""
    found = Instance.objects.filter(version__definition__code="SC-004", data__plan_month=f"{month.first:%Y-%m}")
    return found.values_list("number", flat=True)[0]


def told(month: Month) -> Story:
    """The whole month, up to what its customers say in the end."""

    def story(teller: Teller) -> Iterator[Pause | On]:
        number = case_of(month)
        yield from _planned(teller, number, month)
        yield from _reviewed(teller, number, month)
        yield from _presented(teller, number)
        yield from _accepted(teller, number, month)
        yield On(datetime.combine(month.last, time(15, 30), COMPANY_ZONE))
        reporters = sorted(teller.asked(number) - {DIRECTOR, REVIEWER})
        for place, login in enumerate(reporters):
            _report(teller, number, login, month, place)
            yield Pause(0)
        yield from _heard(teller, number, month)

    return story


def _planned(teller: Teller, number: str, month: Month) -> Generator[Pause, None, None]:
    managers = sorted(teller.asked(number) - {DIRECTOR})
    yield Pause(0, time(14, 30))
    for login in managers:
        if login != month.late:
            teller.say(number, login, lines=lines(month, login), plan_note=month.notes)
            yield Pause(0)
    if month.late in managers:
        yield Pause(1, time(10, 10))
        teller.say(number, month.late, lines=lines(month, month.late), plan_note="外地出差，晚交一天。")
    yield Pause(1, time(11, 0))
    teller.say(number, DIRECTOR, step="gather", completeness="complete", summary_note="工程项目集中在月中交货。")


def _reviewed(teller: Teller, number: str, month: Month) -> Generator[Pause, None, None]:
    yield Pause(1)
    if month.refused:
        rows = [{"manager": month.refused, "reason": month.refusal}]
        if month.line:
            rows.append({"manager": month.line, "line": "1", "reason": month.line_refusal})
        teller.say(number, REVIEWER, "个别计划与历史用量出入较大，请核实后重报。", outcome="refuse", refusals=rows)
        yield Pause(1)
        for login in {month.refused, month.line} - {""}:
            cut = lines(month, login, Decimal("0.8"))
            teller.say(number, login, step="plan", lines=cut, plan_note="已按历史用量和客户书面确认调整。")
        yield Pause(0)
        teller.say(number, DIRECTOR, step="gather", completeness="complete", summary_note="被签否的计划已重新编制。")
        yield Pause(1)
    teller.say(number, REVIEWER, "同意，请排产跟上。")


def _presented(teller: Teller, number: str) -> Generator[Pause, None, None]:
    yield Pause(0)
    teller.say(number, DIRECTOR, step="assign")
    yield Pause(1)
    teller.say(number, DIRECTOR, step="present")
    yield Pause(1)
    for login, opinion in (("finance_manager", "回款计划可行，注意长账期客户。"), ("general_manager", "同意。")):
        if login in teller.asked(number):
            teller.say(number, login, opinion)
            yield Pause(0)


def _accepted(teller: Teller, number: str, month: Month) -> Generator[Pause, None, None]:
    yield Pause(0)
    for login in sorted(teller.asked(number) - {DIRECTOR, REVIEWER}):
        if login == month.objects:
            why = "天津海河医院二批推迟到下月，任务额请相应下调。"
            teller.say(number, login, step="accept", outcome="object", objection=why)
            yield Pause(1)
            answer = "情况属实，海河医院部分移到下月，本月任务额不变，以北京项目补足。"
            teller.say(number, DIRECTOR, step="adjust", member=login, adjust_answer=answer)
            yield Pause(0)
        teller.say(number, login, step="accept")
    yield Pause(1)
    teller.say(number, REVIEWER, step="production_plan", production_note="滤芯交期较长，月初先行投产。")
    yield Pause(0)
    teller.say(number, REVIEWER, step="year_plan")


def _report(teller: Teller, number: str, login: str, month: Month, place: int) -> None:
    """A manager says what was really sold, delivered and paid."""
    planned = Member.objects.get(instance__number=number, item=login).data["lines"]
    rows = []
    for index, line in enumerate(planned):
        sold = max(1, int(Decimal(line["quantity"]) * SOLD[(index + place + month.place) % len(SOLD)]))
        amount = sold * Decimal(line["price"])
        paid = (amount * PAID[(index + month.place) % len(PAID)]).quantize(Decimal("0.01"))
        row = {"customer": line["customer"], "product": line["product"], "actual_quantity": str(sold)}
        rows.append({**row, "actual_amount": str(amount), "actual_payment": str(paid)})
    teller.say(number, login, step="report", actuals=rows, report_note="未完成部分客户已书面确认下月提货。")


def _heard(teller: Teller, number: str, month: Month) -> Generator[Pause, None, None]:
    """Every manager records what the customers said, or that there was nothing."""
    begun = dict(
        Instance.objects.filter(received_from__source__number=number, version__definition__code="SC-009")
        .filter(status="running")
        .order_by("pk")
        .values_list("starter__login", "number")
    )
    yield Pause(1, time(10, 0))
    said = {voice.manager: voice for voice in month.voices}
    for login, case in begun.items():
        if login in said:
            teller.say(case, login, **said[login].recorded())
        else:
            teller.say(case, login, outcome="none")
    for login, case in begun.items():
        if login in said:
            yield from handled(teller, case, said[login])
