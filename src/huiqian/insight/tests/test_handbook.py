"""The handbook that the system writes, held against what the company wrote."""

from collections.abc import Iterator, Mapping

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.insight.queries import Handbook, handbook
from huiqian.insight.queries.handbook.shape import ProcessChapter, Step
from huiqian.org.commands import add_person, assign_position, end_holding, save_group, save_position
from huiqian.org.models import Holding
from huiqian.process.models import Version
from tests.people import actor
from tests.versions import NEW, OLD, agree, submitted

pytestmark = pytest.mark.usefixtures("company")

GM, TD, BU = "general_manager", "technical_director", "business_unit_director"
PM, MM = "product_marketing_director", "marketing_manager"
KD, KM, PD = "key_account_director", "key_account_manager", "project_director"
FM, PO, GD, AA = "finance_manager", "purchasing_officer", "graphic_designer", "administrative_assistant"

# The company's steps, as we read them: number -> the positions that act in it.
COMPANY: Mapping[str, set[str]] = {
    "SC-001.1": {MM}, "SC-001.2": {PM}, "SC-001.3": {BU, GM}, "SC-001.4": {PM, TD, GM, KD},
    "SC-002.1": {MM}, "SC-002.2": {KD, MM}, "SC-002.3": {KM}, "SC-002.4": {MM}, "SC-002.5": {PM},
    "SC-003.1": {PM, KD, PD, TD}, "SC-003.2": {MM, PM, TD, GM}, "SC-003.3": {KD},
    "SC-004.1": {KM, KD}, "SC-004.2": {PM, KD}, "SC-004.3": {KD, GM, FM}, "SC-004.4": {KM, KD},
    "SC-006.1": {KD}, "SC-006.2": {PM, MM, GD}, "SC-006.3": {PM, KD, PD, TD}, "SC-006.4": {MM, PO}, "SC-006.5": {AA},
    "SC-007.1": {MM, GM, PM}, "SC-007.2": {MM}, "SC-007.3": {MM}, "SC-007.4": {MM, GM, PM},
    "SC-008.1": {KD}, "SC-008.2": {PM}, "SC-008.3": {MM, PM}, "SC-008.4": {MM}, "SC-008.5": {MM, PM},
    "SC-009.1": {KM}, "SC-009.2": {KD}, "SC-009.3": {MM}, "SC-009.4": {KD}, "SC-009.5": {KM},
}  # fmt: skip
# And what it says of them, in a word that the step has to have.
SAID = {
    "SC-001.1": "预算", "SC-001.2": "修改意见", "SC-001.3": "年度、月度、重大专项", "SC-001.4": "共同签准",
    "SC-002.1": "调研问卷", "SC-002.2": "分派调研任务", "SC-002.3": "竞争对手信息", "SC-002.4": "市场调研报告",
    "SC-002.5": "审批市场调研报告", "SC-003.1": "目标、策略、行动、进度", "SC-003.2": "指导书", "SC-003.3": "实施",
    "SC-004.1": "每月 26 日", "SC-004.2": "签否", "SC-004.3": "呈报公司总经理", "SC-004.4": "接受销售任务",
    "SC-006.1": "类型、格式、内容、时间要求", "SC-006.2": "公司美工", "SC-006.3": "意见", "SC-006.4": "采购申请单",
    "SC-006.5": "入库", "SC-007.1": "特殊", "SC-007.2": "SC-001", "SC-007.3": "记录", "SC-007.4": "活动样板",
    "SC-008.1": "技术服务申请单", "SC-008.2": "下达", "SC-008.3": "培训计划", "SC-008.4": "培训调查表",
    "SC-008.5": "改进措施",
}  # fmt: skip


@pytest.fixture
def book() -> Handbook:
    return handbook(actor("marketing_manager"))


def steps(book: Handbook) -> Iterator[tuple[str, Step]]:
    for process in book.processes:
        for group in process.groups:
            yield from ((f"{process.code}.{group.number}", step) for step in group.steps)


def chapter(book: Handbook, code: str) -> ProcessChapter:
    return next(one for one in book.processes if one.code == code)


def step(book: Handbook, code: str, element: str) -> Step:
    return next(one for group in chapter(book, code).groups for one in group.steps if one.element == element)


def test_every_step_of_the_company_is_there_with_its_positions(book: Handbook) -> None:
    found: dict[str, set[str]] = {}
    for number, one in steps(book):
        found.setdefault(number, set()).update(position.code for position in one.positions)
    assert {number: found.get(number) for number in COMPANY} == COMPANY
    # What has no number stands apart: the note on the production plan, and pricing, of which nothing is said.
    assert {number for number in found if number not in COMPANY} == {"SC-004.", "SC-005."}


