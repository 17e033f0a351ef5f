"""Research is planned (SC-001): approved at once, returned once, refused a signature, still on its way, taken back."""

from collections.abc import Generator, Iterator

from huiqian.config.stories.plans import Plan
from huiqian.config.stories.telling import Pause, Story, Teller
from huiqian.process.models import Instance
from huiqian.work.commands import comment_on_case, urge_task, withdraw_case

DRAFTER, REVIEWER = "marketing_manager", "product_marketing_director"
SIGNATORIES = ("technical_director", "key_account_director", "general_manager")


def approved(teller: Teller, number: str) -> Generator[Pause, None, str]:
    """A plan that goes through without a word against it; the number of the research that begins with it."""
    yield Pause(1)
    yield from _to_signing(teller, number)
    for login in SIGNATORIES:
        teller.answer(number, login, "同意。")
        yield Pause(0)
    return teller.led_to(number, "SC-002")


def _to_signing(teller: Teller, number: str) -> Generator[Pause, None, None]:
    teller.answer(number, REVIEWER, "方案可行，样本量合适。")
    yield Pause(1)
    teller.answer(number, "business_unit_director", "预算合理。")
    yield Pause(1)
    if "general_manager" in teller.asked(number):
        teller.answer(number, "general_manager", "同意，注意进度。")
        yield Pause(1)
    teller.answer(number, REVIEWER, "请各位签准。")
    yield Pause(1)


def returned_twice(teller: Teller, number: str) -> Generator[Pause, None, str]:
    """The reviewer wants more, then one signatory does; the third version is signed. The research's number."""
    yield Pause(2)
    teller.send_back(number, REVIEWER, "线上样本偏少，请补到 200 份以上，并补充安徽的学校名单。")
    yield Pause(1)
    more = "拜访学校后勤处和教育局基建科 8 家（含合肥 2 家），收集在招文件 10 份，问卷线上 220 份。"
    teller.say(number, DRAFTER, approach=more)
    yield Pause(1)
    yield from _to_signing(teller, number)
    teller.send_back(number, "technical_director", "教室新风的风量标准应以实测人数核定，请写明方法。", to="draft")
    yield Pause(2)
    teller.say(number, DRAFTER, approach=more + "风量按实测在班人数核定，抽测教室 12 间。")
    yield Pause(1)
    yield from _to_signing(teller, number)
    for login in SIGNATORIES:
        teller.answer(number, login)
    return teller.led_to(number, "SC-002")


def waiting_for_signatures(plan: Plan) -> Story:
    """A plan of these days: reviewed, one signature given, the others still asked."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = teller.begin(DRAFTER, "SC-001", **plan.values())
        yield Pause(1)
        yield from _to_signing(teller, number)
        teller.answer(number, "technical_director", "技术路线没有问题。")

    return story


def left_lying(plan: Plan) -> Story:
    """A plan that nobody has looked at yet: late by now, and urged."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = teller.begin(DRAFTER, "SC-001", **plan.values())
        yield Pause(1)
        comment_on_case(teller.who(DRAFTER), number, "访客名单我下周补上，不影响审核。")
        yield Pause(6)
        urge_task(teller.who(DRAFTER), teller.task(number, REVIEWER), text="回访越晚效果越差，请抽空审一下。")

    return story


def withdrawn(plan: Plan) -> Story:
    """The drafter takes a plan back: the project it was for was put off."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = teller.begin(DRAFTER, "SC-001", **plan.values())
        yield Pause(1)
        withdraw_case(teller.who(DRAFTER), number, "项目推迟到明年，本计划暂不执行。")
        assert Instance.objects.get(number=number).status == "withdrawn"

    return story
