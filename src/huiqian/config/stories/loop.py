"""Research becomes a report (SC-002), the report a promotion (SC-003): what follows an approved plan."""

from collections.abc import Generator, Iterator
from typing import Any

from huiqian.config.stories import research
from huiqian.config.stories.telling import Pause, Story, Teller, day, respond

ORGANISER, LEAD, HEAD = "marketing_manager", "product_marketing_director", "key_account_director"
MANAGERS = tuple(f"key_account_manager_{number}" for number in range(1, 6))
REGIONS = ("苏州、南京", "上海、合肥", "武汉、长沙、郑州", "北京、天津", "广州、深圳")
# What each manager hears in the field: competitor, product, price, policy, source; client, need, amount, weight; view.
FOUND = (
    ("清风环境", "QF-350 全热交换", "4980.00", "年返点 5%，样机半价", "苏州经销商报价单",
     "苏州新城置业", "精装房配套，夜间噪声低于 30 dB", "每年约 800 台", "high",
     "清风以返点换渠道，终端价比我们低约 6%。"),
    ("蓝湖科技", "LH-300 静音型", "5160.00", "账期 60 天", "合肥装饰公司访谈", "合肥滨湖建设",
     "要求集中控制并接入物业平台", "每年约 350 台", "high", "集中控制已成为招标的门槛。"),
    ("沐氧新风", "MY-350P", "4720.00", "首单送滤芯两套", "武汉展会现场报价", "武汉江岸区教育局",
     "教室机，低噪声、便于换滤芯", "暑期约 240 台", "middle", "学校项目集中在暑期，备货要提前到五月。"),
    ("清风环境", "QF-500", "6680.00", "工程价可再议 3%", "北京总包询价单",
     "北京朗润建设", "商办改造，机组要薄", "约 60 台", "middle", "北方更看重防冻和旁通。"),
    ("沐氧新风", "MY-150 壁挂", "2380.00", "直播渠道一口价", "广州建材市场走访",
     "深圳前海公寓", "公寓改造，壁挂机免吊顶", "约 500 台", "low", "华南壁挂机需求在涨，价格打得很低。"),
)  # fmt: skip
# How respondents answered: identity, brand, overall, noise, service, what matters, price; empty for no user.
VOICES = (
    ("owner", "会新", "4", "good", "good", ("noise", "efficiency"), "5000", ""),
    ("owner", "清风", "2", "poor", "fair", ("noise", "price"), "4500", "晚上睡觉能听见风声。"),
    ("developer", "会新、清风", "4", "fair", "good", ("price", "service"), "4300", ""),
    ("contractor", "蓝湖", "3", "fair", "fair", ("price", "control"), "4200", ""),
    ("dealer", "会新", "5", "good", "good", ("service", "brand"), "4200", "希望样机政策延续。"),
    ("institution", "沐氧", "3", "fair", "poor", ("noise", "service"), "5500", ""),
    ("owner", "", "", "", "", ("price", "noise"), "3500", ""),
)  # fmt: skip


def carried_out(
    topic: str, product: str, kind: str = "annual", *, promoted: bool = True, respondents: int = 21
) -> Story:
    """Research from its plan to the report that is approved, and on to the promotion where it is `promoted`."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = yield from research.to_its_end(teller, topic, kind)
        inquiry = teller.led_to(number, "SC-002")
        yield from _in_the_field(teller, inquiry, respondents)
        yield from _report(teller, inquiry, product)
        if promoted:
            yield from _promotion(teller, teller.led_to(inquiry, "SC-003"))

    return story


def in_the_field(topic: str) -> Story:
    """Research of these days: two sheets are there, one of them sent back, the others are late."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = yield from research.to_its_end(teller, topic, "regular")
        inquiry = teller.led_to(number, "SC-002")
        yield from _prepared(teller, inquiry)
        _collect(teller, inquiry, 0)
        yield Pause(1)
        _collect(teller, inquiry, 3)
        teller.send_back(inquiry, ORGANISER, "报价没有写明来源和日期，请补齐。", step="check", member=MANAGERS[3])

    return story


