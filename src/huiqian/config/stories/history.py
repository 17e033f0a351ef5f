"""The demo company's last four months, ending now: every process with what happens in a real department."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from huiqian.base import clock
from huiqian.base.clock import COMPANY_ZONE
from huiqian.config.stories import (
    events,
    feedback,
    loop,
    material,
    people,
    plans,
    pricing,
    research,
    reviews,
    sales,
    training,
    voices,
)
from huiqian.config.stories.sales import Month
from huiqian.config.stories.telling import Story, tell
from huiqian.org.models import Person
from huiqian.process.commands import save_schedule
from huiqian.process.models import Instance, Schedule

DAYS = 120
# The day of a month on which SC-004's schedule begins the next month's planning.
TURN = 26
THEN = date.min
PARTICULAR = (
    Month(THEN, 0, voices=voices.AFTER_SALES[0]),
    Month(
        THEN, 0, refused="key_account_manager_2", refusal="上海办公楼项目尚未定标，整份计划偏高，请核实。",
        line="key_account_manager_3", line_refusal="学校暑期已过，数量超出历史用量。",
        late="key_account_manager_5", voices=voices.AFTER_SALES[1],
    ),
    Month(
        THEN, 0, below_floor="key_account_manager_3", objects="key_account_manager_6", voices=voices.AFTER_SALES[2],
    ),
    Month(THEN, 0, late="key_account_manager_3"),
)  # fmt: skip


def tell_history() -> int:
    """Tell the last four months, once: nothing where there are cases already. Returns how many cases there are."""
    if not Instance.objects.exists():
        now = clock.now()
        begins = now - timedelta(days=DAYS)
        with clock.moved_to(begins):
            _let_schedules_begin()
        tell(begins, [(at(moment), story) for moment, story in calendar(now)], ends=now)
    return Instance.objects.count()


def _let_schedules_begin() -> None:
    """The schedules were loaded today: an administrator saves them as of the telling's beginning."""
    admin = Person.objects.get(login="admin").actor
    for one in Schedule.objects.select_related("definition"):
        save_schedule(
            admin, one.definition.code, enabled=one.enabled, rule=one.rule, day=str(one.day), month=str(one.month),
            at=one.at.isoformat("minutes"), values=one.values, starter=one.starter, based_on=one.revision,
        )  # fmt: skip


def at(day: date) -> datetime:
    """Nine in the morning of a day; of the Monday after it at weekends."""
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(9, 5), COMPANY_ZONE)


def calendar(now: datetime) -> list[tuple[date, Story]]:
    """Which story begins when."""
    today = now.astimezone(COMPANY_ZONE).date()

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    first_of_next = (ago(80) + timedelta(days=31)).replace(day=1)
    return [
        (ago(119), loop.from_feedback()),
        (ago(116), loop.from_the_year_s_plan(at(ago(3)))),
        (ago(101), feedback.told(voices.FILTERS)),
        (ago(88), loop.prices_follow(first_of_next.isoformat())),
        (ago(87), pricing.looked_again(weeks=12)),
        (ago(75), training.given("云栖置业安装班组减振与软连接培训")),
        (ago(66), people.away()),
        (ago(62), events.exchange(at(ago(3)))),
        (ago(60), research.withdrawn(plans.CARE_HOMES)),
        (ago(52), pricing.filters_raised()),
        (ago(46), people.replaced()),
        (ago(40), training.refused("旧款机型复训")),
        (ago(34), loop.in_the_field()),
        (ago(31), reviews.agreed()),
        (ago(24), training.under_way("新员工产品与选型培训")),
        (ago(22), material.poster(at(ago(2)))),
        (ago(20), research.left_lying(plans.VISITORS)),
        (ago(10), feedback.told(voices.CREW)),
        (ago(9), events.open_day()),
        (ago(8), research.waiting_for_signatures(plans.PRICES)),
        (ago(8), pricing.in_discussion()),
        (ago(4), reviews.waiting()),
        (ago(3), feedback.waiting(voices.BYPASS)),
        (ago(1), feedback.just_told(voices.LEAK)),
        *months(ago(DAYS), today),
    ]


def months(since: date, until: date) -> list[tuple[date, Story]]:
    """The months whose planning the schedule begins between two days, each with what is particular about it."""
    turns = [day for days in range((until - since).days + 1) if (day := since + timedelta(days=days)).day == TURN]
    return [(turn, sales.told(month_of(turn, place))) for place, turn in enumerate(turns)]


def month_of(turn: date, place: int) -> Month:
    """The month that is planned on a day, the `place`th of the history."""
    first = (turn + timedelta(days=31)).replace(day=1)
    return replace(PARTICULAR[place % len(PARTICULAR)], first=first, place=place)
