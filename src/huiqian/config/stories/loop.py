"""The main loop: a customer's words or the year's plan become research, and that a promotion for the sales plans."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from huiqian.config.stories import feedback, fieldwork, material, plans, promotion, research, topics
from huiqian.config.stories.plans import Plan
from huiqian.config.stories.pricing import changed
from huiqian.config.stories.telling import On, Pause, Story, Teller
from huiqian.config.stories.voices import NOISE, RIVAL


def from_feedback() -> Story:
    """云栖置业 finds the bedrooms too loud: feedback, research, the promotion of a quieter machine."""

    def story(teller: Teller) -> Iterator[Pause]:
        heard = teller.begin(NOISE.manager, "SC-009", **NOISE.recorded())
        yield from feedback.handled(teller, heard, NOISE)
        number = teller.led_to(heard, "SC-001")
        yield Pause(1)
        taken = {name: value for name, value in plans.NOISE.values().items() if value and name != "kind"}
        teller.say(number, research.DRAFTER, **taken)
        inquiry = yield from research.approved(teller, number)
        next_one = yield from fieldwork.carried_out(teller, inquiry, topics.NOISE)
        yield from promotion.carried_out(teller, next_one, topics.QUIET)
        yield from material.leaflet(teller, teller.led_to(next_one, "SC-006"))

    return story


def from_the_year_s_plan(guide_on: datetime) -> Story:
    """The year's research in the east, and the promotion it led to: its guide is handed in on a day, one approved."""

    def story(teller: Teller) -> Iterator[Pause | On]:
        number = teller.begin(research.DRAFTER, "SC-001", **plans.EAST.values())
        inquiry = yield from research.approved(teller, number)
        yield Pause(15)
        next_one = yield from fieldwork.carried_out(teller, inquiry, topics.EAST)
        yield On(guide_on - timedelta(days=20))
        yield from promotion.discussed(teller, next_one, topics.PACKAGE, days=3)
        yield On(guide_on)
        yield from promotion.handed_in(teller, next_one, topics.PACKAGE)
        yield Pause(1)
        teller.say(next_one, "technical_director", "集控软件 1.5 版可以按期发布，同意。")

    return story


def in_the_field(plan: Plan = plans.SCHOOLS) -> Story:
    """A research whose plan went back twice, and whose sheets come in these days: one sent back, one still missing."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = teller.begin(research.DRAFTER, "SC-001", **plan.values())
        inquiry = yield from research.returned_twice(teller, number)
        yield Pause(2)
        yield from fieldwork.prepared(teller, inquiry, topics.SCHOOLS)
        managers = sorted(teller.asked(inquiry))
        yield Pause(6)
        for login in managers[:3]:
            special = {"special_findings": topics.SCHOOLS.special[login]}
            fieldwork.handed_in(teller, inquiry, login, **special)
            yield Pause(1)
        fieldwork.check(teller, inquiry, managers[0])
        reason = "投标价没有写明项目名称和开标日期，请补齐。"
        teller.send_back(inquiry, research.DRAFTER, reason, step="check", member=managers[1])

    return story


def prices_follow(first: str) -> Story:
    """A rival cuts prices: a dealer's feedback leads to new prices from a day on."""

    def story(teller: Teller) -> Iterator[Pause]:
        heard = teller.begin(RIVAL.manager, "SC-009", **RIVAL.recorded())
        yield from feedback.handled(teller, heard, RIVAL)
        yield from changed(teller, teller.led_to(heard, "SC-005"), first)

    return story