def test_the_steps_say_what_the_company_said(book: Handbook) -> None:
    text: dict[str, str] = {}
    for number, one in steps(book):
        text[number] = text.get(number, "") + " ".join((one.name, one.words, *one.answers))
    assert [number for number, words in SAID.items() if words not in text[number]] == []


def test_the_numbers_come_in_the_company_s_order(book: Handbook) -> None:
    for process in book.processes:
        numbers = [group.number for group in process.groups]
        assert [n for n in numbers if n] == sorted((n for n in numbers if n), key=int)
        assert "" not in numbers[:-1]


def test_a_step_tells_its_document_time_returns_and_way_of_agreeing(book: Handbook) -> None:
    review = step(book, "SC-001", "review")
    assert (review.kind, review.signs, review.due) == ("approve", "市场调研策划书", "2 个工作日")
    assert [one.name for one in review.returns] == ["编制市场调研策划书（市场经理）"]
    assert step(book, "SC-001", "draft").writes == "市场调研策划书"
    assert step(book, "SC-001", "sign_general").how == ("与技术总监、大客户部经理同时进行，须全部同意",)
    assert step(book, "SC-002", "collect").how == ("各人各自办理",)
    assert step(book, "SC-002", "collect").due == "按“收集表上交期限”；未填时为 5 个工作日"
    assert step(book, "SC-006", "review").how == ("各人同时、各自办理",)
    assert step(book, "SC-009", "triage").due.startswith("按“客户反馈的处理时限”")
    assert step(book, "SC-008", "plan").how == ("由“承办的市场经理”中指定的人办理",)


def test_gateways_are_told_in_words(book: Handbook) -> None:
    (asked,) = step(book, "SC-001", "opinion_rule").branchings
    assert asked.question == "是否须总经理审核？"
    assert [(way.when, way.to) for way in asked.ways] == [
        ("年度、月度、重大专项", ("审核并签署意见（公司总经理）",)),
        ("常规", ("组织共同签准（产品市场部经理）",)),
    ]
    (signed,) = step(book, "SC-004", "review").branchings
    assert [way.when for way in signed.ways] == ["签否", "签准"]
    ways = {way.to for one in step(book, "SC-009", "archive").branchings for way in one.ways}
    assert ("转市场调研策划",) in ways
    assert ("结束：反馈已结案",) in ways
    stopped = step(book, "SC-007", "research").branchings[0]
    assert (stopped.kind, stopped.question) == ("event", "调研中止")


def test_decision_tables_are_told_in_words(book: Handbook) -> None:
    table = step(book, "SC-001", "opinion_rule").decision
    assert table is not None
    assert table.rows[0] == ("常规", "不限", "否", "常规计划可不报公司总经理")
    finance = step(book, "SC-004", "finance_rule").decision
    assert finance is not None
    assert finance.rows[0][0] == "> 1,000,000"
    times = step(book, "SC-009", "deadline_rule").decision
    assert times is not None
    assert times.rows[0][:4] == ("紧急", "产品质量、交货", "2 个工作小时", "4 个工作小时")
    level = step(book, "SC-007", "level_rule").decision
    assert level is not None
    assert {row[3] for row in level.rows} == {"特殊", "常规"}
    again = step(book, "SC-009", "deadline_again").decision
    assert again is not None
    assert again.rows == ()


def test_what_goes_from_process_to_process_is_told_at_both_ends(book: Handbook) -> None:
    pairs = {(source.code, line.process.code): line.document for source, line in book.links}
    assert pairs["SC-001", "SC-002"] == "市场调研策划书"
    assert pairs["SC-002", "SC-003"] == "市场调研报告"
    assert pairs["SC-003", "SC-004"] == "市场推广计划指导书"
    assert pairs["SC-004", "SC-009"] == "销售计划表"
    assert {("SC-009", "SC-001"), ("SC-009", "SC-005"), ("SC-009", "SC-008"), ("SC-007", "SC-001")} <= set(pairs)
    research = chapter(book, "SC-002")
    assert [line.process.code for line in research.receives] == ["SC-001"]
    assert "调研主题" in research.receives[0].fields
    assert chapter(book, "SC-004").begins == "每月 26 日 09:00 自动开始。"


def test_documents_say_where_they_are_written_and_by_whom_signed(book: Handbook) -> None:
    guide = next(one for one in chapter(book, "SC-003").documents if one.key == "guide")
    assert [one.code for one in guide.signed] == [PM, TD, GM]
    assert [one.name for one in guide.written] == ["编制市场推广计划指导书", "完善指导书"]
    assert next(one for one in chapter(book, "SC-004").documents if one.key == "sales_plan").each


