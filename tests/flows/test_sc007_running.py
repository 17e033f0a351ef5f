"""SC-007.3 and .4: the log while the event runs, and the plan revised meanwhile (R11)."""

import io
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from huiqian.base import clock
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.documents.commands import upload_file
from huiqian.documents.models import Document, Signature
from huiqian.documents.tests.samples import PDF
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.marketing.commands import LogClosed, add_event_entry
from huiqian.marketing.models import EventEntry
from huiqian.marketing.queries import event_log_of
from huiqian.marketing.rules.happenings import EntryCard
from huiqian.notify.commands import deliver
from huiqian.notify.models import Notice
from huiqian.process.models import Instance
from huiqian.work.commands import copy_case, withdraw_case
from huiqian.work.models import Task
from huiqian.work.queries import case_view
from tests.events import (
    BOSS,
    HEAD,
    HELPERS,
    LEADER,
    ROW,
    TEAM,
    act,
    approved_report,
    end_event,
    photo,
    planned,
    revise,
    running,
    write_entry,
)
from tests.loop import newest
from tests.people import actor, answer, asked

COMPANY = pytest.mark.usefixtures("company")
NEW = {"person": "key_account_manager_3", "duty": "签到引导"}


def heard(login: str) -> list[bool]:
    """Whether somebody who was taken off the plan may still read the case, each time they heard of it."""
    deliver(actor("admin"), list(Entry.objects.values_list("pk", flat=True)))
    return [one.detail["reads"] for one in Notice.objects.filter(person__login=login, kind="taken_off")]


def plan_of(number: str) -> Document:
    return Document.objects.get(number=f"{number}-01")


@COMPANY
def test_a_revision_that_costs_no_more_takes_effect_at_once_and_the_event_goes_on() -> None:
    number = running(approved_report())
    act(number, HELPERS[0], "take_part", part_result="讲解完成。")
    revise(number, budget=[{**ROW, "price": "11000"}])
    assert asked(number) == {LEADER, HELPERS[1]}, "nobody is asked again for what is done"
    assert Task.objects.filter(instance__number=number, element="take_part").count() == 2, "nor for what is open"
    assert (plan_of(number).version_count, plan_of(number).status) == (2, "in_force")
    assert plan_of(number).versions.get(number=2).values["revision_note"] == "报名人数超出预期，增设分会场。"
    revise(number, "改回原预算。", budget=[{**ROW, "price": "12000"}])
    assert BOSS in asked(number), "more than the version in force"


@COMPANY
def test_a_revision_that_raises_the_budget_is_approved_again_and_the_log_goes_on_meanwhile() -> None:
    number = running(approved_report())
    act(number, LEADER, "carry_out", "revise")
    write_entry(number, HELPERS[0], "修订期间的记录。")
    act(number, LEADER, "revise", revision_note="增设分会场。", budget=[{**ROW, "price": "15000"}])
    assert asked(number) == {BOSS, *HELPERS}
    write_entry(number, HELPERS[1], "审批期间的记录。")
    answer(number, BOSS, "return", "请说明分会场的必要性。", to="revise")
    assert asked(number) == {LEADER, *HELPERS}
    act(number, LEADER, "revise", revision_note="两家设计院共 60 人临时报名。")
    answer(number, BOSS)
    assert asked(number) == {LEADER, *HELPERS}
    assert plan_of(number).version_count == 3
    assert plan_of(number).status == "in_force"
    signed = Signature.objects.filter(version__document=plan_of(number), step="approve_revision_regular")
    assert signed.filter(outcome="approve", void_at=None).count() == 1
    assert EventEntry.objects.count() == 2


@COMPANY
@pytest.mark.parametrize(
    ("changes", "again"),
    [
        ({"special_wish": True, "special_reason": "主管部门出席"}, HEAD),
        ({"budget": [{**ROW, "price": "120000"}]}, HEAD),
        ({"event_kind": "public"}, None), ({"venue": "苏州工业园区会议中心"}, None),
    ],
)  # fmt: skip
def test_a_revision_that_turns_the_event_special_goes_to_the_general_manager(
    changes: dict[str, object], again: str | None
) -> None:
    number = running(approved_report())
    revise(number, **changes)
    assert asked(number) == ({again, *HELPERS} if again else {LEADER, *HELPERS})


