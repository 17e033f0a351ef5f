"""Decision tables and the schedule belong to a version: nothing of a draft is in force, and what is stays reviewed."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import translation

from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Invalid, Stale
from huiqian.feel.dmn import read_model
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.process.commands import load_handbook, save_decision, save_schedule, submit_version
from huiqian.process.models import Decision, DecisionVersion, Instance, Schedule, Version
from huiqian.process.queries import decision_tables, decision_view, process_view
from huiqian.process.replay import replay
from huiqian.process.reviews import version_view
from huiqian.process.sources import ABOUT
from huiqian.process.tables import view_of
from tests.people import actor, answer, asked, budget, start
from tests.versions import agree, draft, folder_of, in_effect

pytestmark = pytest.mark.usefixtures("company")
KEY = "general_manager_opinion"
REGULAR = '<outputEntry id="rule_regular_opinion_required"><text>{}</text></outputEntry>'
# Plans of the regular kind go to the general manager, too.
STRICTER = {f"{KEY}_dmn": (REGULAR.format("false"), REGULAR.format("true"))}


def _brought(**changes: tuple[str, str] | Callable[[str], str]) -> Version:
    """A draft of SC-001's folder with some files changed."""
    return draft(folder_of(**changes), file="SC-001.zip")


def _effective(version: Version) -> Version:
    submit_version(actor("admin"), version.definition.code, version.number, note="改规则。")
    return agree(version)


def _newest(key: str = KEY) -> DecisionVersion:
    return DecisionVersion.objects.filter(decision__key=key).latest("number")


def _edit(change: str = "true", based_on: int = 1) -> DecisionVersion:
    """The administrator says what the rule for regular plans answers."""
    rows = view_of(read_model(_newest().dmn.encode()), KEY).rows
    edited = [replace(row, outputs=(change,)) if row.id == "rule_regular" else row for row in rows]
    return save_decision(actor("admin"), "SC-001", KEY, edited, based_on=based_on, note="常规也报。")


def _goes_up(number: str) -> bool:
    """Whether a case is asked of the general manager."""
    answer(number, "product_marketing_director")
    answer(number, "business_unit_director", values=budget(number))
    return asked(number) == {"general_manager"}


def _sentences(version: Version) -> str:
    with translation.override("zh-hans"):
        view = version_view(actor("admin"), version.definition.code, version.number)
    assert view.differences is not None
    return "\n".join(one.sentence for part in view.differences.parts for one in part.changes)


def test_a_table_of_a_draft_decides_nothing_and_one_in_effect_decides_for_new_cases() -> None:
    version = _brought(**STRICTER)
    running = start(kind="regular")
    submit_version(actor("admin"), "SC-001", version.number, note="常规也报。")
    assert (_newest().number, _newest().brought_by) == (1, in_effect())
    assert agree(version).status == "in_effect"
    following = start(kind="regular")
    assert (_newest().number, _newest().brought_by) == (2, version)
    assert not _goes_up(running)
    assert _goes_up(following)
    fact = Entry.objects.filter(chain="process:SC-001", kind="decision_saved").latest("pk")
    assert (fact.detail["version"], fact.detail["brought_by"]) == (2, version.number)
    assert list(verify()) == []


def test_what_an_administrator_has_set_stays_where_a_version_says_nothing_else() -> None:
    edited = _edit()
    version = _effective(_brought(plan_json=("调研主题", "调研题目")))
    assert version.status == "in_effect"
    assert _newest() == edited
    assert _goes_up(start(kind="regular"))


def test_a_version_that_says_the_rules_otherwise_takes_the_place_of_the_administrators() -> None:
    _edit()
    rule = '<outputEntry id="rule_monthly_opinion_required"><text>true</text></outputEntry>'
    version = _brought(**{f"{KEY}_dmn": (rule, rule.replace("true", "false"))})
    said = _sentences(version)
    assert "管理员" in said
    # Beside today's rules, not the first ones.
    assert "“是否须总经理审核”第 1 条规则由“计划类型：常规 → 须总经理审核：是”改为" in said
    assert "“是否须总经理审核”第 3 条规则由“计划类型：月度 → 须总经理审核：是”改为" in said
    _effective(version)
    assert not _goes_up(start(kind="regular"))


def test_a_table_that_is_written_anew_and_decides_the_same_changes_nothing() -> None:
    edited = _edit()
    version = _brought(**{f"{KEY}_dmn": ("</definitions>", "<!-- 说明 --></definitions>")})
    assert "规则不变" in _sentences(version)
    _effective(version)
    assert _newest() == edited


def test_a_table_that_is_new_is_not_there_before_its_version() -> None:
    dmn = in_effect().content["decisions"][KEY]["dmn"].replace(f'"{KEY}"', '"second_opinion"')
    said = in_effect()
    files = folder_of(process_json=_names_table, general_manager_opinion_dmn=lambda text: text)
    version = draft(_with_file(files, "second_opinion.dmn", dmn), file="SC-001.zip")
    assert not Decision.objects.filter(key="second_opinion").exists()
    assert "新增决策表“再看一次”" in _sentences(version)
    assert said == in_effect()
    _effective(version)
    assert _newest("second_opinion").brought_by == version
    assert {one.key for one in process_view(actor("admin"), "SC-001").decisions} == {KEY, "second_opinion"}


def _names_table(text: str) -> str:
    new = '"second_opinion": {"file": "second_opinion.dmn", "name": {"zh": "再看一次"}},'
    return text.replace('"decisions": {', f'"decisions": {{{new}', 1)


