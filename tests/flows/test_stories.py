"""The demo company's stories, told to their ends: what `make demo` tells is what the processes must bear."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from huiqian.base.clock import COMPANY_ZONE
from huiqian.config.stories import Story, loop, research, tell, training
from huiqian.config.stories.history import tell_history
from huiqian.journal.queries import verify
from huiqian.process.models import Handover, Incident, Instance

pytestmark = pytest.mark.usefixtures("company")
BEGINS = datetime(2026, 9, 1, 9, 5, tzinfo=COMPANY_ZONE)


def told(*stories: Story) -> None:
    """Tell stories from one moment on."""
    tell(BEGINS, [(BEGINS, story) for story in stories])


def test_research_is_planned() -> None:
    told(
        research.approved("2027 年度华南区市场调研"), research.returned_once("九月客户满意度调研"),
        research.waiting_for_signatures("新风主机 X3 竞品专项调研"), research.withdrawn("学校项目需求摸底"),
    )  # fmt: skip
    cases = Instance.objects.filter(version__definition__code="SC-001").order_by("pk")
    assert [case.status for case in cases] == ["completed", "completed", "running", "withdrawn"]
    assert cases[1].round == 3
    assert list(verify()) == []


def test_people_are_trained() -> None:
    told(training.given("安装班组培训"), training.refused("旧款机型复训"), training.under_way("新员工培训"))
    cases = Instance.objects.filter(version__definition__code="SC-008").order_by("pk")
    assert {case.title: case.status for case in cases} == {
        "安装班组培训": "completed", "旧款机型复训": "terminated", "新员工培训": "running",
    }  # fmt: skip
    whole = cases.get(title="安装班组培训")
    assert (whole.data["total_rate"], whole.data["survey_returned"]) == ("91.7", "5")
    assert list(verify()) == []


def test_research_becomes_a_promotion() -> None:
    told(
        loop.carried_out("2027 年度华东区新风系统市场调研", "XF-350 静音新风机"), loop.in_the_field("展会访客回访调研")
    )
    states = {code: list(_states(code)) for code in ("SC-001", "SC-002", "SC-003")}
    assert states == {"SC-001": ["completed", "completed"], "SC-002": ["running", "completed"], "SC-003": ["completed"]}
    assert Handover.objects.get(process="SC-004").source.version.definition.code == "SC-003"
    assert list(verify()) == []


def _states(code: str) -> Iterator[str]:
    found = Instance.objects.filter(version__definition__code=code).order_by("pk")
    yield from found.values_list("status", flat=True)


def test_four_months_can_be_told() -> None:
    assert tell_history() == Instance.objects.count() > 10
    assert not Incident.objects.exists()
    assert list(verify()) == []
