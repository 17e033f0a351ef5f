"""A promotion is planned (SC-003): discussed by the departments, written, approved three times, carried out."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from huiqian.config.stories.telling import Pause, Teller, day

LEADER, DRAFTER, DOER = "product_marketing_director", "marketing_manager", "key_account_director"
HEADS = {"key_accounts": "key_account_director", "projects": "project_director", "technical": "technical_director"}
APPROVERS = ("product_marketing_director", "technical_director", "general_manager")

Action = tuple[str, int, int, str, str]


@dataclass(frozen=True, slots=True)
class Ideas:
    """What the departments want of a promotion: targets, strategy and actions (what, from, to in days, who, cost)."""

    notes: str
    targets: dict[str, str]
    strategy: dict[str, str]
    actions: dict[str, tuple[Action, ...]]
    audience: str
    guidance: str
    material: str = ""
    refused_by: str = ""
    refusal: str = ""
    revised: str = ""
    handling: str = "各方意见已逐条落实。"


def discussed(teller: Teller, number: str, ideas: Ideas, days: int = 1) -> Generator[Pause, None, None]:
    """李强 convenes, every department says what it thinks, so many days apart."""
    yield Pause(1)
    teller.say(
        number, LEADER, discussion_notes=ideas.notes, topics=["targets", "strategy", "actions", "schedule"],
        departments=list(ideas.targets), contribute_by=day(7),
    )  # fmt: skip
    for department in ideas.targets:
        yield Pause(days)
        contribute(teller, number, ideas, department)


def contribute(teller: Teller, number: str, ideas: Ideas, department: str) -> None:
    """The head of a department says what it thinks."""
    rows = [
        {"action": what, "begins": day(begins), "ends": day(ends), "in_charge": who, "cost": cost}
        for what, begins, ends, who, cost in ideas.actions[department]
    ]
    values: dict[str, Any] = {
        f"targets_{department}": ideas.targets[department],
        f"strategy_{department}": ideas.strategy[department],
        f"actions_{department}": rows,
    }
    teller.say(number, HEADS[department], step=f"contribute_{department}", **values)


def handed_in(teller: Teller, number: str, ideas: Ideas) -> Generator[Pause, None, None]:
    """王丽 writes the guide from what the departments said."""
    yield Pause(0)
    wanted: dict[str, Any] = {"material_wanted": ideas.material} if ideas.material else {}
    teller.say(number, DRAFTER, audience=ideas.audience, sales_guidance=ideas.guidance, **wanted)


def approved(teller: Teller, number: str, ideas: Ideas) -> Generator[Pause, None, None]:
    """王丽 writes the guide; the three approve it, one of them only after a change."""
    yield Pause(3)
    yield from handed_in(teller, number, ideas)
    if ideas.refused_by:
        yield Pause(1)
        others = [login for login in APPROVERS if login != ideas.refused_by]
        teller.say(number, others[0], "同意。")
        teller.send_back(number, ideas.refused_by, ideas.refusal, to="draft")
        yield Pause(2)
        teller.say(number, DRAFTER, targets=ideas.revised)
    for login in APPROVERS:
        yield Pause(1)
        teller.say(number, login, "同意。" if login != "general_manager" else "同意，请大客户部抓好落实。")
    yield Pause(1)
    teller.say(number, DRAFTER, step="complete", handling=ideas.handling)


def carried_out(teller: Teller, number: str, ideas: Ideas) -> Generator[Pause, None, None]:
    """From the discussion to the promotion's first results; the guide is left for the next sales plans."""
    yield from discussed(teller, number, ideas)
    yield from approved(teller, number, ideas)
    yield Pause(5)
    teller.say(
        number, DOER, carried_out_from=day(-3),
        execution_notes="任务已落实到人，首批样机到位，两家客户确认试装。",
    )  # fmt: skip
