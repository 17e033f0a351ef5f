"""The marketing calendar: what cases say, who sees it, what clashes, and the address for calendar programs."""

import html
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Forbidden
from huiqian.insight.ical import ical_of
from huiqian.insight.queries import CalendarEntry, calendar_entries, weeks_of
from huiqian.marketing.commands import enter_price_list
from huiqian.marketing.rules.prices import PriceRow
from huiqian.org.commands import end_calendar_feed, make_calendar_feed
from huiqian.org.models import CalendarFeed, Person
from huiqian.process.agenda import agenda, clashes
from huiqian.process.commands import refresh_occasions
from huiqian.process.models import Instance, Occasion
from huiqian.process.occasions import Slot
from huiqian.work.commands import withdraw_case
from tests import training
from tests.events import propose
from tests.flows.test_sc005 import prices
from tests.people import actor, open_task

pytestmark = pytest.mark.usefixtures("company")
# A month far off, in which nothing else happens.
FIRST, LAST = date(2098, 3, 1), date(2098, 3, 31)
PERIOD = {"start": "2098-03-10", "end": "2098-03-12"}


def event(**changes: Any) -> str:
    return propose(**{"topic": "新品技术交流会", "city": "苏州", "period": PERIOD, **changes})


def seen(login: str, kind: str = "event") -> list[str]:
    return [line.case_number for line in agenda(actor(login), FIRST, LAST) if line.kind == kind]


def entries(login: str = "general_manager") -> list[tuple[str, date, date]]:
    found = calendar_entries(actor(login), FIRST, LAST)
    return [(one.line.kind, one.line.first, one.line.last) for one in found]


def test_an_event_stands_in_the_calendar_of_whoever_may_read_it() -> None:
    number = event()
    (line,) = agenda(actor("general_manager"), date(2098, 3, 12), date(2098, 3, 20))
    assert (line.case_number, line.first, line.last, line.place) == (
        number,
        date(2098, 3, 10),
        date(2098, 3, 12),
        "苏州",
    )
    assert agenda(actor("general_manager"), date(2098, 3, 13), LAST) == ()
    assert [seen(login) for login in ("marketing_manager", "finance_manager", "graphic_designer")] == [[number], [], []]


def test_what_is_withdrawn_is_gone() -> None:
    number = event()
    withdraw_case(actor("marketing_manager"), number, "改期")
    assert seen("general_manager") == []


def test_the_calendar_is_rebuilt_from_the_answers() -> None:
    case = Instance.objects.get(number=event())
    Occasion.objects.filter(instance=case).update(place="杭州", first=date(2098, 3, 1))
    with pytest.raises(Forbidden):
        refresh_occasions(actor("marketing_manager"), case.pk)
    assert refresh_occasions(SYSTEM, case.pk)
    (line,) = agenda(actor("general_manager"), FIRST, LAST)
    assert (line.place, line.first) == ("苏州", date(2098, 3, 10))
    assert not refresh_occasions(SYSTEM, case.pk)


def test_price_lists_and_planning_stand_beside_what_cases_say() -> None:
    row = {name: Decimal(price) for name, price in prices().items() if name != "product"}
    enter_price_list(
        actor("admin"), [PriceRow(product="HX-350", **row)], title="三月价格表", effective_from=date(2098, 3, 5)
    )  # fmt: skip
    event()
    assert entries() == [
        ("prices", date(2098, 3, 5), date(2098, 3, 5)), ("event", date(2098, 3, 10), date(2098, 3, 12)),
        ("cutoff", date(2098, 3, 26), date(2098, 3, 26)),
    ]  # fmt: skip
    assert [kind for kind, _first, _last in entries("graphic_designer")] == ["prices", "cutoff"]


def test_weeks_begin_on_monday_and_cut_what_is_longer() -> None:
    event(period={"start": "2098-03-08", "end": "2098-03-17"})
    found = [one for one in calendar_entries(actor("general_manager"), FIRST, LAST) if one.line.kind == "event"]
    weeks = weeks_of(FIRST, LAST, found)
    assert {week.days[0].day.weekday() for week in weeks} == {0}
    assert weeks[0].days[0].day <= FIRST
    assert weeks[-1].days[-1].day >= LAST
    bars = [(bar.begins, bar.days, bar.before, bar.after) for week in weeks for bar in week.bars]
    assert bars == [(6, 2, False, True), (1, 7, True, True), (1, 1, True, False)]


def test_a_working_saturday_and_a_holiday_are_told() -> None:
    days = {one.day: one for week in weeks_of(date(2026, 10, 1), date(2026, 10, 31), ()) for one in week.days}
    assert (days[date(2026, 10, 10)].works, days[date(2026, 10, 10)].special) == (True, True)
    assert (days[date(2026, 10, 1)].works, days[date(2026, 10, 1)].name) == (False, "国庆节")
    assert (days[date(2026, 10, 17)].works, days[date(2026, 10, 17)].special) == (False, False)


