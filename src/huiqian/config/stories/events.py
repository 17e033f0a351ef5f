"""Marketing events (SC-007): a special one, revised while it ran and rolled out to other cities; one to be approved."""

from collections.abc import Generator, Iterator
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from huiqian.config.stories.material import BLUE, drawing, uploaded
from huiqian.config.stories.telling import On, Pause, Story, Teller, day
from huiqian.documents.models import Document
from huiqian.marketing.commands import add_event_entry, start_events
from huiqian.marketing.rules.happenings import EntryCard
from huiqian.process.models import Instance

LEADER, BOSS, HEAD = "marketing_manager", "product_marketing_director", "general_manager"
TOPIC = "350 风量段静音新品技术交流会"
TEAM = (
    ("key_account_manager_1", "邀请设计院，现场讲解"), ("key_account_manager_2", "签到与客户登记"),
    ("technical_director", "主讲噪声测试"),
)  # fmt: skip
PROGRAMME = (
    ("13:30–14:00", "签到", "大厅", "吴涛"), ("14:00–15:00", "精装房新风选型与噪声控制", "一号厅", "陈博"),
    ("15:00–15:40", "现场听音测试", "测试间", "刘洋"), ("15:40–16:30", "案例与答疑", "一号厅", "王丽"),
)  # fmt: skip
COSTS = (
    ("场地与音响", "苏州国际会议中心一号厅", "1", "18000.00"), ("样机运输与搭建", "两台听音样机", "2", "3600.00"),
    ("资料与礼品", "", "90", "85.00"), ("茶歇与晚餐", "90 人", "90", "160.00"),
)  # fmt: skip
HALL = ("分会场", "增设二号厅，含直播", "1", "9800.00")
CITIES = "南京、武汉、天津、广州"


def cited(teller: Teller, number: str, reason: str) -> None:
    """王丽 cites the latest market research report."""
    report = Document.objects.filter(key="report", status="in_force").order_by("-pk").values_list("number", flat=True)
    teller.say(number, LEADER, research_way="cite", cited_report=report[0], citing_reason=reason)


def plan(costs: tuple[tuple[str, str, str, str], ...], **more: Any) -> dict[str, Any]:
    """The exchange's 策划书, ten days before it."""
    return {
        "venue": "苏州国际会议中心", "findings": "被访者最看重噪声，设计院偏好半天的技术交流，希望现场听到实机。",
        "goals": "到场 80 人，意向客户 15 家。", "audience": "设计院暖通专业负责人、精装房开发商采购负责人。",
        "programme": [
            dict(zip(("time", "item", "place", "in_charge"), row, strict=True)) | {"day": day(10)} for row in PROGRAMME
        ],
        "team": [{"person": person, "duty": duty} for person, duty in TEAM],
        "budget": [dict(zip(("item", "note", "quantity", "price"), row, strict=True)) for row in costs],
        "risks": "样机运输延误：备用样机放在苏州仓。", **more,
    }  # fmt: skip


def entry(teller: Teller, number: str, login: str, text: str, place: str, sign: str = "") -> None:
    """Somebody writes into the log, with a photo where there is something to see."""
    photos = [uploaded(teller, login, f"{sign}.png", drawing(sign, (text[:24],), BLUE))] if sign else []
    card = EntryCard(text=text, place=place, photos=tuple(photos))
    add_event_entry(teller.who(login), number, card, uuid5(NAMESPACE_URL, f"{number}-{login}-{text}"))


def exchange(rolled_out: datetime) -> Story:
    """The special exchange in 苏州, sent back once, a second hall while it ran; its template goes to four cities."""

    def story(teller: Teller) -> Iterator[Pause | On]:
        number = teller.begin(
            LEADER, "SC-007", topic=TOPIC, city="苏州", event_kind="exchange",
            period={"start": day(18), "end": day(19)},
            purpose="向华东区设计院和精装房开发商介绍静音新品，收集样板间意向。",
        )  # fmt: skip
        yield Pause(1)
        cited(teller, number, "报告覆盖同一客户群，上月刚批准。")
        yield Pause(3)
        period = {"start": day(10), "end": day(11)}
        why = "邀请省住建厅和设计院总工出席，属重要接待。"
        teller.say(number, LEADER, **plan(COSTS, period=period, special_wish=True, special_reason=why))
        yield Pause(1)
        teller.send_back(number, HEAD, "主讲人请改为技术总监，并写明听音测试的背景噪声。", to="plan")
        yield Pause(1)
        teller.say(number, LEADER, findings="被访者最看重噪声；听音测试安排在背景噪声 22 dB 的测试间，由技术总监主讲。")
        yield Pause(1)
        teller.say(number, HEAD, "同意，务必保证效果。")
        yield from _held(teller, number)
        yield from _learnt(teller, number)
        template = Instance.objects.get(number=number).data["registered_template"]
        yield On(rolled_out)
        started = start_events(teller.who(LEADER), template, CITIES, uuid5(NAMESPACE_URL, number))
        yield Pause(1)
        nanjing = started["南京"]
        teller.say(nanjing, LEADER, step="propose", period={"start": day(30), "end": day(30)})

    return story


