"""The register of event templates: what an event leaves, how it is rolled out, retired, renewed."""

from uuid import uuid4

import pytest
from django.utils import translation

from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.documents.models import Document, Enclosure
from huiqian.journal.queries import verify
from huiqian.marketing.commands import Retired, close_event_template, reopen_event_template, start_events
from huiqian.marketing.models import EventLog, EventTemplate
from huiqian.marketing.queries import event_templates, events_of
from huiqian.marketing.rules.happenings import read_cities
from huiqian.process.models import Instance, InstanceLink
from huiqian.work.queries import task_view
from tests.events import (
    BOSS,
    LEADER,
    approved_report,
    cite,
    end_event,
    plan_of,
    propose,
    running,
    sum_up,
    template_of,
    write_plan,
)
from tests.people import actor, answer, asked, open_task

pytestmark = pytest.mark.usefixtures("company")
CITIES = "南京、无锡\n合肥，  宁波 "
NAMED = ["南京", "无锡", "合肥", "宁波"]


def test_a_template_is_rolled_out_to_several_cities_at_once_each_prefilled() -> None:
    code = template_of(approved_report())
    template = EventTemplate.objects.get(code=code)
    started = start_events(actor(LEADER), code, CITIES, uuid4())
    assert list(started) == NAMED
    for city, number in started.items():
        case = Instance.objects.get(number=number)
        assert (case.data["city"], case.data["template"], case.title) == (city, code, f"新风系统技术交流会 · {city}")
        assert asked(number) == {LEADER}
        assert InstanceLink.objects.filter(source=template.document.dossier_id, target=case).exists()
        assert Enclosure.objects.filter(document=template.document, dossier=case.pk).exists()
    assert {line.city for line in events_of(actor(LEADER), template.pk)} == set(NAMED)
    assert {line.number for line in events_of(actor("finance_manager"), template.pk)} == {""}
    assert next(iter(event_templates(actor(LEADER)))).used == 4  # type: ignore[attr-defined]
    assert list(verify()) == []


def test_the_next_event_s_plan_begins_with_what_the_template_says() -> None:
    report = approved_report()
    code = template_of(report)
    (number,) = start_events(actor(LEADER), code, "南京", uuid4()).values()
    period = {"start": "2099-05-10", "end": "2099-05-11"}
    answer(number, LEADER, "submit", values={"period": period})
    asked_for = task_view(actor(LEADER), open_task(number, LEADER)).form
    assert asked_for is not None
    assert (asked_for.example["research_way"], asked_for.example["cited_report"]) == ("cite", report)
    cite(number, report)
    left = ("goals", "audience", "programme", "budget", "risks")
    values = {name: value for name, value in plan_of(number).items() if name not in left}
    answer(number, LEADER, "submit", values=values)
    plan = Document.objects.get(number=f"{number}-01").versions.get().values
    assert (plan["goals"], plan["budget_total"]) == ("到场 80 人，意向客户 15 家。", "12000.00")
    assert [row["item"] for row in plan["programme"]] == ["新品讲解与现场测试"]
    assert plan["risks"] == "增加签到通道。"
    assert plan["city"] == "南京"


def test_sent_twice_every_city_has_one_event() -> None:
    code, key = template_of(approved_report()), uuid4()
    first = start_events(actor(LEADER), code, CITIES, key)
    close_event_template(actor(LEADER), code)
    assert start_events(actor(LEADER), code, CITIES, key) == first
    assert EventLog.objects.filter(template__code=code).count() == 4
    assert Instance.objects.filter(version__definition__code="SC-007").count() == 5


@pytest.mark.parametrize(
    ("cities", "said"),
    [
        ("", "至少"), (" 、,\n", "至少"), ("南京、无锡、南京", "南京"), ("南" * 51, "太长"),
        ("、".join(f"城{n}" for n in range(51)), "50"),
    ],
    ids=["none", "only commas", "twice", "too long", "too many"],
)  # fmt: skip
def test_cities_that_cannot_be_start_nothing(cities: str, said: str) -> None:
    code = template_of(approved_report())
    before = Instance.objects.count()
    with pytest.raises(Invalid) as refused:
        start_events(actor(LEADER), code, cities, uuid4())
    assert list(refused.value.errors) == ["cities"]
    with translation.override("zh-hans"):
        assert said in str(refused.value.errors["cities"][0])
    assert Instance.objects.count() == before


def test_a_retired_template_starts_nothing_and_cannot_be_chosen_but_what_follows_it_goes_on() -> None:
    report = approved_report()
    code = template_of(report)
    (number,) = start_events(actor(LEADER), code, "南京", uuid4()).values()
    close_event_template(actor(BOSS), code)
    with pytest.raises(Retired):
        start_events(actor(LEADER), code, "无锡", uuid4())
    assert not event_templates(actor(LEADER)).exists()
    assert event_templates(actor(LEADER), state="closed").count() == 1
    period = {"start": "2099-05-10", "end": "2099-05-11"}
    answer(number, LEADER, "submit", values={"period": period})
    cite(number, report)
    write_plan(number, programme=[{"day": "2099-05-10", "item": "讲解"}])
    assert asked(number) == {BOSS}
    with pytest.raises(Invalid) as refused:
        propose(template=code)
    assert list(refused.value.errors) == ["template"]
    reopen_event_template(actor(LEADER), code)
    assert propose(template=code)


def test_who_may_not_start_events_rolls_nothing_out_and_who_keeps_no_templates_retires_none() -> None:
    code = template_of(approved_report())
    with pytest.raises(Forbidden):
        start_events(actor("finance_manager"), code, "南京", uuid4())
    for verb in (close_event_template, reopen_event_template):
        with pytest.raises(Forbidden):
            verb(actor("finance_manager"), code)
    with pytest.raises(NotFound):
        start_events(actor(LEADER), "ET-999", "南京", uuid4())


def test_an_event_that_follows_a_template_renews_it() -> None:
    report = approved_report()
    code = template_of(report)
    first = EventTemplate.objects.get(code=code).document
    number = running(report, template=code)
    end_event(number)
    sum_up(number, template_tips="提前两周发邀请。")
    template = EventTemplate.objects.get()
    assert (template.code, template.case_number) == (code, number)
    assert template.values["template_tips"] == "提前两周发邀请。"
    first.refresh_from_db()
    assert (first.status, template.document.status) == ("superseded", "in_force")


def test_a_second_template_needs_a_name_of_its_own() -> None:
    report = approved_report()
    template_of(report, "交流会样板")
    number = running(report)
    end_event(number)
    with pytest.raises(Invalid) as refused:
        sum_up(number, template_name="交流会样板")
    assert list(refused.value.errors) == ["template_name"]
    assert "ET-001" in str(refused.value.errors["template_name"][0])


def test_cities_are_read_with_any_commas_and_lines() -> None:
    assert read_cities("南京,无锡;合肥；宁波\r\n上海") == (["南京", "无锡", "合肥", "宁波", "上海"], [])