@COMPANY
def test_a_special_event_s_revision_is_approved_by_who_approved_it_and_only_where_it_costs_more() -> None:
    special = {"special_wish": True, "special_reason": "主管部门出席"}
    number = planned(approved_report(), special)
    answer(number, HEAD)
    revise(number, venue="太湖会议中心")
    assert asked(number) == {LEADER, *HELPERS}
    revise(number, budget=[{**ROW, "price": "13000"}])
    assert asked(number) == {HEAD, *HELPERS}


@COMPANY
def test_a_revision_says_why_and_lets_new_people_in() -> None:
    number = running(approved_report())
    act(number, LEADER, "carry_out", "revise")
    with pytest.raises(Invalid) as refused:
        act(number, LEADER, "revise", venue="别处")
    assert list(refused.value.errors) == ["revision_note"]
    with pytest.raises(NotFound):
        write_entry(number, str(NEW["person"]))
    act(number, LEADER, "revise", revision_note="人手不够。", team=[*TEAM, NEW])
    assert asked(number) == {LEADER, *HELPERS, NEW["person"]}
    write_entry(number, str(NEW["person"]), "签到开始。")
    act(number, str(NEW["person"]), "take_part", part_result="签到 86 人。")
    end_event(number)
    record = Document.objects.get(number=f"{number}-02").versions.get().values
    assert [row["duty"] for row in record["log_parts"]] == ["签到引导"]


@COMPANY
def test_who_is_taken_off_the_plan_has_no_part_any_more_and_may_come_back() -> None:
    number = running(approved_report())
    gone, stays = HELPERS[0], HELPERS[1:]
    act(number, LEADER, "carry_out", "revise")
    act(number, LEADER, "revise", revision_note="另有安排。", team=[row for row in TEAM if row["person"] != gone])
    assert asked(number) == {LEADER, *stays}
    parts = [item for item in case_view(actor(LEADER), number).timeline if item.login == gone]
    assert [(item.element, item.state) for item in parts] == [("take_part", "cancelled")]
    with pytest.raises(NotFound):
        case_view(actor(gone), number)
    assert heard(gone) == [False]
    act(number, LEADER, "carry_out", "revise")
    act(number, LEADER, "revise", revision_note="又能参加。", team=TEAM)
    assert asked(number) == {LEADER, *HELPERS}
    assert list(verify()) == []


@COMPANY
def test_who_is_taken_off_reads_on_where_something_else_lets_them() -> None:
    number = running(approved_report())
    copied, done = HELPERS
    copy_case(actor(LEADER), number, [copied])
    act(number, done, "take_part", part_result="讲解完成。")
    act(number, LEADER, "carry_out", "revise")
    act(number, LEADER, "revise", revision_note="另有安排。", team=[NEW])
    for login in HELPERS:
        assert case_view(actor(login), number).number == number
        assert heard(login) == [True]


@COMPANY
def test_the_log_is_written_by_those_who_take_part_while_the_event_runs() -> None:
    number = planned(approved_report())
    with pytest.raises(LogClosed):
        write_entry(number, LEADER, "还没开始。")
    answer(number, BOSS)
    write_entry(number, LEADER, "开场。", place="主会场")
    with pytest.raises(NotFound):
        write_entry(number, "finance_manager")
    with pytest.raises(Forbidden):
        write_entry(number, HEAD)
    write_entry(number, BOSS, "到场查看。")
    end_event(number)
    with pytest.raises(LogClosed):
        write_entry(number, HELPERS[0], "补记。")
    view = event_log_of(actor(HELPERS[0]), Instance.objects.get(number=number).pk)
    assert view is not None
    assert (view.open, [entry.author for entry in view.entries]) == (False, ["李强", "王丽"])
    assert list(verify()) == []


@COMPANY
def test_a_withdrawn_event_has_no_log_to_write() -> None:
    number = running(approved_report())
    withdraw_case(actor(LEADER), number, "场地取消")
    with pytest.raises(LogClosed):
        write_entry(number, HELPERS[0])


