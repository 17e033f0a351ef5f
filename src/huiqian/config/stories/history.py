"""The demo company's last four months, ending now: every process with what happens in a real department."""

from datetime import date, datetime, time, timedelta

from huiqian.base import clock
from huiqian.base.clock import COMPANY_ZONE
from huiqian.config.stories import loop, research, training
from huiqian.config.stories.telling import Story, tell
from huiqian.process.models import Instance

DAYS = 120


def tell_history() -> int:
    """Tell the last four months, once: nothing where there are cases already. Returns how many cases there are."""
    if not Instance.objects.exists():
        now = clock.now()
        tell(now - timedelta(days=DAYS), [(at(moment), story) for moment, story in calendar(now)], ends=now)
    return Instance.objects.count()


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

    return [
        (ago(118), loop.carried_out("2027 年度华东区新风系统市场调研", "XF-350 静音新风机")),
        (ago(96), research.returned_once("学校项目新风需求月度调研")),
        (ago(75), training.given("云栖置业安装班组减振与软连接培训")),
        (ago(60), research.withdrawn("养老机构新风需求摸底")),
        (ago(40), training.refused("旧款机型复训")),
        (ago(24), training.under_way("新员工产品与选型培训")),
        (ago(26), loop.in_the_field("学校暑期改造项目需求调研")),
        (ago(20), research.left_lying("展会访客回访调研")),
        (ago(6), research.waiting_for_signatures("新风主机 X3 竞争对手价格专项调研")),
    ]
