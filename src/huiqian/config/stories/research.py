"""Research is planned (SC-001): approved at once, returned once, refused a signature, still on its way, taken back."""

from collections.abc import Generator, Iterator

from huiqian.config.stories.telling import Pause, Story, Teller, day
from huiqian.process.models import Instance
from huiqian.work.commands import comment_on_case, withdraw_case

SIGNATORIES = ("technical_director", "key_account_director", "general_manager")


def approved(topic: str, kind: str = "annual", **values: object) -> Story:
    """A plan that goes through without a word against it, up to its archive."""

    def story(teller: Teller) -> Iterator[Pause]:
        yield from to_its_end(teller, topic, kind, **values)

    return story


def to_its_end(teller: Teller, topic: str, kind: str, **values: object) -> Generator[Pause, None, str]:
    """A plan is drafted, approved and signed; its number."""
    number = teller.start("marketing_manager", "SC-001", topic=topic, kind=kind, **{**coming_weeks(), **values})
    yield Pause(1)
    yield from _to_signing(teller, number)
    for login in SIGNATORIES:
        teller.answer(number, login, "同意。")
        yield Pause(0)
    return number


def coming_weeks() -> dict[str, object]:
    """When the research of a plan that is drafted today takes place."""
    stages = (
        ("准备", "设计问卷和收集表，培训", 1, 10),
        ("实施", "走访、访谈和问卷回收", 11, 45),
        ("汇总", "分析并编写报告", 46, 60),
    )
    return {
        "period": {"start": day(1), "end": day(60)},
        "schedule": [
            {"stage": stage, "work": work, "begins": day(begins), "ends": day(ends), "in_charge": "王丽"}
            for stage, work, begins, ends in stages
        ],
    }


def _to_signing(teller: Teller, number: str) -> Iterator[Pause]:
    teller.answer(number, "product_marketing_director", "方案可行，样本量合适。")
    yield Pause(1)
    teller.answer(number, "business_unit_director", "预算合理。")
    yield Pause(1)
    if "general_manager" in teller.asked(number):
        teller.answer(number, "general_manager", "同意，注意进度。")
        yield Pause(1)
    teller.answer(number, "product_marketing_director", "请各位签准。")
    yield Pause(1)


def returned_once(topic: str, kind: str = "monthly") -> Story:
    """The reviewer wants more; the second version goes through, one signatory sends it back once more."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = teller.start("marketing_manager", "SC-001", topic=topic, kind=kind)
        yield Pause(2)
        teller.send_back(
            number, "product_marketing_director", "线下样本偏少，请补到 200 份以上，并补充安徽经销商名单。"
        )
        yield Pause(1)
        teller.answer(number, "marketing_manager", approach="经销商访谈 24 家，终端问卷 800 份，其中线下 220 份。")
        yield Pause(1)
        yield from _to_signing(teller, number)
        teller.send_back(number, "technical_director", "竞品能效参数应以实测为准，请写明测试方法。", to="draft")
        yield Pause(2)
        teller.answer(number, "marketing_manager", approach="竞品能效委托第三方实测，方法见附表；问卷 800 份不变。")
        yield Pause(1)
        yield from _to_signing(teller, number)
        for login in SIGNATORIES:
            teller.answer(number, login)

    return story


def waiting_for_signatures(topic: str) -> Story:
    """A plan of these days: reviewed, one signature given, the others still asked."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = teller.start("marketing_manager", "SC-001", topic=topic, kind="major")
        yield Pause(1)
        yield from _to_signing(teller, number)
        teller.answer(number, "technical_director", "技术路线没有问题。")

    return story


def left_lying(topic: str) -> Story:
    """A plan that nobody has looked at yet: late by now."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = teller.start("marketing_manager", "SC-001", topic=topic, kind="regular")
        yield Pause(1)
        comment_on_case(teller.who("marketing_manager"), number, "样本名单我下周补上，不影响审核。")

    return story


def withdrawn(topic: str) -> Story:
    """The drafter takes a plan back: the project it was for was put off."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = teller.start("marketing_manager", "SC-001", topic=topic, kind="regular")
        yield Pause(1)
        withdraw_case(teller.who("marketing_manager"), number, "项目推迟到明年，本计划暂不执行。")
        assert Instance.objects.get(number=number).status == "withdrawn"

    return story