def _prepared(teller: Teller, number: str, collect_by: int = 12) -> Iterator[Pause]:
    yield Pause(2)
    asks = "每个竞争对手至少写明一个在售型号的成交价、返点和信息来源；客户需求写明客户、用量和时间。"
    teller.answer(number, ORGANISER, research_until=day(40), survey_closes=day(30), sheet_instructions=asks)
    yield Pause(1)
    rows = [
        {"person": login, "included": True, "task": f"走访{region}的经销商和在建项目"}
        for login, region in zip(MANAGERS, REGIONS, strict=True)
    ]
    teller.answer(
        number, HEAD, collect_by=day(collect_by), assignments=rows, training_asked=True,
        training_topic="竞品成交价怎么核实",
    )  # fmt: skip
    yield Pause(2)
    held: dict[str, Any] = {
        "training_held_on": day(),
        "training_summary": "讲解收集表的填写要求，演示如何从报价单和合同核实成交价。",
    }
    teller.answer(number, ORGANISER, step="train", **held)
    yield Pause(4)


def _collect(teller: Teller, number: str, place: int) -> None:
    rival, model, price, policy, source, client, need, amount, weight, view = FOUND[place]
    teller.answer(
        number, MANAGERS[place], step="collect", researched_in={"start": day(-5), "end": day()},
        researched_how=f"走访{REGIONS[place]}经销商 {4 + place} 家，电话访谈客户 {9 + 2 * place} 家",
        competitors=[{"competitor": rival, "product": model, "price": price, "policy": policy, "source": source}],
        needs=[{"client": client, "need": need, "amount": amount, "weight": weight}], own_view=view,
    )  # fmt: skip


def _in_the_field(teller: Teller, number: str, respondents: int) -> Iterator[Pause]:
    yield from _prepared(teller, number)
    for place, login in enumerate(MANAGERS):
        _collect(teller, number, place)
        yield Pause(0)
        if place == 2:
            teller.send_back(number, ORGANISER, "成交价只有口头信息，请补报价单或合同。", step="check", member=login)
            yield Pause(2)
            _collect(teller, number, place)
            yield Pause(0)
        teller.answer(number, ORGANISER, step="check", member=login)
        yield Pause(1)
    respond(number, [_voice(*VOICES[place % len(VOICES)]) for place in range(respondents)])
    yield Pause(2)


def _voice(
    role: str, brand: str, overall: str, noise: str, service: str, matters: tuple[str, ...], budget: str, remarks: str
) -> dict[str, object]:
    answers: dict[str, object] = {"role": role, "matters": list(matters), "budget": budget, "remarks": remarks}
    if not brand:
        return answers | {"uses": "no", "reasons": ["price", "unknown"]}
    aspects = {"noise": noise, "air": "good", "energy": "fair", "service": service}
    more = {"why": "噪声和售后都不满意。"} if overall == "2" else {}
    return answers | {"uses": "yes", "brands": brand, "overall": overall, "aspects": aspects} | more


def _report(teller: Teller, number: str, product: str) -> Iterator[Pause]:
    said: dict[str, Any] = {
        "summary": f"中端机型价格带下移约 6%，低噪声和集中控制成为采购门槛；建议以 {product} 补齐产品线。",
        "competitor_analysis": "清风以返点换渠道，蓝湖以账期换工程，沐氧在线上压低壁挂机价格。",
        "needs_analysis": "精装房和学校项目合计占需求的六成，暑期交货集中。",
        "own_research": "走访上海制冷展 12 家参展商，与大客户经理的收集表互相印证。",
        "survey_analysis": "噪声是用户最看重的一项，也是满意度最低的一项。",
        "conclusions": "350 风量段增长最快，我们缺少静音机型。",
        "product": product,
        "recommendations": "以精装房开发商和学校为目标客户，突出低噪声和集中控制，明年二季度前上市。",
    }
    teller.answer(number, ORGANISER, step="report", **said)
    yield Pause(1)
    teller.send_back(number, LEAD, "结论里请补充对渠道政策的建议。")
    yield Pause(2)
    more = said["recommendations"] + "渠道政策改为季度返点，样机半价延续。"
    teller.answer(number, ORGANISER, step="report", **{**said, "recommendations": more})
    yield Pause(1)
    teller.answer(number, LEAD, "同意，转入推广策划。")
    yield Pause(1)


