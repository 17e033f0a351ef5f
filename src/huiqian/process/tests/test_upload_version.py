"""A changed diagram or folder becomes a draft; what cannot run is refused with everything that is wrong, by element."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Forbidden, Invalid, NotFound, Stale
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.process.commands import discard_version, load_handbook, upload_version
from huiqian.process.models import Decision, DecisionVersion, Version
from huiqian.process.reviews import version_view
from huiqian.process.sources import files_of_zip, read_source, source_of, zip_of
from huiqian.process.versions import says_the_same
from tests.people import actor
from tests.versions import changed, draft, folder_of, in_effect, submitted

pytestmark = pytest.mark.usefixtures("company")


def _refused(body: bytes, file: str = "SC-001.bpmn") -> list[str]:
    before = Version.objects.count(), DecisionVersion.objects.count(), Entry.objects.count()
    with pytest.raises(Invalid) as refusal:
        draft(body, file=file)
    assert (Version.objects.count(), DecisionVersion.objects.count(), Entry.objects.count()) == before
    return [str(text) for text in refusal.value.errors["file"]]


def test_a_changed_diagram_is_a_draft_with_the_forms_as_they_are() -> None:
    before = in_effect()
    version = draft(note="用词统一")
    assert (version.number, version.status, version.note) == (2, "draft", "用词统一")
    assert version.author_id == actor("admin").id
    assert version.content["forms"] == before.content["forms"]
    assert in_effect() == before
    assert Entry.objects.filter(chain="process:SC-001", kind="version_uploaded").count() == 1
    assert list(verify()) == []


def test_everything_that_is_wrong_is_told_at_once_by_element() -> None:
    text = in_effect().bpmn
    text = text.replace('id="review" name="审核策划书"', 'id="review" name="审核策划书" hq:deadlin="P2D"', 1)
    text = text.replace("<bpmn:endEvent", "<bpmn:adHocSubProcess", 1).replace(
        "</bpmn:endEvent", "</bpmn:adHocSubProcess"
    )
    told = _refused(text.encode())
    assert len(told) >= 2
    assert any("审核策划书" in one and "review" in one for one in told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('hq:position="marketing_manager"', 'hq:position="market_wizard"', "market_wizard"),
        ('hq:document="plan"', 'hq:document="plans"', "plans"),
        ('hq:decision="general_manager_opinion"', 'hq:decision="oracle"', "oracle"),
        ('hq:code="SC-001"', 'hq:code="SC-002"', "SC-002"),
    ],
)
def test_what_a_diagram_names_has_to_be_there(old: str, new: str, told: str) -> None:
    assert any(told in one for one in _refused(changed(old, new)))


@pytest.mark.parametrize(
    ("body", "file"),
    [
        (b"", "SC-001.bpmn"), (b"<not-bpmn/>", "SC-001.bpmn"), ("<流程/>".encode("gb18030"), "SC-001.bpmn"),
        (b"PK no zip", "SC-001.zip"),
    ],
)  # fmt: skip
def test_what_is_no_process_is_refused(body: bytes, file: str) -> None:
    with pytest.raises(Invalid):
        upload_version(actor("admin"), "SC-001", file=file, body=body)


def test_a_version_comes_back_from_its_folder_word_for_word() -> None:
    for version in Version.objects.select_related("definition").filter(status="in_effect"):
        assert says_the_same(version, read_source(files_of_zip(zip_of(source_of(version)))))


def test_a_changed_folder_is_a_draft_too() -> None:
    version = draft(folder_of(plan_json=("调研主题", "调研题目")), file="SC-001.zip")
    assert version.content["forms"]["plan"]["sections"][0]["fields"][0]["label"]["zh"] == "调研题目"
    assert version.bpmn == in_effect().bpmn


def test_the_folder_of_another_process_is_refused() -> None:
    assert "SC-002" in _refused(folder_of("SC-002"), "SC-002.zip")[0]


def test_a_form_that_makes_no_sense_is_refused() -> None:
    assert _refused(folder_of(plan_json=('"type": "text"', '"type": "telepathy"')), "SC-001.zip")


def test_what_is_in_effect_already_is_no_draft() -> None:
    assert "1" in _refused(in_effect().bpmn.encode())[0]
    assert "1" in _refused(folder_of(), "SC-001.zip")[0]


def test_a_corrected_draft_takes_the_place_of_the_one_before_and_stands_on_it() -> None:
    first = draft(folder_of(plan_json=("调研主题", "调研题目")), file="SC-001.zip")
    second = upload_version(actor("admin"), "SC-001", file="a.bpmn", body=changed(), replaces=first.number)
    first.refresh_from_db()
    assert (first.status, second.status, second.number) == ("discarded", "draft", 3)
    assert second.content["forms"] == first.content["forms"]


def test_only_a_draft_can_be_replaced() -> None:
    version = submitted()
    with pytest.raises(Stale):
        upload_version(actor("admin"), "SC-001", file="a.bpmn", body=changed("预算", "费用"), replaces=version.number)


def test_a_name_that_is_new_waits_for_the_review_as_well() -> None:
    version = draft(folder_of(process_json=("市场调研策划流程", "市场调研立项流程")), file="SC-001.zip")
    version.definition.refresh_from_db()
    assert version.definition.name_zh == "市场调研策划流程"
    assert version.content["about"]["name_zh"] == "市场调研立项流程"


def test_decision_tables_that_are_there_belong_to_the_administrators() -> None:
    draft(folder_of(plan_json=("调研主题", "调研题目")), file="SC-001.zip")
    assert Decision.objects.filter(definition__code="SC-001").count() == 1
    assert DecisionVersion.objects.filter(decision__definition__code="SC-001").count() == 1


def test_the_head_of_the_department_prepares_its_processes_others_do_not() -> None:
    upload_version(actor("marketing_manager"), "SC-001", file="a.bpmn", body=changed())
    for login in ("graphic_designer", "key_account_director", "general_manager"):
        with pytest.raises(Forbidden):
            upload_version(actor(login), "SC-001", file="a.bpmn", body=changed("预算", "费用"))
    with pytest.raises(NotFound):
        upload_version(actor("admin"), "SC-999", file="a.bpmn", body=changed())


def test_a_discarded_draft_stays_readable_and_does_not_count() -> None:
    version = discard_version(actor("admin"), "SC-001", draft().number)
    assert version.status == "discarded"
    with pytest.raises(Stale):
        discard_version(actor("admin"), "SC-001", version.number)
    with pytest.raises(NotFound):
        discard_version(actor("finance_manager"), "SC-001", version.number)
    assert draft().number == 3


def test_what_is_worth_knowing_of_a_diagram_is_told_beside_it() -> None:
    """A gateway without a default way can run, but it is said; what the version in effect has too is not said again."""
    assert version_view(actor("admin"), "SC-001", draft().number).warnings == ()
    text = changed(' default="opinion_skipped"', "").decode()
    flow = 'sourceRef="opinion_needed" targetRef="opinion_merge"'
    condition = "<bpmn:conditionExpression>opinion_required = false</bpmn:conditionExpression></bpmn:sequenceFlow>"
    assert f"{flow} />" in text
    version = draft(text.replace(f"{flow} />", f"{flow}>{condition}").encode())
    (told,) = version_view(actor("admin"), "SC-001", version.number).warnings
    assert "opinion_needed" in told


def test_a_discarded_draft_does_not_come_again_from_the_files(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(settings.HANDBOOK, tmp_path / "handbook"))
    bpmn = folder / "SC-001" / "process.bpmn"
    bpmn.write_text(bpmn.read_text().replace("审核策划书", "审阅策划书"))
    load_handbook(SYSTEM, folder)
    discard_version(actor("admin"), "SC-001", 2)
    assert load_handbook(SYSTEM, folder) == []
