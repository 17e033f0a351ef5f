"""A step names whom the case is copied to once it is done, and whether signatories may be added."""

from pathlib import Path

import pytest
from django.utils import translation

from huiqian.base.errors import Invalid, NotFound
from huiqian.insight.queries.handbook import handbook
from huiqian.org.queries import roster
from huiqian.process.commands import upload_version
from huiqian.process.content import content_of
from huiqian.process.models import Version
from huiqian.process.queries import step_rows
from huiqian.work.commands import add_signatory, start_case
from huiqian.work.commands.signatories import NotOffered
from huiqian.work.queries import case_view, copies, foresee
from tests.flows.small import load_line
from tests.people import actor, answer, open_task
from tests.versions import changed

pytestmark = pytest.mark.usefixtures("company")

CODE, ME, TOLD = "T-1", "marketing_manager", "财务经理、技术总监"


def begin(folder: Path) -> str:
    """A case of a process whose second step copies two positions and takes no signatories."""
    load_line(
        folder, CODE, '<userTask id="one" name="申请" hq:kind="do"/>',
        '<userTask id="two" name="审批" hq:kind="approve" hq:signatories="false" '
        'hq:copyTo="finance_manager technical_director marketing_manager"/>',
        '<userTask id="three" name="复核" hq:kind="approve"/>',
    )  # fmt: skip
    return start_case(actor(ME), CODE, {}).number


def copied(login: str) -> list[tuple[str, str]]:
    """The cases somebody was copied on, with the word."""
    return [(row.case_number, row.text) for row in copies(actor(login)).rows]


def test_whoever_the_step_names_is_copied_once_it_is_settled(tmp_path: Path) -> None:
    number = begin(tmp_path)
    with pytest.raises(NotFound):
        case_view(actor("finance_manager"), number)
    answer(number, ME)
    assert copied("finance_manager") == copied("technical_director") == [(number, "审批")]
    assert copied(ME) == [], "nobody is copied on what they did themselves"
    assert case_view(actor("finance_manager"), number).number == number


def test_the_route_ahead_and_the_process_say_it(tmp_path: Path) -> None:
    begin(tmp_path)
    assert {item.element: item.copied for item in foresee(actor(ME), CODE, {}).items}["two"].startswith("财务经理")
    content = content_of(Version.objects.get(definition__code=CODE, status="in_effect").pk)
    assert [len(row.copied) for row in step_rows(content, roster())] == [0, 3, 0]
    with translation.override("zh-hans"):
        book = handbook(actor(ME)).processes
        said = [step.how for one in book if one.code == CODE for g in one.groups for step in g.steps]
    assert any("完成后抄送 财务经理" in line for how in said for line in how)
    assert any("不可加签" in how for how in said)


def test_nobody_is_added_to_sign_where_the_step_says_so(tmp_path: Path) -> None:
    number = begin(tmp_path)
    with pytest.raises(NotOffered):
        add_signatory(actor(ME), open_task(number, ME), "finance_manager", "beside", reason="请会签")
    answer(number, ME)
    add_signatory(actor(ME), open_task(number, ME), "finance_manager", "beside", reason="请会签")


def test_a_version_that_copies_nobody_known_is_refused_in_the_readers_language() -> None:
    old = 'hq:sign="plan" hq:deadline="P2D"'
    body, me = changed(old, f'hq:copyTo="treasurer" {old}'), actor("admin")
    with translation.override("zh-hans"):
        with pytest.raises(Invalid) as refused:
            upload_version(me, "SC-001", file="SC-001.bpmn", body=body, note="")
        assert "没有此代码的岗位或岗位组" in str(refused.value.errors)