def test_a_clash_is_told_only_of_cases_that_one_may_read() -> None:
    number = event()
    plan = [Slot("event", date(2098, 3, 12), date(2098, 3, 14), place="苏州")]
    told = [(other.case_number, clash.same_place) for _slot, other, clash in clashes(actor("marketing_manager"), plan)]
    assert told == [(number, True)]
    assert clashes(actor("marketing_manager"), plan, number) == [], "not with itself"
    assert clashes(actor("graphic_designer"), plan) == []


def test_the_form_warns_next_to_the_date_while_it_is_filled_in() -> None:
    number, client = event(), Client()
    client.force_login(
        Person.objects.get(login="marketing_manager"), backend="django.contrib.auth.backends.ModelBackend"
    )
    typed = {"topic": "杭州路演", "city": "苏州", "period.start": "2098-03-12", "period.end": "2098-03-13"}
    page = client.post("/processes/SC-007/start/progress", typed).content.decode()
    warning = page.split('id="warning-period"')[1].split("</ul>")[0]
    assert number in warning
    assert "地点相同（苏州）" in warning
    assert (
        "warning-period"
        not in client.post("/processes/SC-007/start/progress", typed | {"city": "杭州"}).content.decode()
    )


def test_a_training_s_sessions_are_warned_of_by_their_row() -> None:
    event_number, number = event(), training.request()
    training.approve(number)
    client = Client()
    client.force_login(
        Person.objects.get(login="marketing_manager"), backend="django.contrib.auth.backends.ModelBackend"
    )
    session = {"session": "第一场", "date": "2098-03-20", "time": "9:00", "place": "苏州工厂", "trainer": "陈博"}
    rows = [session, session | {"session": "第二场", "date": "2098-03-11"}]
    typed = {f"sessions.{n}.{name}": text for n, row in enumerate(rows) for name, text in row.items()}
    task = open_task(number, "marketing_manager")
    page = client.post(f"/tasks/{task}/progress", typed).content.decode()
    warning = page.split('id="warning-sessions"')[1].split("</ul>")[0]
    assert (warning.count("<li>"), event_number in warning, "第 2 行" in warning) == (1, True, True)


def feed(secret: str) -> list[str]:
    response = Client().get(f"/calendar/feed/{secret}.ics")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    return [str(one["summary"]) for one in events if "交流会" in str(one["summary"])]


def test_the_address_gives_what_its_owner_may_read_until_it_ends() -> None:
    soon = {"start": f"{clock.today() + timedelta(days=20)}", "end": f"{clock.today() + timedelta(days=21)}"}
    event(period=soon)
    boss, artist = make_calendar_feed(actor("general_manager")), make_calendar_feed(actor("graphic_designer"))
    assert [len(feed(boss)), len(feed(artist))] == [1, 0]
    assert not CalendarFeed.objects.filter(digest__contains=boss).exists(), "the secret is kept nowhere"
    again = make_calendar_feed(actor("general_manager"))
    assert [Client().get(f"/calendar/feed/{one}.ics").status_code for one in (boss, "x")] == [404, 404]
    assert len(feed(again)) == 1
    assert end_calendar_feed(actor("general_manager"))
    assert not end_calendar_feed(actor("general_manager"))
    assert Client().get(f"/calendar/feed/{again}.ics").status_code == 404
    Person.objects.filter(login="graphic_designer").update(is_active=False)
    assert Client().get(f"/calendar/feed/{artist}.ics").status_code == 404, "a closed account reads nothing"


@pytest.mark.parametrize(
    ("sent_to", "page"), [("/calendar/subscription", "/calendar"), ("/account/tokens", "/account")]
)
def test_a_page_that_tells_a_secret_leads_on_to_pages_that_are_read(sent_to: str, page: str) -> None:
    client = Client()
    client.force_login(
        Person.objects.get(login="marketing_manager"), backend="django.contrib.auth.backends.ModelBackend"
    )
    shown = client.post(sent_to, {"name": "脚本"}).content.decode()
    assert 'class="secret"' in shown
    assert f'name="next" value="{page}"' in shown, "after a change of the language"
    assert 'href="?' not in shown
    for address in re.findall(rf'href="({page}\?[^"]*)"', shown):
        assert client.get(html.unescape(address)).status_code == 200, address


def test_an_entry_in_a_program_ends_after_its_last_day_and_leads_back() -> None:
    number = event()
    found = [one for one in calendar_entries(actor("general_manager"), FIRST, LAST) if one.line.kind == "event"]

    def address(entry: CalendarEntry) -> str:
        return f"https://example.com/cases/{entry.line.case_number}"

    body = ical_of(found, {"event": "市场活动"}, address, Instance.objects.get(number=number).started_at)
    (one,) = Calendar.from_ical(body).walk("VEVENT")
    assert (one["dtstart"].dt, one["dtend"].dt) == (date(2098, 3, 10), date(2098, 3, 13))
    assert str(one["url"]) == f"https://example.com/cases/{number}"
    assert str(one["location"]) == "苏州"
