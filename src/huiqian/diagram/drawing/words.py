"""The few words that a drawing says by itself, in both languages."""

from datetime import datetime, tzinfo

HOUR = 3600

SAID = {
    "done": ("已完成", "done"),
    "current": ("进行中", "in progress"),
    "returned": ("已退回", "returned"),
    "future": ("未开始", "not started"),
    "skipped": ("已跳过", "skipped"),
    "overdue": ("已超时", "overdue"),
    "stopped": ("已停止", "stopped"),
    "added": ("新增", "new"),
    "removed": ("取消", "removed"),
    "changed": ("有改动", "changed"),
    "kept": ("未改动", "unchanged"),
    "quick": ("等待 4 小时内", "waits up to 4 h"),
    "fair": ("等待 4 至 12 小时", "waits 4 to 12 h"),
    "slow": ("等待 12 至 24 小时", "waits 12 to 24 h"),
    "slowest": ("等待超过 24 小时", "waits more than 24 h"),
    "version": ("第 {n} 版", "Version {n}"),
    "sent_back": ("退回 {n} 次", "Returned {n}×"),
    "until": ("截止 {n}", "by {n}"),
    "left_hours": ("剩 {n} 小时", "{n} h left"),
    "left_days": ("剩 {n} 天", "{n} d left"),
    "left_minutes": ("剩 {n} 分钟", "{n} min left"),
    "over_hours": ("超时 {n} 小时", "{n} h overdue"),
    "over_days": ("超时 {n} 天", "{n} d overdue"),
    "over_minutes": ("超时 {n} 分钟", "{n} min overdue"),
    "now": ("当前", "Now"),
    "diagram": ("流程图：{n}", "Diagram: {n}"),
    "returns": ("从“{a}”退回“{b}”{n} 次", "went back from {a} to {b}, {n}×"),
    "lanes": ("岗位：{n}", "Positions: {n}"),
}


def say(key: str, language: str, **values: object) -> str:
    """One of the drawing's own words."""
    zh, en = SAID[key]
    return (en if language == "en" else zh).format(**values)


def moment(when: datetime | str, zone: tzinfo) -> str:
    """A moment as lists show it: 09-12 10:24; words stay as they are."""
    if isinstance(when, str):
        return when
    local = when.astimezone(zone) if when.tzinfo else when
    return f"{local:%m-%d %H:%M}"


def distance(due: datetime, now: datetime, language: str) -> str:
    """How much time is left, or by how much it is overdue."""
    seconds = (due - now).total_seconds()
    kind, far = ("left", seconds) if seconds >= 0 else ("over", -seconds)
    if far >= 48 * HOUR:
        return say(f"{kind}_days", language, n=int(far // (24 * HOUR)))
    if far >= HOUR:
        return say(f"{kind}_hours", language, n=int(far // HOUR))
    return say(f"{kind}_minutes", language, n=max(1, int(far // 60)))