def test_what_the_source_does_not_say_is_called_provisional(book: Handbook) -> None:
    assert [one.code for one in book.processes if one.provisional] == ["SC-005", "SC-009"]


def test_a_version_says_who_signed_it_and_the_rules_count_them() -> None:
    version = agree(submitted())
    book = handbook(SYSTEM)
    changed = chapter(book, "SC-001")
    assert (changed.version, step(book, "SC-001", "review").name) == (version.number, NEW)
    assert [(one.position, one.person) for one in changed.signed] == [
        ("公司总经理", "周志远"), ("技术总监", "陈博"), ("大客户部经理", "孙洁"), ("项目部经理", "郑凯"),
        ("产品市场部经理", "李强"),
    ]  # fmt: skip
    assert book.rules[1].kept.startswith("1 个现行版本有联合审核的签署记录。8 个")
    assert chapter(book, "SC-002").signed == ()


def test_a_version_in_review_is_not_in_the_book_yet() -> None:
    agree(submitted(), "general_manager", "technical_director")
    book = handbook(SYSTEM)
    assert (chapter(book, "SC-001").version, chapter(book, "SC-001").signed) == (1, ())
    assert step(book, "SC-001", "review").name == OLD


def test_the_joint_review_is_a_group_that_the_company_may_change() -> None:
    assert [one.code for one in handbook(SYSTEM).reviewers] == [GM, TD, KD, PD, PM]
    save_group(SYSTEM, "process_reviewers", name_zh="联合审核", positions=[GM, FM])
    assert "公司总经理、财务经理联合审核" in handbook(SYSTEM).rules[1].text


def test_a_position_s_new_name_stands_everywhere_without_a_change_of_a_process() -> None:
    save_position(SYSTEM, MM, name_zh="市场总监😀", name_en="Head of marketing", department="marketing", superior=PM)
    book = handbook(SYSTEM)
    assert step(book, "SC-001", "draft").positions[0].name == "市场总监😀"
    assert "市场总监😀" in step(book, "SC-001", "review").returns[0].name
    assert "市场总监😀" in {band.name.zh for band in chapter(book, "SC-001").picture.layout.bands}
    assert chapter(book, "SC-001").version == 1


def test_whoever_takes_over_is_in_the_book_the_same_day() -> None:
    new = add_person(SYSTEM, "xu_yan", "许燕")
    assign_position(SYSTEM, FM, new.login, since=clock.today())
    book = handbook(SYSTEM)
    assert next(one for one in book.positions if one.code == FM).holders == ("许燕",)
    assert "许燕" in chapter(book, "SC-005").picture.heads.values()


def test_it_says_who_is_asked_where_somebody_leaves_or_nobody_is_there() -> None:
    lines = {one.code: one for one in handbook(SYSTEM).positions}
    assert (lines[MM].risk, lines[MM].stand_in_words) == ("one", "李强（产品市场部经理）")
    assert (lines[KM].risk, lines[KM].stand_in) == ("", ())
    assert lines[GM].via == "administrator"
    end_holding(SYSTEM, Holding.objects.get(position__code=PM).pk, until=clock.today())
    lines = {one.code: one for one in handbook(SYSTEM).positions}
    assert (lines[PM].risk, lines[PM].holders, lines[PM].stand_in_words) == ("none", (), "赵敏（事业部经理）")
    # The one above has nobody now: the next one up.
    assert lines[MM].stand_in_words == "赵敏（事业部经理）"


def test_a_superior_who_leaves_with_the_position_does_not_stand_in_for_it() -> None:
    assign_position(SYSTEM, PM, "marketing_manager", since=clock.today())
    line = next(one for one in handbook(SYSTEM).positions if one.code == MM)
    assert line.stand_in_words == "赵敏（事业部经理）"


def test_a_process_without_a_version_in_effect_is_named_and_not_told() -> None:
    Version.objects.filter(definition__code="SC-006").update(status="retired")
    book = handbook(SYSTEM)
    assert [(one.code, one.name) for one in book.without] == [("SC-006", "宣传资料制作流程")]
    assert "SC-006" not in {line.process.code for _source, line in book.links}


def test_it_is_written_in_the_reader_s_language() -> None:
    with translation.override("en"):
        book = handbook(SYSTEM)
    assert book.title == "Duties and processes of the marketing department"
    draft = step(book, "SC-001", "draft")
    assert (draft.name, draft.how, draft.due) == (
        "Draft the research plan", ("by whoever started the case",), "3 working days",
    )  # fmt: skip


def test_the_whole_handbook_costs_few_queries() -> None:
    handbook(SYSTEM)
    with CaptureQueriesContext(connection) as queries:
        handbook(SYSTEM)
    assert len(queries) <= 7
