"""Research is done (SC-002): questionnaire, tasks, sheets, the report and what it recommends."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from huiqian.config.stories.market import RIVALS, TASKS, VOICES, sheet
from huiqian.config.stories.telling import Pause, Teller, day, respond
from huiqian.process.models import Instance

PREPARER, ASSIGNER, APPROVER = "marketing_manager", "key_account_director", "product_marketing_director"


@dataclass(frozen=True, slots=True)
class Findings:
    """What a research is to find out, and what its report says in the end."""

    instructions: str
    summary: str
    own_research: str
    conclusions: str
    product: str
    recommendations: str
    competitor_analysis: str = ""
    needs_analysis: str = ""
    survey_analysis: str = ""
    special: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    training: str = ""
    sent_back: tuple[str, str] = ("", "")
    answers: int = 0


def prepared(teller: Teller, number: str, findings: Findings) -> Generator[Pause, None, None]:
    """王丽 prepares, 孙洁 assigns; where wanted 王丽 trains."""
    rivals = [dict(zip(("competitor", "product", "question"), row, strict=True)) for row in RIVALS]
    asked: dict[str, Any] = {"sheet_instructions": findings.instructions, "rivals": rivals}
    if findings.answers:
        asked |= {"survey_audience": "近两年成交的开发商、总包、经销商和业主，由大客户经理转发链接。"}
    teller.say(number, PREPARER, research_until=day(40), **asked)
    yield Pause(1)
    known = Instance.objects.get(number=number).data["key_account_managers"]
    rows = [
        {"person": one, "included": False, "reason": findings.left_out[one]}
        if one in findings.left_out
        else {"person": one, "included": True, "task": TASKS[one]}
        for one in known
    ]
    wanted: dict[str, Any] = {"training_asked": True, "training_topic": findings.training} if findings.training else {}
    teller.say(number, ASSIGNER, collect_by=day(14), assignments=rows, **wanted)
    if findings.training:
        yield Pause(1)
        teller.say(
            number, PREPARER, training_held_on=day(), training_attendees="参加调研的全体大客户经理",
            training_summary=f"讲解{findings.training}，当场试填一份收集表并点评。",
        )  # fmt: skip


def handed_in(teller: Teller, number: str, login: str, **more: Any) -> None:
    """A manager hands a sheet in, about the last ten days."""
    teller.say(number, login, step="collect", **sheet(login, day(-10), day(-1), **more))


def check(teller: Teller, number: str, login: str) -> None:
    """王丽 accepts a manager's sheet."""
    teller.say(number, PREPARER, step="check", member=login, sheet_quality="complete")


def collected(teller: Teller, number: str, findings: Findings, managers: Sequence[str]) -> Generator[Pause, None, None]:
    """The managers research and hand in, one of them twice where the first sheet was not good enough."""
    poor, reason = findings.sent_back
    yield Pause(6)
    for login in managers:
        special = {"special_findings": findings.special[login]} if login in findings.special else {}
        handed_in(teller, number, login, **special)
        yield Pause(1)
        if login != poor:
            check(teller, number, login)
            continue
        teller.send_back(number, PREPARER, reason, step="check", member=login)
        yield Pause(2)
        handed_in(teller, number, login, own_view="已补问经销商，成交价以九月发票为准。", **special)
        yield Pause(0)
        check(teller, number, login)


def answers(count: int) -> list[dict[str, Any]]:
    """So many people's answers to the research's questionnaire."""
    told = []
    for place in range(count):
        role, overall, poor, matters, price, remark = VOICES[place % len(VOICES)]
        values: dict[str, Any] = {
            "role": role, "uses": "yes", "overall": overall, "matters": matters.split(), "budget": price,
            "aspects": {
                aspect: "poor" if aspect in poor.split() else ("fair" if place % 3 else "good")
                for aspect in ("noise", "air", "energy", "service")
            },
        }  # fmt: skip
        if overall <= "2":
            values["why"] = "噪声影响上课，报修响应慢。"
        if remark and place < len(VOICES):
            values["remarks"] = remark
        told.append(values)
    return told


WRITTEN = (
    "summary", "own_research", "conclusions", "product", "recommendations", "competitor_analysis", "needs_analysis",
    "survey_analysis",
)  # fmt: skip


def reported(teller: Teller, number: str, findings: Findings) -> None:
    """王丽 writes the report; what the sheets say is in it already."""
    said = {name: text for name in WRITTEN if (text := getattr(findings, name))}
    teller.say(number, PREPARER, step="report", **said)


def carried_out(teller: Teller, number: str, findings: Findings) -> Generator[Pause, None, str]:
    """A whole research; the number of the promotion that begins with its report."""
    yield Pause(2)
    yield from prepared(teller, number, findings)
    if findings.answers:
        yield Pause(3)
        respond(number, answers(findings.answers))
    managers = sorted(teller.asked(number))
    yield from collected(teller, number, findings, managers)
    yield Pause(4)
    reported(teller, number, findings)
    yield Pause(2)
    teller.say(number, APPROVER, "报告数据扎实，同意转入推广策划。")
    return teller.led_to(number, "SC-003")