@COMPANY
@pytest.mark.parametrize(
    ("card", "field"),
    [
        ({"text": ""}, "text"), ({"text": "x" * 5001}, "text"), ({"place": "x" * 101}, "place"),
        ({"at": "yesterday"}, "at"), ({"at": "2026-02-30 10:00"}, "at"), ({"at": "2099-01-01 10:00"}, "at"),
        ({"photos": ("not-an-id",)}, "photos"), ({"photos": (str(uuid4()),)}, "photos"),
        ({"photos": tuple(str(uuid4()) for _n in range(21))}, "photos"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_is_told_at_its_field(card: dict[str, object], field: str) -> None:
    number = running(approved_report())
    with pytest.raises(Invalid) as refused:
        write_entry(number, LEADER, **card)  # type: ignore[arg-type]
    assert list(refused.value.errors) == [field]
    assert not EventEntry.objects.exists()


@COMPANY
def test_a_photo_that_is_none_or_somebody_else_s_is_refused_and_one_is_enough_for_an_entry() -> None:
    number = running(approved_report())
    paper = str(upload_file(actor(LEADER), "照片.png", io.BytesIO(PDF)).pk)
    for wrong in (paper, photo(HELPERS[0])):
        with pytest.raises(Invalid) as refused:
            write_entry(number, LEADER, photos=(wrong,))
        assert list(refused.value.errors) == ["photos"]
    entry = write_entry(number, LEADER, "", photos=(photo(LEADER),))
    fact = Entry.objects.get(kind="event_entry_added")
    assert fact.detail["photos"] == [str(entry.photos[0])]
    assert fact.chain == f"case:{Instance.objects.get(number=number).pk}"


@COMPANY
def test_an_entry_sent_twice_is_one_and_the_past_may_be_written_down() -> None:
    number = running(approved_report())
    key, before = uuid4(), clock.now() - timedelta(hours=3)
    late = EntryCard(text="上午的情况。", at=f"{before.astimezone(clock.COMPANY_ZONE):%Y-%m-%d %H:%M}")
    write_entry(number, LEADER, "下午的情况。")
    first, again = (add_event_entry(actor(LEADER), number, late, key) for _n in range(2))
    assert first.pk == again.pk
    view = event_log_of(actor(LEADER), Instance.objects.get(number=number).pk)
    assert view is not None
    assert [entry.text for entry in view.entries] == ["下午的情况。", "上午的情况。"]


def test_of_entries_written_at_once_none_is_lost(real_company: None) -> None:
    number = running(approved_report())
    failed: list[BaseException] = []

    def write(login: str) -> None:
        try:
            for turn in range(5):
                write_entry(number, login, f"{login} {turn}", photos=(photo(login),))
        except BaseException as trouble:
            failed.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(login,)) for login in (LEADER, *HELPERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    entries = list(EventEntry.objects.order_by("number"))
    assert [entry.number for entry in entries] == list(range(1, 16))
    assert all(len(entry.photos) == 1 for entry in entries)
    end_event(number)
    record = Document.objects.get(number=f"{number}-02").versions.get()
    assert len(record.values["log_entries"]) == 15
    assert record.values["log_photos"], "the same picture is one content, yet every photo is a file of its own"
    assert len(record.values["log_photos"]) == 15
    assert list(verify()) == []


@COMPANY
def test_material_is_asked_for_where_it_is_wanted_and_again_only_for_something_new() -> None:
    wanted = {
        "material_wanted": True, "material_topic": "交流会折页", "material_type": "leaflet",
        "material_content": "面向设计院，突出低噪声。", "material_needed_by": "2099-03-05",
    }  # fmt: skip
    number = running(approved_report(), wanted)
    made = newest("SC-006")
    data = Instance.objects.get(number=made).data
    assert (data["topic"], data["material_type"], data["content"], data["needed_by"]) == (
        "交流会折页", "leaflet", "面向设计院，突出低噪声。", "2099-03-05",
    )  # fmt: skip
    assert asked(made) == {"key_account_director"}
    revise(number, venue="别处")
    assert newest("SC-006") == made
    revise(number, material_content="另需展架。", material_type="display")
    assert newest("SC-006") != made
