"""Pages of schedules and incidents: what is wrong is shown at its place, failures are retried from the page."""

from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.clock import COMPANY_ZONE
from huiqian.org.models import Person
from huiqian.process.commands import start_scheduled
from huiqian.process.models import Incident, Schedule, ScheduleRun
from huiqian.work.commands import start_case
from tests.flows.small import load_line, step
from tests.people import actor

SERVICE = """<serviceTask id="go" name="下达" hq:operation="start_process"><extensionElements>
<hq:input name="process" value="&quot;T-702&quot;"/></extensionElements></serviceTask>"""
SAID = {
    "enabled": "1", "rule": "monthly", "day": "31", "weekday": "1", "month": "1", "at": "09:00", "starter": "",
    "based_on": "0", "name": ["topic"], "text": ["occurrence"],
}  # fmt: skip


@pytest.fixture
def admin(company: None) -> Client:
    """The administrator's browser."""
    client = Client()
    client.force_login(Person.objects.get(login="admin"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_schedule_is_entered_corrected_and_a_failed_turn_retried(admin: Client, tmp_path: Path) -> None:
    load_line(tmp_path, "T-701", step("plan"))
    wrong = admin.post("/schedules/T-701", {**SAID, "at": "9点", "text": ["1 +"]})
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert 'id="error-at"' in page
    assert 'id="error-values-1"' in page
    assert 'id="error-weekday"' not in page
    with clock.moved_to(datetime(2027, 1, 4, 10, tzinfo=COMPANY_ZONE)):
        admin.post("/schedules/T-701", SAID)
        page = admin.get("/schedules/T-701").content.decode()
    assert "2027-01-31 09:00 星期日" in page
    assert page.count("休息日") == 2  # 31 January and 28 February
    run = ScheduleRun.objects.create(
        schedule_id=_schedule(), occurrence="2026-12-31", reason_zh="没有人", reason_en="nobody", tried_at=clock.now()
    )
    assert "没有人" in admin.get("/schedules/T-701").content.decode()
    assert "发起失败" in admin.get("/schedules").content.decode()
    assert admin.post(f"/schedules/turns/{run.pk}/attempts").status_code == 303
    run.refresh_from_db()
    assert run.case is not None
    assert run.case.number in admin.get("/schedules/T-701").content.decode()
    with clock.moved_to(datetime(2027, 1, 31, 9, tzinfo=COMPANY_ZONE)):
        assert start_scheduled(SYSTEM)


def _schedule() -> int:

    return Schedule.objects.get(definition__code="T-701").pk


def test_an_incident_is_shown_in_words_and_retried(admin: Client, tmp_path: Path) -> None:
    load_line(tmp_path, "T-700", step("draft"), SERVICE, step("after"))
    number = start_case(actor("marketing_manager"), "T-700", {}).number
    incident = Incident.objects.get(instance__number=number)
    for address in ("/incidents", f"/cases/{number}"):
        assert "流程 T-702 没有生效的版本。" in admin.get(address).content.decode()
    assert "再次失败" in admin.post(f"/incidents/{incident.pk}/attempts", follow=True).content.decode()
    load_line(tmp_path, "T-702", step("do"))
    again = Incident.objects.get(instance__number=number, solved_at=None)
    admin.post(f"/incidents/{again.pk}/attempts")
    assert "没有停住的单据" in admin.get("/incidents").content.decode()


def test_a_case_is_suspended_from_its_page_and_goes_on(admin: Client, tmp_path: Path) -> None:
    load_line(tmp_path, "T-703", step("draft"), step("after"))
    number = start_case(actor("marketing_manager"), "T-703", {}).number
    assert "暂停单据" in admin.get(f"/cases/{number}").content.decode()
    refused = admin.post(f"/cases/{number}/suspension", {"reason": " "})
    assert refused.status_code == 422
    assert 'id="suspension" aria-labelledby="suspension-title" data-shown' in refused.content.decode()
    assert "请填写暂停的原因" in refused.content.decode()
    admin.post(f"/cases/{number}/suspension", {"reason": "等总部通知"})
    assert "恢复办理" in admin.get(f"/cases/{number}").content.decode()
    admin.post(f"/cases/{number}/resumption")
    assert "暂停单据" in admin.get(f"/cases/{number}").content.decode()