CONTRIBUTIONS = {
    "key_account_director": (
        "key_accounts", "首年签约精装房开发商 6 家，销售 3,000 台。", "先做标杆项目，再以案例带动同区域客户。",
        "邀请重点客户试用样机", "孙洁", "60000.00",
    ),
    "project_director": (
        "projects", "标杆项目 4 个，一次验收合格。", "与设计院合作，把产品写进设计选型。",
        "标杆项目安装与验收", "郑凯", "48000.00",
    ),
    "technical_director": (
        "technical", "噪声不高于 28 dB，返修率低于 0.5%。", "以实测数据说话，提供第三方对比报告。",
        "编写对比测试报告", "陈博", "25000.00",
    ),
}  # fmt: skip


def _promotion(teller: Teller, number: str) -> Iterator[Pause]:
    yield Pause(1)
    teller.answer(number, LEAD, contribute_by=day(6))
    for place, (login, said) in enumerate(CONTRIBUTIONS.items()):
        yield Pause(1)
        what, targets, strategy, action, who, cost = said
        row = {"action": action, "begins": day(20), "ends": day(60 + place), "in_charge": who, "cost": cost}
        values: dict[str, Any] = {f"targets_{what}": targets, f"strategy_{what}": strategy, f"actions_{what}": [row]}
        teller.answer(number, login, step=f"contribute_{what}", **values)
    yield Pause(2)
    yield from _guide(teller, number)
    teller.answer(number, ORGANISER, step="complete", handling="已按技术总监意见补充噪声实测数据。")
    yield Pause(1)
    teller.answer(number, HEAD, carried_out_from=day(), execution_notes="首批样机已到位，两家开发商确认试用。")


def _guide(teller: Teller, number: str) -> Generator[Pause, None, None]:
    """The guide is drafted, sent back once by 技术总监, and approved by all three."""
    departments = {"key_accounts": "大客户部", "projects": "项目部", "technical": "技术部"}
    actions = [
        {
            "department": departments[what], "action": action, "begins": day(20), "ends": day(60), "in_charge": who,
            "cost": cost,
        }
        for what, _targets, _strategy, action, who, cost in CONTRIBUTIONS.values()
    ]  # fmt: skip
    guide: dict[str, Any] = {
        "starts_on": day(20), "audience": "华东、华中的精装房开发商和公立学校。", "actions": actions,
        "targets": "首年销售 3,000 台，标杆项目 4 个，返修率低于 0.5%。",
        "strategy": "以标杆项目和实测数据带动同区域客户，与设计院合作进入选型。",
        "sales_guidance": "每位大客户经理每月至少安排意向客户 2 家，首批报价按价格表工程价执行。",
    }  # fmt: skip
    teller.answer(number, ORGANISER, step="draft", **guide)
    yield Pause(1)
    teller.send_back(number, "technical_director", "请写明噪声实测数据的出处，否则技术部无法背书。", to="draft")
    yield Pause(2)
    changed = {**guide, "strategy": guide["strategy"] + "噪声数据以第三方检测报告为准。"}
    teller.answer(number, ORGANISER, step="draft", **changed)
    for login, words in (
        (LEAD, "同意。"),
        ("technical_director", "已补充，同意。"),
        ("general_manager", "同意，抓住二季度。"),
    ):
        yield Pause(1)
        teller.answer(number, login, words)
    yield Pause(1)
