"""What a version says otherwise, in sentences: every kind of change is told, and nothing that is the same."""

import json

import pytest
from django.utils import translation

from huiqian.org.queries import roster
from huiqian.process.commands import upload_version
from huiqian.process.differences import Differences, compare_versions
from huiqian.process.models import Version
from tests.people import actor
from tests.versions import changed, draft, folder_of, in_effect

pytestmark = pytest.mark.usefixtures("company")


def _compared(version: Version) -> Differences:
    with translation.override("zh-hans"):
        return compare_versions(in_effect(version.definition.code), version, roster())


def _sentences(found: Differences) -> list[str]:
    return [change.sentence for part in found.parts for change in part.changes]


def _said(old: str, new: str) -> str:
    return "\n".join(_sentences(_compared(draft(changed(old, new)))))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name="审核策划书"', 'name="审阅策划书"', "“审核策划书”改名为“审阅策划书”"),
        ('hq:sign="plan" hq:deadline="P2D"', 'hq:sign="plan" hq:deadline="P5D"', "5 个工作日"),
        ('hq:position="business_unit_director"', 'hq:position="finance_manager"', "财务经理"),
        ('hq:kind="do" hq:form="plan"', 'hq:kind="approve" hq:form="plan"', "审批"),
        ('hq:sign="plan" hq:deadline="P2D"', 'hq:copyTo="general_manager" hq:sign="plan" hq:deadline="P2D"', "抄送"),
        ('hq:sign="plan" hq:deadline="P2D"', 'hq:signatories="false" hq:sign="plan" hq:deadline="P2D"', "加签"),
        ("产品市场部经理审核策划书，提出修改意见。", "产品市场部经理审核策划书。", "说明"),
        ('hq:watch="general_manager product_marketing_director"', 'hq:watch="general_manager"', "产品市场部经理"),
    ],
)  # fmt: skip
def test_a_step_that_is_otherwise(old: str, new: str, told: str) -> None:
    assert told in _said(old, new)


def test_a_step_that_is_new_and_one_that_is_gone_are_marked_in_the_drawings() -> None:
    base = in_effect().bpmn
    review = base[base.index('<bpmn:userTask id="review"') : base.index('<bpmn:userTask id="budget"')]
    text = base.replace(review, review.replace('id="review"', 'id="check"')).replace("draft review", "draft check")
    for place in ("targetRef", "sourceRef"):
        text = text.replace(f'{place}="review"', f'{place}="check"')
    text = text.replace("<bpmn:flowNodeRef>review<", "<bpmn:flowNodeRef>check<").replace(
        'bpmnElement="review"', 'bpmnElement="check"'
    )
    found = _compared(draft(text.encode()))
    assert found.marks["check"] == "added"
    assert found.marks["review"] == "removed"
    assert any("由产品市场部经理" in one and "新增" in one for one in _sentences(found))


def test_a_field_that_is_new_gone_or_otherwise() -> None:
    def change(text: str) -> str:
        form = json.loads(text)
        fields = form["sections"][0]["fields"]
        fields[0] |= {"type": "long_text", "required": False}
        fields.append({"name": "region", "type": "text", "required": True, "label": {"zh": "调研区域"}})
        fields[:] = [one for one in fields if one["name"] != "period"]
        return json.dumps(form, ensure_ascii=False)

    version = draft(folder_of(plan_json=change), file="SC-001.zip")
    said = "\n".join(_sentences(_compared(version)))
    assert "“市场调研策划书 · 调研主题”：类型由“文本”改为“长文本”。" in said
    assert "“市场调研策划书 · 调研主题”不再必填。" in said
    assert "“市场调研策划书”：新增字段“调研区域”（文本，必填）。" in said
    assert "“市场调研策划书”：取消字段“计划周期”。" in said


def test_choices_of_a_field() -> None:
    version = draft(folder_of(plan_json=('"zh": "年度"', '"zh": "全年"')), file="SC-001.zip")
    (said,) = _sentences(_compared(version))
    assert "年度" in said
    assert "全年" in said


def test_the_name_of_the_process() -> None:
    version = draft(folder_of(process_json=("市场调研策划流程", "市场调研立项流程")), file="SC-001.zip")
    assert "市场调研立项流程" in _sentences(_compared(version))[0]


def test_what_changes_nothing_but_the_file_says_so() -> None:
    found = _compared(draft(changed("<bpmn:process ", "<!-- 说明 --><bpmn:process ")))
    assert found.count == 1
    assert "重新保存" in _sentences(found)[0]
    assert found.marks == {}


def test_every_changed_character_is_told_of() -> None:
    """Whatever a draft changes, the reviewers read at least one sentence: it is never said that nothing changed."""
    text = in_effect().bpmn
    for old, new in (
        ('hq:result="opinion_required"', 'hq:result="opinion_wanted"'),
        ('hq:summary="if', 'hq:summary=" if'),
        ('hq:nameEn="Review the plan"', 'hq:nameEn="Look at the plan"'),
    ):
        assert old in text
        version = upload_version(actor("admin"), "SC-001", file="a.bpmn", body=text.replace(old, new, 1).encode())
        assert _compared(version).count >= 1


def test_another_default_way_is_told_of_the_ways_alone() -> None:
    text = in_effect().bpmn
    flow = 'sourceRef="opinion_needed" targetRef="opinion_merge"'
    condition = "<bpmn:conditionExpression>opinion_required = false</bpmn:conditionExpression></bpmn:sequenceFlow>"
    text = text.replace(' default="opinion_skipped"', "").replace(f"{flow} />", f"{flow}>{condition}")
    found = _compared(draft(text.encode()))
    assert [part.title for part in found.parts] == ["流向与条件"]
    assert set(found.marks) == {"opinion_skipped"}


def test_in_english_too() -> None:
    version = draft()
    with translation.override("en"):
        found = compare_versions(in_effect(), version, roster())
    assert found.count == 1