def _with_file(body: bytes, name: str, text: str) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    packed = BytesIO(body)
    with ZipFile(packed, "a") as archive:
        archive.writestr(f"SC-001/{name}", text)
    return packed.getvalue()


def test_a_table_that_is_asked_no_more_stays_for_the_cases_that_ask_it() -> None:
    running = start(kind="annual")
    version = draft(_without_the_table(), file="SC-001.zip")
    assert "取消决策表“是否须总经理审核”" in _sentences(version)
    _effective(version)
    assert KEY not in {row.key for row in decision_tables()}
    assert not decision_view(actor("admin"), "SC-001", KEY).asked
    with pytest.raises(Stale):
        _edit()
    assert _goes_up(running)
    assert Instance.objects.get(number=start(kind="annual")).decisions == {}


def _without_the_table() -> bytes:
    """The folder in effect, the general manager asked in any case."""
    bpmn = in_effect().bpmn
    first = bpmn.index('<bpmn:businessRuleTask id="opinion_rule"')
    task = bpmn[first : bpmn.index("</bpmn:businessRuleTask>", first) + len("</bpmn:businessRuleTask>")]
    script = task.replace("businessRuleTask", "manualTask").replace(f' hq:decision="{KEY}"', "")
    script = script.replace(' hq:result="opinion_required"', "")
    text = bpmn.replace(task, script).replace("opinion_required = true", "true").replace("opinion_required", "true")
    return folder_of(process_bpmn=lambda _old: text, process_json=_names_no_table)


def _names_no_table(text: str) -> str:
    import json

    said = json.loads(text)
    del said["decisions"]
    return json.dumps(said, ensure_ascii=False)


def test_the_replay_walks_by_the_tables_that_the_version_brings() -> None:
    start(kind="regular")
    version = _brought(**STRICTER)
    found = replay(actor("admin"), "SC-001", version.number)
    assert [(one.count, len(one.more), one.less) for one in found.detours] == [(1, 1, ())]


@pytest.mark.parametrize(
    ("code", "changes", "told"),
    [
        ("SC-001", {"process_json": _names_no_table}, KEY),
        ("SC-001", {f"{KEY}_dmn": ("<text>false</text>", "<text>false(</text>")}, ""),
        ("SC-001", {f"{KEY}_dmn": (f'<decision id="{KEY}"', '<decision id="another"')}, KEY),
        ("SC-004", {"process_json": ('"day": 26', '"day": 32')}, "schedule.day"),
        ("SC-004", {"process_json": ('"at": "09:00"', '"at": "noon"')}, "schedule.at"),
        ("SC-004", {"process_json": ('"schedule": {', '"starter": "nobody", "schedule": {')}, "nobody"),
    ],
)
def test_what_cannot_be_put_in_force_is_no_draft(code: str, changes: dict[str, tuple[str, str]], told: str) -> None:
    with pytest.raises(Invalid) as refusal:
        draft(folder_of(code, **changes), code=code, file=f"{code}.zip")
    assert any(told in str(one) for one in refusal.value.errors["file"])


def _planned(old: str, new: str) -> Version:
    return draft(folder_of("SC-004", process_json=(old, new)), code="SC-004", file="SC-004.zip")


def _schedule() -> Schedule:
    return Schedule.objects.get(definition__code="SC-004")


def test_a_schedule_of_a_draft_begins_nothing_and_one_in_effect_does() -> None:
    version = _planned('"day": 26', '"day": 25')
    assert (_schedule().day, _schedule().revision) == (26, 1)
    assert "“每月 26 日 09:00”" in (said := _sentences(version))
    assert "“每月 25 日 09:00”" in said
    _effective(version)
    assert (_schedule().day, _schedule().revision, _schedule().next_at.day) == (25, 2, 25)


def test_what_an_administrator_has_set_of_the_schedule_stays_too() -> None:
    values = _schedule().values
    save_schedule(
        actor("admin"), "SC-004", enabled=True, rule="monthly", day="20", at="08:30", values=values, based_on=1
    )
    _effective(_planned('"name": {\n    "zh": "销售计划制订、审批流程"', '"name": {\n    "zh": "销售计划流程"'))
    assert (_schedule().day, _schedule().revision) == (20, 2)
    version = _planned('"day": 26', '"day": 25')
    assert "管理员" in (said := _sentences(version))
    assert "“每月 20 日 08:30”" in said


def test_a_schedule_that_is_said_no_more_is_off() -> None:
    def without(text: str) -> str:
        import json

        said = json.loads(text)
        del said["schedule"]
        return json.dumps(said, ensure_ascii=False)

    version = draft(folder_of("SC-004", process_json=without), code="SC-004", file="SC-004.zip")
    assert "不再自动开始" in _sentences(version)
    _effective(version)
    assert not _schedule().enabled


def test_versions_from_before_are_given_their_tables_and_known_again() -> None:
    """The migration of a database with data: a folder that says the same is no draft afterwards."""
    migration = import_module("huiqian.process.migrations.0007_tables_of_versions")
    _edit()
    before = {one.pk: (one.content, one.digest) for one in Version.objects.all()}
    # Versions were not held fast yet when it ran.
    with connection.cursor() as cursor:
        cursor.execute("alter table process_version disable trigger process_version_stays")
    migration.empty(apps, None)
    assert not any("decisions" in one.content or "schedule" in one.content for one in Version.objects.all())
    migration.fill(apps, None)
    assert {one.pk: (one.content, one.digest) for one in Version.objects.all()} == before
    assert all(ABOUT in content for content, _digest in before.values())
    assert load_handbook(SYSTEM, settings.HANDBOOK) == []
