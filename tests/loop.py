"""What people usually do in the main loop (SC-001 → SC-002 → SC-003, SC-009), for the stories about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from huiqian.forms.rules import example
from huiqian.process.content import content_of
from huiqian.process.models import Instance, Version
from huiqian.work.commands import decide
from huiqian.work.models import Assignment, Task
from tests.people import SIGNATORIES, actor, answer, approve_up_to_signing, open_task, start

MANAGERS = [f"key_account_manager_{number}" for number in range(1, 6)]
UNTIL = "2099-12-18"


def proposed(code: str, form: str, **changes: Any) -> dict[str, Any]:
    """A form's example, with some answers changed."""
    version = Version.objects.get(definition__code=code, status="in_effect")
    return {**example(content_of(version.pk).forms[form]), **changes}


def newest(code: str) -> str:
    """The number of the case that began last."""
    return Instance.objects.filter(version__definition__code=code).order_by("-pk").values_list("number", flat=True)[0]


def finish_plan(number: str) -> str:
    """A plan is approved and signed; the number of the research that begins with it."""
    approve_up_to_signing(number)
    for login in SIGNATORIES:
        answer(number, login)
    return newest("SC-002")


def research(**plan: Any) -> str:
    """An approved plan's research, until a day that is far away; its number."""
    period = {"start": "2026-01-05", "end": UNTIL}
    row = {"stage": "实施", "work": "走访", "begins": "2026-01-05", "ends": "2026-02-05", "in_charge": "王丽"}
    return finish_plan(start(**{"period": period, "schedule": [row], "methods": ["interview"], **plan}))


def prepare(number: str, **changes: Any) -> None:
    """王丽 writes what the sheets must hold."""
    values = {"research_until": UNTIL, "sheet_instructions": "每个竞争对手写明一个在售型号的成交价。", **changes}
    answer(number, "marketing_manager", "submit", values=values)


def assign(
    number: str, left_out: Mapping[str, str] | None = None, listed: Sequence[str] = tuple(MANAGERS), **changes: Any
) -> None:
    """孙洁 gives every manager a task, but for those left out for a reason."""
    rows = [
        {"person": one, "included": False, "reason": left_out[one]}
        if left_out and one in left_out
        else {"person": one, "included": True, "task": f"走访 {one}"}
        for one in listed
    ]
    values = {"collect_by": "2099-11-30", "assignments": rows, **changes}
    answer(number, "key_account_director", "submit", values=values)


def collect(price: str = "5280.00", **changes: Any) -> dict[str, Any]:
    """A filled-in 市场信息收集表."""
    rival = {"competitor": "清风环境", "product": "QF-350", "price": price, "source": "经销商报价单"}
    need = {"client": "苏州新城置业", "need": "低噪声", "weight": "high"}
    days = {"start": "2026-01-05", "end": "2026-02-05"}
    whole = {"researched_in": days, "researched_how": "走访经销商 6 家", "competitors": [rival], "needs": [need]}
    return {**whole, **changes}


def field_work(number: str, managers: Sequence[str]) -> None:
    """Every manager hands in a sheet, each with a price of its own, and 王丽 accepts it."""
    for login in managers:
        answer(number, login, "submit", values=collect(price=f"520{login[-1]}"))
    for task in Task.objects.filter(instance__number=number, element="check", status="open"):
        decide(actor("marketing_manager"), task.pk, "approve", values={"sheet_quality": "complete"})


def write_report(number: str, **changes: Any) -> None:
    """王丽 writes the report; the sheets' content is there already."""
    said = {
        "summary": "中端机型价格带下移，建议推出 350 风量段新品。", "own_research": "走访上海制冷展。",
        "conclusions": "350 风量段是增长最快的价格带。", "product": "XF-350 静音新风机",
        "recommendations": "以精装房开发商和学校为目标客户。",
    }  # fmt: skip
    answer(number, "marketing_manager", "submit", values={**said, **changes})


def finish_research(number: str) -> str:
    """The whole research with two managers; the number of the promotion that begins with its report."""
    prepare(number)
    assign(number, left_out=dict.fromkeys(MANAGERS[2:], "本次不参加"))
    field_work(number, MANAGERS[:2])
    write_report(number)
    answer(number, "product_marketing_director")
    return newest("SC-003")


def any_task(number: str, login: str) -> int:
    """One of the tasks that a case has for somebody."""
    found = Assignment.objects.filter(task__instance__number=number, person__login=login, status="open")
    tasks = list(found.filter(task__status="open").order_by("pk"))
    return tasks[0].task_id if len(tasks) > 1 else open_task(number, login)


def answer_as_proposed(number: str, login: str) -> str:
    """Hand in the example that a program is given; the step."""
    from huiqian.work.queries import task_view

    task = any_task(number, login)
    about = task_view(actor(login), task)
    decide(actor(login), task, about.task.outcomes[0].code, values=about.form.example if about.form else None)
    return about.task.element
