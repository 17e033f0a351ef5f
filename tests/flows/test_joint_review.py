"""G2 from end to end: the handbook's folder changes, five positions agree, the next case runs by the new version."""

import re
import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.journal.models import Entry
from huiqian.notify.commands import deliver
from huiqian.notify.models import Notice
from huiqian.org.commands import appoint_deputy
from huiqian.org.models import Person
from huiqian.process.commands import (
    load_handbook,
    refuse_version,
    remind_reviewers,
    submit_version,
    withdraw_version,
)
from huiqian.process.models import Instance, Version
from huiqian.process.opinions import said_reviews
from huiqian.process.reviews import waiting_reviews
from huiqian.work.queries import inbox, inbox_counts
from tests.api.program import Program
from tests.people import actor, answer, asked, start
from tests.versions import REVIEWERS, agree, in_effect, submitted

pytestmark = pytest.mark.usefixtures("company")


def _client(login: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _load_changed(tmp_path: Path) -> Version:
    """The folder on disk says that the business unit manager, not the product marketing manager, reviews first."""
    folder = Path(shutil.copytree(settings.HANDBOOK, tmp_path / "handbook"))
    bpmn = folder / "SC-001" / "process.bpmn"
    text = bpmn.read_text()
    place = "<bpmn:flowNodeRef>review</bpmn:flowNodeRef>"
    text = text.replace(place, "", 1).replace(
        "<bpmn:flowNodeRef>budget</bpmn:flowNodeRef>", f"{place}<bpmn:flowNodeRef>budget</bpmn:flowNodeRef>", 1
    )
    bpmn.write_text(text)
    assert load_handbook(SYSTEM, folder) == ["SC-001"]
    assert load_handbook(SYSTEM, folder) == []
    return Version.objects.select_related("definition").get(definition__code="SC-001", status="draft")


def test_a_changed_folder_takes_effect_when_all_five_have_agreed(tmp_path: Path) -> None:
    running = start()
    version = _load_changed(tmp_path)
    submit_version(actor("admin"), "SC-001", version.number, note="改由事业部经理审核。")
    agree(version, *REVIEWERS[:4])
    assert asked(start()) == {"product_marketing_director"}
    agree(version, REVIEWERS[4])
    following = start()
    assert asked(following) == {"business_unit_director"}
    assert asked(running) == {"product_marketing_director"}
    answer(running, "product_marketing_director")
    assert Instance.objects.get(number=running).version.number == 1
    assert Instance.objects.get(number=following).version.number == 2


def test_a_new_process_is_found_where_processes_are_with_what_to_do(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(settings.HANDBOOK, tmp_path / "handbook"))
    shutil.copytree(folder / "SC-009", folder / "SC-010")
    for name in ("process.json", "process.bpmn"):
        file = folder / "SC-010" / name
        file.write_text(file.read_text().replace("SC-009", "SC-010"))
    load_handbook(SYSTEM, folder)
    address = "/processes/SC-010/versions/1"
    admin, other = _client("admin"), _client("general_manager")
    page = admin.get("/processes").content.decode()
    assert address in page
    assert "尚未生效：请核对内容，然后提交联合审核。" in page
    assert address in admin.get("/processes/SC-010").content.decode()
    assert admin.get(address).status_code == admin.get("/processes/SC-010/versions/new").status_code == 200
    assert "SC-010" not in other.get("/processes").content.decode()
    assert other.get("/processes/SC-010").status_code == other.get(address).status_code == 404
    submit_version(actor("admin"), "SC-010", 1, note="新流程。")
    assert "正在征求各审核岗位的意见" in other.get("/processes").content.decode()
    assert other.get("/processes/SC-010").status_code == other.get(address).status_code == 200
    assert agree(Version.objects.get(definition__code="SC-010")).status == "in_effect"
    assert "SC-010" in _client("finance_manager").get("/processes").content.decode()


def test_it_shows_where_people_work_until_they_have_spoken() -> None:
    me = actor("general_manager")
    before = inbox_counts(me)
    version = submitted()
    assert inbox_counts(me).open == before.open + 1
    assert [(one.code, one.number, one.agreed, one.asked) for one in waiting_reviews(me)] == [("SC-001", 2, 0, 5)]
    page = _client("general_manager").get("/tasks").content.decode()
    assert "/processes/SC-001/versions/2" in page
    assert "/processes/SC-001/versions/2" not in _client("marketing_manager").get("/tasks").content.decode()
    assert "/processes/SC-001/versions/2" not in _client("general_manager").get("/tasks?search=SC-002").content.decode()
    agree(version, "general_manager")
    assert inbox_counts(me) == before
    assert waiting_reviews(me) == ()


def _titles(login: str, address: str) -> list[str]:
    """The rows of a page by where they lead, from top to bottom."""
    page = _client(login).get(address).content.decode()
    return re.findall(r'<h[23] class="row-title"><a [^>]*href="([^"?]+)', page)


def test_what_one_said_stands_among_what_one_did_in_its_order() -> None:
    me, link = "product_marketing_director", "/processes/SC-001/versions/2"
    earlier, later = start(), start()
    answer(earlier, me)
    version = agree(submitted(), me)
    answer(later, me)
    assert _titles(me, "/tasks?tab=done") == [f"/cases/{later}", link, f"/cases/{earlier}"]
    assert _titles(me, "/tasks?tab=done&search=审阅") == [link]
    assert _titles(me, "/tasks?tab=done&process=SC-002") == []
    assert link not in _titles("general_manager", "/tasks?tab=done")
    agree(version, "general_manager")
    withdraw_version(actor("admin"), "SC-001", 2, "再改。")
    assert _titles("general_manager", "/tasks?tab=done") == [link]


def test_each_page_of_what_one_did_has_the_reviews_of_its_time() -> None:
    me, link = "product_marketing_director", "/processes/SC-001/versions/2"
    number = start()
    agree(submitted(), me)
    answer(number, me)
    newest, said = inbox(actor(me), "done").rows[0], said_reviews(actor(me))[0]
    assert (newest.case_number, said.number, said.agrees) == (number, 2, True)
    assert newest.decided_at is not None
    after = urlencode({"tab": "done", "after": f"{newest.decided_at.isoformat()}~{newest.assignment_id}"})
    assert _titles(me, f"/tasks?{after}") == [link]
    assert said_reviews(actor(me), since=newest.decided_at) == ()
    assert said_reviews(actor(me), until=said.decided_at) == ()
    assert said_reviews(actor(me), since=said.decided_at) == (said,)


def _name(login: str) -> str:
    return Person.objects.get(login=login).name


def test_a_deputys_word_stands_with_both() -> None:
    today = clock.today()
    appoint_deputy(actor("technical_director"), "technical_director", "graphic_designer", since=today, until=today)
    refuse_version(actor("graphic_designer"), "SC-001", submitted().number, "含义不清。")
    (own,), (others,) = said_reviews(actor("graphic_designer")), said_reviews(actor("technical_director"))
    assert (own.agrees, own.behalf, own.said_by) == (False, _name("technical_director"), "")
    assert (others.agrees, others.behalf, others.said_by) == (False, "", _name("graphic_designer"))


def test_the_search_finds_the_reviews_that_one_may_read() -> None:
    link = "/processes/SC-001/versions/2"
    version = submitted()

    def found(login: str, words: str) -> bool:
        return link in _titles(login, f"/search?{urlencode({'q': words})}")

    assert found("general_manager", "SC-001 审阅")
    assert found("general_manager", "市场调研策划")
    assert not found("general_manager", "SC-002 审阅")
    assert not found("finance_manager", "SC-001 审阅")
    agree(version)
    assert found("finance_manager", "SC-001 审阅")


def test_a_tick_that_runs_twice_reminds_nobody_twice() -> None:
    version = submitted()
    with clock.moved_to(version.reviews.get().due_at + timedelta(minutes=1)):
        assert [remind_reviewers(SYSTEM), remind_reviewers(SYSTEM)] == [1, 0]
        entries = list(Entry.objects.filter(kind="review_overdue").values_list("pk", flat=True))
        deliver(SYSTEM, entries)
        deliver(SYSTEM, entries)
    assert Notice.objects.filter(kind="review_overdue").count() == len(REVIEWERS)


def test_what_is_missing_is_told_in_the_dialog_and_nothing_is_lost() -> None:
    submitted()
    page = _client("technical_director").post("/processes/SC-001/versions/2/opinion", {"outcome": "refuse"})
    assert page.status_code == 422
    assert 'id="refusal" aria-labelledby="refusal-title" data-shown' in page.content.decode()
    admin = _client("admin")
    page = admin.post("/processes/SC-001/versions/2/withdrawal", {"reason": ""})
    assert page.status_code == 422
    admin.post("/processes/SC-001/versions/2/withdrawal", {"reason": "再改。"})
    page = admin.post("/processes/SC-001/versions/2/submission", {"note": "已补充。", "effective_on": "明天"})
    assert page.status_code == 422
    assert "已补充。" in page.content.decode()


def test_others_read_what_is_in_effect_and_nothing_before() -> None:
    version, outsider = submitted(), _client("finance_manager")
    assert outsider.get("/processes/SC-001/versions/2").status_code == 404
    assert "/versions/2" not in outsider.get("/processes/SC-001").content.decode()
    agree(version)
    assert outsider.get("/processes/SC-001/versions/2").status_code == 200


def _reads_the_first(login: str) -> set[int]:
    """What the pages and the API answer somebody who asks for the retired first version of SC-001."""
    client, program = _client(login), Program(login)
    pages = ("", "/bpmn", "/folder")
    listed = [one["number"] for one in program.get("/processes/SC-001/versions").json()]
    assert (1 in listed) == ("/processes/SC-001/versions/1" in client.get("/processes/SC-001").content.decode())
    codes = {client.get(f"/processes/SC-001/versions/1{page}").status_code for page in pages}
    codes.add(program.get("/processes/SC-001/versions/1").status_code)
    return codes | ({200} if 1 in listed else {404})


def test_what_is_retired_is_for_those_who_read_its_cases_review_or_prepare_versions() -> None:
    number, version, today = start(), submitted(), clock.today()
    agree(version)
    answer(number, "product_marketing_director")
    readers = {"business_unit_director": 200, "marketing_manager": 200, "project_director": 200, "admin": 200}
    others = {"finance_manager": 404, "graphic_designer": 404, "purchasing_officer": 404}
    assert {login: _reads_the_first(login) for login in readers | others} == {
        login: {code} for login, code in (readers | others).items()
    }
    appoint_deputy(actor("project_director"), "project_director", "graphic_designer", since=today, until=today)
    assert _reads_the_first("graphic_designer") == {200}


def test_how_a_retired_version_looked_is_not_drawn_for_those_who_may_not_read_it() -> None:
    agree(submitted())
    page = "/processes/SC-001/versions/2"
    readers, others = (_client(login).get(page).content.decode() for login in ("project_director", "finance_manager"))
    assert "审阅策划书" in others
    assert ('id="before-title"' in readers, 'id="before-title"' in others) == (True, False)


def test_a_program_reads_submits_and_agrees(tmp_path: Path) -> None:
    version = _load_changed(tmp_path)
    admin, manager = Program("admin"), Program("general_manager")
    assert [one["status"] for one in admin.get("/processes/SC-001/versions").json()] == ["draft", "in_effect"]
    assert [one["status"] for one in manager.get("/processes/SC-001/versions").json()] == ["in_effect"]
    path = f"/processes/SC-001/versions/{version.number}"
    assert admin.post(f"{path}/submission", {"note": ""}).json()["errors"].keys() == {"note"}
    sent = admin.post(f"{path}/submission", {"note": "改由事业部经理审核。"}, key="one").json()
    assert sent["status"] == "in_review"
    assert any("事业部经理" in one["sentence"] for one in sent["changes"])
    assert admin.post(f"{path}/submission", {"note": "改由事业部经理审核。"}, key="one").json() == sent
    said = manager.post(f"{path}/opinion", {"agrees": True, "opinion": "同意。"}).json()
    assert said["reviews"][0]["opinions"][0] | {"given_at": ""} == {
        "position": "general_manager", "agrees": True, "opinion": "同意。", "person": "周志远", "behalf": "",
        "given_at": "", "asked": [], "yours": False,
    }  # fmt: skip
    assert manager.post(f"{path}/opinion", {"agrees": True}).json()["code"] == "opinion-stands"
    for login in REVIEWERS[1:]:
        Program(login).post(f"{path}/opinion", {"agrees": True})
    assert in_effect().number == version.number


def test_what_is_coming_shows_on_the_processes_to_those_who_prepare_or_review_it(tmp_path: Path) -> None:
    link = "/processes/SC-001/versions/2"

    def told(login: str) -> set[str]:
        pages = ("/processes", "/processes/SC-001")
        return {page for page in pages if link in _client(login).get(page).content.decode()}

    version = _load_changed(tmp_path)
    both = {"/processes", "/processes/SC-001"}
    assert (told("admin"), told("marketing_manager"), told("general_manager")) == (both, both, set())
    submit_version(actor("admin"), "SC-001", version.number, note="改由事业部经理审核。")
    assert (told("admin"), told("general_manager"), told("finance_manager")) == (both, both, set())
