"""The management board as a workbook: a sheet a card."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiqian.base.actors import Actor
from huiqian.base.languages import language
from huiqian.documents.rules.workbooks import Column, Leaf, write_book
from huiqian.insight.queries.figures.board import Board, board
from huiqian.insight.queries.figures.waiting import Bottleneck, bottleneck

PROCESS = Column("process", "流程", "Process", width=34)
MONTH = Column("month", "月份", "Month", width=10)
POSITION = Column("position", "岗位", "Position", width=22)
TASKS = Column("tasks", "任务", "Tasks", width=10, number=True)
KEY_FIGURES = (
    Column("figure", "指标", "Figure", width=34), Column("value", "本期", "This period", width=12, number=True),
    Column("before", "上期", "Before", width=12, number=True),
)  # fmt: skip
CYCLES = (
    PROCESS, Column("cases", "件数", "Cases", width=8, number=True),
    Column("middle", "中位数（天）", "Median (days)", width=14, number=True),
    Column("most", "九成以内（天）", "Nine in ten (days)", width=16, number=True),
)  # fmt: skip
MONTHS = (
    MONTH, TASKS, Column("good", "按时", "In time", width=10, number=True),
    Column("percent", "按时率（%）", "In time (%)", width=12, number=True),
    Column("planned", "计划（元）", "Planned (yuan)", width=18, number=True),
    Column("sold", "实际（元）", "Sold (yuan)", width=18, number=True),
    Column("fulfilled", "完成率（%）", "Fulfilled (%)", width=12, number=True),
)  # fmt: skip
WAITS = (
    Column("step", "步骤", "Step", width=30), POSITION,
    Column("hours", "等待中位数（工作小时）", "Median wait (working hours)", width=22, number=True), TASKS,
    Column("late", "超时", "Late", width=8, number=True),
    Column("returned", "退回", "Sent back", width=10, number=True),
)  # fmt: skip
LOADS = (
    POSITION, Column("calm", "按时", "In time", width=10, number=True),
    Column("today", "今日到期", "Due today", width=12, number=True),
    Column("late", "超时", "Late", width=8, number=True),
)  # fmt: skip


def figures_sheet(actor: Actor, days: int, code: str) -> bytes:
    """The board of the last `days` days, with the bottlenecks of one process; Forbidden but for superiors. As many
    queries as the page.
    """
    view = board(actor, days)
    place = bottleneck(actor, code, days) if code else None
    return write_book(_leaves(view, place), english=language() == "en")


def _leaves(view: Board, place: Bottleneck | None) -> Iterator[Leaf]:
    yield Leaf(_("Key figures"), KEY_FIGURES, _key_figures(view))
    cycles = ([f"{one.code} {one.name}", one.cases, one.middle, one.most] for one in view.cycles)
    yield Leaf(_("Cycle time by process"), CYCLES, cycles)
    months = (
        [
            f"{one.first:%Y-%m}", one.on_time.all, one.on_time.good, one.on_time.percent, one.planned, one.sold,
            one.fulfilled,
        ]
        for one in view.months
    )  # fmt: skip
    yield Leaf(_("By month"), MONTHS, months)
    if place is not None:
        waits = ([one.step, one.position, one.hours, one.tasks, one.late, one.returned] for one in place.rows)
        yield Leaf(_("Where %(code)s waits") % {"code": place.code}, WAITS, waits)
    loads = ([one.name or _("Without a position"), one.calm, one.today, one.late] for one in view.loads)
    yield Leaf(_("Open work by position"), LOADS, loads)


def _key_figures(view: Board) -> Iterator[list[object]]:
    yield [_("Period (days)"), view.days, view.days]
    yield [_("Cases going on"), view.running, view.running_before]
    yield [_("Cases completed"), view.completed, None]
    yield [_("Cycle time (median, days)"), view.middle, view.middle_before]
    yield [_("Tasks done in time (%)"), view.on_time.percent, view.on_time_before.percent]
    yield [_("Open tasks that are late"), view.late, None]