def _held(teller: Teller, number: str) -> Generator[Pause, None, None]:
    yield Pause(5)
    entry(teller, number, LEADER, "报名已到 132 人，超出一号厅容量，建议增设二号厅。", "市场部")
    teller.say(number, LEADER, step="carry_out", outcome="revise")
    note = "报名人数超出预期，增设二号厅并直播，预算增加 9,800 元。"
    teller.say(number, LEADER, step="revise", revision_note=note, **_rows((*COSTS, HALL)))
    yield Pause(1)
    teller.say(number, HEAD, "同意增设，直播注意保密资料。")
    yield Pause(
        2,
    )
    entry(teller, number, "key_account_manager_2", "签到 126 人，二号厅坐满。", "大厅", "签到处")
    entry(teller, number, "key_account_manager_1", "听音测试排队 40 人，客户普遍能听出差别。", "测试间", "听音测试")
    entry(teller, number, "technical_director", "一号厅话筒啸叫一次，已换备用设备。", "一号厅")
    yield Pause(0)
    for login, result in (
        ("key_account_manager_1", "讲解三场，登记样板间意向 11 家。"),
        ("key_account_manager_2", "签到 126 人，登记 98 张名片。"),
        ("technical_director", "主讲一场，答疑 40 分钟。"),
    ):  # fmt: skip
        teller.say(number, login, step="take_part", part_result=result)
    yield Pause(1)
    teller.say(
        number, LEADER, step="carry_out", outcome="submit", attendance="126", leads="23", held_in=period_of(number),
        course="按修订后的策划书进行，听音测试反响最好，二号厅直播顺利。",
    )  # fmt: skip


def period_of(number: str) -> dict[str, str]:
    """When an event takes place, as its plan in force says."""
    period: dict[str, str] = Instance.objects.get(number=number).data["period"]
    return period


def _rows(costs: tuple[tuple[str, str, str, str], ...]) -> dict[str, Any]:
    return {"budget": [dict(zip(("item", "note", "quantity", "price"), row, strict=True)) for row in costs]}


def _learnt(teller: Teller, number: str) -> Generator[Pause, None, None]:
    yield Pause(3)
    spent = (("场地与音响", "18000", "17600"), ("样机运输与搭建", "7200", "7900"), ("资料与礼品", "7650", "7480"),
             ("茶歇与晚餐", "14400", "15200"), ("分会场", "9800", "9300"))  # fmt: skip
    teller.say(
        number, LEADER, goals_met="exceeded", effect="到场 126 人，意向客户 23 家，其中样板间意向 11 家。",
        costs=[dict(zip(("item", "planned", "actual"), row, strict=True)) for row in spent],
        overspent_note="人数增加，餐费与运输略超。", problems="签到排队 15 分钟；话筒啸叫一次。",
        improvements="提前三天锁定人数；签到通道增至三条；听音测试放在上半场。",
    )  # fmt: skip
    yield Pause(2)
    teller.say(
        number, LEADER, template_name="静音新品技术交流会（半天）", suits="设计院集中的省会和地级市，80–130 人。",
        template_tips="提前三天锁定人数；三条签到通道；听音测试放在上半场。",
    )  # fmt: skip


def open_day() -> Story:
    """An open day in a model flat: its plan is with 李强."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = teller.begin(
            LEADER, "SC-007", topic="静音样板间开放日", city="杭州", event_kind="public",
            period={"start": day(20), "end": day(20)}, purpose="请云栖二期业主代表和同城开发商到样板间听效果。",
        )  # fmt: skip
        yield Pause(2)
        cited(teller, number, "报告含云栖项目的实测，客户群一致。")
        yield Pause(2)
        teller.say(
            number, LEADER, venue="云栖二期样板间", findings="业主最关心夜间噪声，愿意亲耳听。",
            goals="到场 40 人，意向 3 家。",
            audience="业主代表、杭州开发商工程负责人。",
            programme=[{"day": period_of(number)["start"], "item": "参观与听音", "in_charge": "刘洋"}],
            team=[{"person": "key_account_manager_1", "duty": "接待与讲解"}],
            budget=[{"item": "接待与茶点", "quantity": "40", "price": "60.00"}],
        )  # fmt: skip

    return story
