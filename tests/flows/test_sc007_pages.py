"""SC-007 on the pages: the log on the case's page, templates and their rolling out, what is printed."""

import io
from uuid import uuid4

import pytest
from django.test import Client

from huiqian.documents.commands import upload_file
from huiqian.documents.printing import print_document
from huiqian.documents.tests.samples import PDF
from huiqian.marketing.commands import close_event_template
from huiqian.marketing.models import EventEntry, EventLog
from huiqian.org.models import Person
from huiqian.process.models import Instance
from tests.events import (
    HEAD,
    HELPERS,
    LEADER,
    approved_report,
    bare_template,
    end_event,
    photo,
    running,
    sum_up,
    template_of,
    write_entry,
)
from tests.people import actor

pytestmark = pytest.mark.usefixtures("company")


def client_of(login: str) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_who_takes_part_writes_on_the_page_and_who_looks_on_reads() -> None:
    number = running(approved_report())
    helper, picture = client_of(HELPERS[0]), photo(HELPERS[0])
    page = helper.get(f"/cases/{number}").content.decode()
    assert "entry-form" in page
    sent = {
        "key": str(uuid4()), "text": "签到 42 人。", "place": "大厅", "at": "2026-01-05T09:10", "photos": [picture],
    }  # fmt: skip
    answers = [helper.post(f"/cases/{number}/entries", sent) for _n in range(2)]
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {(303, f"/cases/{number}#event-log")}
    entry = EventEntry.objects.get()
    assert (entry.place, entry.author_name, f"{entry.happened_at:%H:%M}") == ("大厅", "刘洋", "01:10")
    watching = client_of(HEAD).get(f"/cases/{number}").content.decode()
    assert "签到 42 人。" in watching
    assert "entry-form" not in watching
    assert client_of(HEAD).get(f"/files/{picture}").status_code == 200, "who reads the case sees its photos"
    assert client_of("finance_manager").get(f"/files/{picture}").status_code == 404


def test_what_is_wrong_stands_next_to_the_field_and_nothing_typed_is_lost() -> None:
    number = running(approved_report())
    paper = str(upload_file(actor(LEADER), "说明.pdf", io.BytesIO(PDF)).pk)
    sent = {"key": "no-key", "text": "开场。", "place": "主会场", "at": "2099-01-01T10:00", "photos": [paper]}
    answer = client_of(LEADER).post(f"/cases/{number}/entries", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“说明.pdf”不是照片。" in page
    assert "时间在将来。请记录已经发生的情况。" in page
    assert "开场。</textarea>" in page
    assert 'value="主会场"' in page
    assert paper in page
    assert not EventEntry.objects.exists()
    end_event(number)
    closed = client_of(LEADER).post(f"/cases/{number}/entries", {**sent, "photos": [], "at": ""})
    assert closed.status_code == 409
    assert "活动已结束或尚未开始" in closed.content.decode()


def test_a_long_log_shows_the_latest_first_and_all_of_it_when_asked() -> None:
    number = running(approved_report())
    for turn in range(33):
        write_entry(number, LEADER, f"第 {turn + 1} 条")
    page = client_of(LEADER)
    short = page.get(f"/cases/{number}/entries").content.decode()
    assert "第 33 条" in short
    assert "第 3 条" not in short
    assert "显示更早的 3 条记录" in short
    assert "第 1 条" in page.get(f"/cases/{number}/entries", {"all": "1"}).content.decode()


def test_a_template_is_found_read_rolled_out_and_retired_on_its_pages() -> None:
    code = template_of(approved_report(), "设计院交流会样板")
    page = client_of(LEADER)
    for search in ("设计院", "shejiyuan", code, "SC-007"):
        assert "设计院交流会样板" in page.get("/event-templates", {"search": search}).content.decode()
    assert "设计院交流会样板" not in page.get("/event-templates", {"kind": "public"}).content.decode()
    assert "技术交流会" in page.get("/event-templates", {"kind": "exchange"}).content.decode()
    twice = page.post(f"/event-templates/{code}/events", {"key": str(uuid4()), "cities": "南京、南京"})
    assert twice.status_code == 422
    assert "“南京”填写了两次。" in twice.content.decode()
    assert "南京、南京</textarea>" in twice.content.decode()
    key = str(uuid4())
    for _n in range(2):
        sent = page.post(f"/event-templates/{code}/events", {"key": key, "cities": "南京\r\n无锡"})
        assert sent.status_code == 303
    assert EventLog.objects.filter(template__code=code).count() == 2
    shown = page.get(f"/event-templates/{code}").content.decode()
    assert "无锡" in shown
    assert f"SC-007-{Instance.objects.latest('pk').number[7:11]}-0003" in shown
    other = client_of("finance_manager").get(f"/event-templates/{code}").content.decode()
    assert "无权查看" in other
    assert "roll-out-title" not in other
    assert page.post(f"/event-templates/{code}/state", {"state": "closed"}).status_code == 303
    assert "roll-out-title" not in page.get(f"/event-templates/{code}").content.decode()
    late = page.post(f"/event-templates/{code}/events", {"key": str(uuid4()), "cities": "合肥"})
    assert late.status_code == 409
    assert "此样板已停用" in late.content.decode()
    assert "设计院交流会样板" in page.get("/event-templates", {"state": "closed"}).content.decode()


def test_a_template_of_an_older_form_still_shows() -> None:
    number = running(approved_report())
    bare_template(f"{number}-01")
    assert client_of(LEADER).get("/event-templates/ET-001").status_code == 200
    close_event_template(actor(LEADER), "ET-001")
    assert client_of(LEADER).get("/event-templates/ET-001").status_code == 200


def test_every_document_of_an_event_is_printed() -> None:
    number = running(approved_report())
    write_entry(number, HELPERS[0], "签到 42 人。\n资料袋发放 40 份。", photos=(photo(HELPERS[0]),))
    end_event(number)
    sum_up(number)
    for place in ("01", "02", "03", "04"):
        printed = print_document(actor(LEADER), f"{number}-{place}")
        assert printed.content.startswith(b"%PDF-"), place
