"""Prices (SC-005): a change that follows a rival's, one that follows the cost, one still in discussion."""

from collections.abc import Generator, Iterator, Mapping, Sequence

from huiqian.config.stories.telling import Pause, Story, Teller, day
from huiqian.work.commands import answer_recheck
from huiqian.work.models import Recheck

ASKER, COUNTER, REVIEWER, APPROVER = (
    "marketing_manager", "finance_manager", "product_marketing_director", "general_manager",
)  # fmt: skip
LEVELS = ("list_price", "project_price", "dealer_price", "floor_price")
Prices = tuple[int, int, int, int]


def lines(prices: Mapping[str, Prices]) -> list[dict[str, str]]:
    """The rows of a proposal: list, project, dealer and floor price of each product; usual discount rights."""
    return [
        {
            "product": product, **{name: str(price) for name, price in zip(LEVELS, row, strict=True)},
            "discount_manager": "5", "discount_director": "12",
        }
        for product, row in prices.items()
    ]  # fmt: skip


def asked(teller: Teller, product: str, reason: str, rivals: Sequence[tuple[str, str, str, str]]) -> str:
    """王丽 files a request; the case's number."""
    rows = [dict(zip(("competitor", "product_name", "price", "source"), rival, strict=True)) for rival in rivals]
    return teller.begin(ASKER, "SC-005", product=product, request_kind="change", reason=reason, competitor_prices=rows)


def counted(teller: Teller, number: str, costs: Mapping[str, str], margin: str, note: str = "") -> None:
    """许文静 works out cost and margin."""
    rows = [{"item": item, "amount": amount} for item, amount in costs.items()]
    teller.say(number, COUNTER, cost_lines=rows, margin_target=margin, **({"cost_note": note} if note else {}))


def proposed(teller: Teller, number: str, prices: Mapping[str, Prices], first: str, note: str) -> None:
    """王丽 proposes prices from a day on."""
    teller.say(number, ASKER, step="proposal", price_lines=lines(prices), effective_from=first, price_note=note)


OPINIONS = (
    ("key_account_director", "key_accounts", "agree", "调整后经销商毛利仍有 12% 以上，便于稳住华东渠道。"),
    ("technical_director", "technical", "agree", "配置不变，建议保留减振套件为标配。"),
    ("finance_manager", "finance", "adjust", "底价不宜再降，否则毛利率低于 40%。"),
)


def discussed(teller: Teller, number: str) -> Generator[Pause, None, None]:
    """Three opinions, on one day or the next."""
    for login, part, stance, opinion in OPINIONS:
        teller.say(number, login, step=f"opinion_{part}", **{f"{part}_stance": stance, f"{part}_opinion": opinion})
        yield Pause(0)


def decided(teller: Teller, number: str) -> Generator[Pause, None, None]:
    """李强 reviews, 周志远 approves; the list takes effect by itself on its day."""
    yield Pause(1)
    teller.say(number, REVIEWER, "价格带合理，同意上报。")
    yield Pause(1)
    teller.say(number, APPROVER, "批准，按期执行。")


def looked_again(weeks: int) -> Story:
    """Once a week whoever was asked to look again at what quotes the old prices has done so."""

    def story(teller: Teller) -> Iterator[Pause]:
        for _week in range(weeks):
            yield Pause(7)
            for one in Recheck.objects.filter(answer="").select_related("person").order_by("pk"):
                answer_recheck(teller.who(one.person.login), one.pk, "right", note="按新价核对过，无需修改。")

    return story


COSTS = {"全热交换芯体": "820", "风机与电机": "640", "机壳与保温": "430", "控制与线束": "240", "装配与包装": "130"}


def changed(teller: Teller, number: str, first: str) -> Generator[Pause, None, None]:
    """A request that a customer's feedback led to: the proposal sent back once, then in force from a day on."""
    yield Pause(1)
    rivals = [
        {
            "competitor": "清风环境",
            "product_name": "QF-350 全热交换新风机",
            "price": "3980",
            "source": "苏州经销商报价单",
        },
        {"competitor": "朗格新风", "product_name": "LG-400 静音新风机", "price": "4520", "source": "南京门店标价"},
    ]
    teller.say(number, ASKER, product="HX-350", request_kind="change", competitor_prices=rivals)
    yield Pause(2)
    counted(teller, number, COSTS, "45", "芯体采购价自本季度起下降 4%。")
    yield Pause(2)
    note = "对标清风环境成交价，经销价下调 150 元；底价仍高于目标毛利率要求。"
    proposed(teller, number, {"HX-350": (5280, 4580, 4130, 3860)}, first, note)
    yield Pause(1)
    yield from discussed(teller, number)
    yield Pause(1)
    teller.send_back(number, REVIEWER, "只动经销价，工程价维持原价，避免影响在谈项目。", to="proposal")
    yield Pause(1)
    note = "经销价下调 150 元，工程价不变，底价 3,880 元。"
    proposed(teller, number, {"HX-350": (5280, 4680, 4130, 3880)}, first, note)
    yield Pause(1)
    yield from discussed(teller, number)
    yield from decided(teller, number)


def filters_raised() -> Story:
    """Filters cost more to buy: prices go up, nobody objects; in force after three weeks."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = asked(
            teller, "LX-H13", "滤纸进口价上涨约 12%，现价毛利已低于耗材类目标，需调整。",
            [("沐氧科技", "H13 滤芯", "289", "官网标价"), ("清风环境", "QF 系列滤芯", "265", "经销商报价单")],
        )  # fmt: skip
        yield Pause(2)
        counted(teller, number, {"滤纸": "71", "边框与密封": "24", "包装": "12"}, "50")
        yield Pause(2)
        prices = {"LX-H13": (288, 245, 212, 185)}
        proposed(teller, number, prices, day(21), "按成本涨幅同比调整，低于同行 H13 滤芯标价。")
        yield Pause(1)
        yield from discussed(teller, number)
        yield from decided(teller, number)

    return story


def in_discussion() -> Story:
    """A request of these days: cost is known, the proposal is with the three for their opinions; one has answered."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = asked(
            teller, "HX-800", "学校项目投标价普遍在 9,900 元左右，现行工程价 11,200 元难以入围，申请增设项目价。",
            [("沐氧科技", "MY-800 商用机组", "9900", "招标公示")],
        )  # fmt: skip
        yield Pause(1)
        costs = {"转轮芯体": "2350", "双风机": "1480", "机壳": "980", "电控": "540"}
        counted(teller, number, costs, "45")
        yield Pause(2)
        prices = {"HX-800": (12800, 10600, 9980, 9720)}
        proposed(teller, number, prices, day(30), "仅下调工程价和经销价，底价保证毛利率 45%；面价不变。")
        yield Pause(1)
        login, part, stance, opinion = OPINIONS[0]
        teller.say(number, login, step=f"opinion_{part}", **{f"{part}_stance": stance, f"{part}_opinion": opinion})

    return story
