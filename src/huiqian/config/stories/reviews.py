"""Processes change: a version that the five positions agreed to, and one that waits for some of them."""

from collections.abc import Iterator

from huiqian.config.stories.telling import Pause, Story, Teller
from huiqian.process.commands import agree_to_version, submit_version, upload_version
from huiqian.process.models import Version

AUTHOR = "marketing_manager"


def agreed() -> Story:
    """SC-001 says more exactly what is reviewed: words alone, but all five positions agree before it takes effect."""
    return _story(
        "SC-001", "产品市场部经理审核策划书，提出修改意见。",
        "产品市场部经理逐项审核调研计划、内容、方案和预算，提出修改意见。",
        "写明审核的四个方面，与手册对策划书内容的要求一致。步骤和时限不变。",
        (
            ("product_marketing_director", "同意，以后审核意见按这四个方面写。"), ("technical_director", "同意。"),
            ("key_account_director", "同意。"), ("project_director", ""), ("general_manager", "同意，按此执行。"),
        ),
    )  # fmt: skip


def waiting() -> Story:
    """SC-003 gives two days more for the guide: two have agreed so far."""
    return _story(
        "SC-003", 'hq:document="guide" hq:deadline="P5D"', 'hq:document="guide" hq:deadline="P7D"',
        "近几次研讨意见多，五个工作日内汇总不完，编制指导书的时限由 5 个工作日改为 7 个工作日。",
        (("product_marketing_director", "同意，质量优先。"), ("technical_director", "同意。")),
    )  # fmt: skip


def _story(code: str, old: str, new: str, note: str, opinions: tuple[tuple[str, str], ...]) -> Story:
    def story(teller: Teller) -> Iterator[Pause]:
        text = Version.objects.get(definition__code=code, status=Version.Status.IN_EFFECT).bpmn
        body, author = text.replace(old, new, 1).encode(), teller.who(AUTHOR)
        version = upload_version(author, code, file=f"{code}.bpmn", body=body, note=note)
        submit_version(author, code, version.number, note=note)
        for login, opinion in opinions:
            yield Pause(1)
            agree_to_version(teller.who(login), code, version.number, opinion)

    return story
