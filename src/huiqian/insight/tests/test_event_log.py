"""Event logs: what OCEL 2.0 and XES ask of them, whom and what they tell, who gets one."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import translation

from huiqian.base import clock
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Forbidden, Invalid
from huiqian.documents.models import Document
from huiqian.insight.eventlog import reading
from huiqian.insight.eventlog.export import event_log
from huiqian.insight.eventlog.xes import activity
from huiqian.journal.models import Entry
from huiqian.org.models import Person
from huiqian.process.models import Instance
from tests.people import SIGNATORIES, actor, answer, approve_up_to_signing, plan, start

pytestmark = pytest.mark.usefixtures("company")
AT = datetime(2026, 11, 9, 9, tzinfo=COMPANY_ZONE)
OPINION = "预算依据不足，请补充。"
Json = Mapping[str, Any]


def told(kind: str = "ocel", process: str = "", who: str = "general_manager", *, names: bool = False) -> bytes:
    """A log of the November of 2026."""
    since, until = AT.date().replace(day=1), AT.date().replace(day=30)
    return b"".join(event_log(actor(who), kind, process, since, until, names=names).chunks)


def ocel(**asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(**asked))
    return found


@pytest.fixture
def case() -> str:
    """A case that went back once and ended, and another one that waits."""
    with clock.moved_to(AT):
        number = start(kind="regular", topic="机密的主题")
    with clock.moved_to(AT + timedelta(hours=1)):
        answer(number, "product_marketing_director", "return", OPINION, to="draft")
        values_again = plan(kind="regular", topic="机密的主题 2")
        answer(number, "marketing_manager", "submit", values=values_again)
    with clock.moved_to(AT + timedelta(days=1)):
        approve_up_to_signing(number)
        for login in SIGNATORIES:
            answer(number, login)
        start()
    return number


VALUES = {"string", "time", "integer", "float", "boolean"}


def check_shape(row: Json, required: Mapping[str, type], optional: Mapping[str, type] | None = None) -> None:
    """An object of the standard's JSON schema: what must be there, what may be, and nothing else."""
    allowed = {**required, **(optional or {})}
    assert required.keys() <= row.keys() <= allowed.keys(), row
    for name, value in row.items():
        assert isinstance(value, allowed[name]), (name, value)


def check_ocel(log: Json) -> None:
    """The standard's JSON schema (OCEL 2.0, section JSON), and what its text asks beside it."""
    check_shape(log, {"objectTypes": list, "eventTypes": list, "objects": list, "events": list})
    types: dict[str, dict[str, dict[str, str]]] = {}
    for kind in ("objectTypes", "eventTypes"):
        for row in log[kind]:
            check_shape(row, {"name": str, "attributes": list})
            for one in row["attributes"]:
                check_shape(one, {"name": str, "type": str})
                assert one["type"] in VALUES
        types[kind] = {row["name"]: {one["name"]: one["type"] for one in row["attributes"]} for row in log[kind]}
        assert len(types[kind]) == len(log[kind])
    ids = [row["id"] for row in log["objects"]] + [row["id"] for row in log["events"]]
    assert [key for key, times in Counter(ids).items() if times > 1] == []
    objects = {row["id"] for row in log["objects"]}
    for row in log["objects"]:
        check_shape(row, {"id": str, "type": str}, {"attributes": list, "relationships": list})
        check_values(row, types["objectTypes"][row["type"]], {"name": str, "value": str, "time": str}, objects)
        assert len({(one["name"], one["time"]) for one in row["attributes"]}) == len(row["attributes"])
    for row in log["events"]:
        check_shape(row, {"id": str, "type": str, "time": str}, {"attributes": list, "relationships": list})
        assert datetime.fromisoformat(row["time"]).tzinfo is not None
        check_values(row, types["eventTypes"][row["type"]], {"name": str, "value": str}, objects)
        # Every event is about one object at least.
        assert row["relationships"]


def check_values(row: Json, declared: Mapping[str, str], shape: Mapping[str, type], objects: set[str]) -> None:
    """Values are declared and can be read as what they are declared to be; relations lead to objects of the log."""
    for one in row["attributes"]:
        check_shape(one, shape)
        read = {
            "integer": int, "time": datetime.fromisoformat, "string": str, "boolean": ("true", "false").index,
        }[declared[one["name"]]]  # fmt: skip
        read(one["value"])
        if "time" in shape:
            assert datetime.fromisoformat(one["time"]).tzinfo is not None
    for one in row["relationships"]:
        check_shape(one, {"objectId": str, "qualifier": str})
        assert one["objectId"] in objects, one
    assert len({(one["objectId"], one["qualifier"]) for one in row["relationships"]}) == len(row["relationships"])


def events_of(log: Json, number: str) -> list[Json]:
    return [row for row in log["events"] if {"objectId": f"case:{number}", "qualifier": "case"} in row["relationships"]]


def related(row: Json, qualifier: str) -> list[str]:
    return [one["objectId"] for one in row["relationships"] if one["qualifier"] == qualifier]


def value(row: Json, name: str) -> list[str]:
    return [one["value"] for one in row["attributes"] if one["name"] == name]


def test_ocel_is_as_its_standard_asks(case: str) -> None:
    log = ocel()
    check_ocel(log)
    assert {row["type"] for row in log["objects"]} == {"case", "task", "document", "person", "position"}


def test_a_log_without_cases_is_one_too() -> None:
    log = ocel()
    check_ocel(log)
    assert (log["events"], log["objects"]) == ([], [])
    assert traces(told("xes", "SC-001")) == []


def test_every_fact_of_a_case_is_an_event_in_its_order(case: str) -> None:
    events = events_of(ocel(), case)
    entries = Entry.objects.filter(chain=f"case:{Instance.objects.get(number=case).pk}").order_by("number")
    assert [(row["id"], row["type"]) for row in events] == [(f"e{one.pk}", one.kind) for one in entries]
    assert [row["time"] for row in events] == sorted(row["time"] for row in events)


def test_events_tell_the_task_the_step_the_person_and_the_document(case: str) -> None:
    log = ocel(names=True)
    names = {row["id"]: value(row, "name")[0] for row in log["objects"] if row["type"] in ("person", "position")}
    events = events_of(log, case)
    back = next(row for row in events if row["type"] == "case_returned")
    assert value(back, "step") == ["审核策划书"]
    assert [names[key] for key in related(back, "by")] == [actor("product_marketing_director").name]
    assert [names[key] for key in related(back, "position")] == ["产品市场部经理"]
    assert related(back, "signs") == [f"document:{case}-01"]
    task = next(row for row in log["objects"] if row["id"] == related(back, "task")[0])
    assert value(task, "status") == ["open", "returned"]
    wrote = [row for row in events if f"document:{case}-01" in related(row, "writes")]
    assert len(wrote) == 2
    whole = next(row for row in log["objects"] if row["id"] == f"case:{case}")
    assert value(whole, "status") == ["running", "completed"]
    assert [names[key] for key in related(whole, "started by")] == [actor("marketing_manager").name]
    documents = {row["id"] for row in log["objects"] if row["type"] == "document"}
    assert documents == {f"document:{one}" for one in Document.objects.values_list("number", flat=True)}


@pytest.mark.parametrize("kind", ["ocel", "xes"])
def test_nothing_that_people_wrote_is_told(case: str, kind: str) -> None:
    written = {"entry": 1, "happened_at": AT.isoformat(), "place": "机密的地点", "text": "机密的经过", "photos": []}
    chain = f"case:{Instance.objects.get(number=case).pk}"
    Entry.objects.create(
        chain=chain, number=1000, kind="event_entry_added", at=AT, door="web", detail=written, hash=b""
    )  # fmt: skip
    text = told(kind, "SC-001", names=True).decode()
    for words in (OPINION, "机密的主题", "机密的地点", "机密的经过"):
        assert words not in text
    assert "审核策划书" in text


@pytest.mark.parametrize("kind", ["ocel", "xes"])
def test_people_have_pseudonyms_unless_their_names_are_asked_for(case: str, kind: str) -> None:
    people = [actor(login) for login in ("marketing_manager", "product_marketing_director", *SIGNATORIES)]
    text, again, named = (told(kind, "SC-001", names=names).decode() for names in (False, False, True))
    for one in people:
        assert one.name not in text
        assert one.name in named
        assert f'"person:{one.person}"' not in text
    assert text == again


def test_only_cases_begun_in_the_period_and_only_links_between_them(case: str) -> None:
    with clock.moved_to(AT + timedelta(days=40)):
        later = start()
    numbers = {row["id"] for row in ocel()["objects"] if row["type"] == "case"}
    assert f"case:{case}" in numbers
    assert f"case:{later}" not in numbers
    assert ocel(process="SC-008")["events"] == []


def test_cases_that_called_others_are_linked() -> None:
    """SC-001 goes on to SC-002: both begin in the period."""
    with clock.moved_to(AT):
        number = start()
        approve_up_to_signing(number)
        for login in SIGNATORIES:
            answer(number, login)
    log = ocel()
    check_ocel(log)
    following = [row["id"] for row in log["objects"] if related(row, "follows") == [f"case:{number}"]]
    started = Instance.objects.filter(received_from__source__number=number).values_list("number", flat=True)
    assert following == [f"case:{one}" for one in started]
    only = ocel(process="SC-002")
    check_ocel(only)


def test_many_cases_are_read_in_batches(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = told()
    monkeypatch.setattr(reading, "BATCH", 1)
    assert told() == whole


XES = {"string", "date", "int"}


def traces(body: bytes) -> list[ElementTree.Element]:
    """The traces of a log, once it is as IEEE 1849-2016 asks: its elements in their order, keys once, values typed."""
    log = ElementTree.fromstring(body)
    assert (log.tag, log.get("xes.version")) == ("log", "1849-2016")
    order = ["extension", "global", "classifier", "string", "trace"]
    places = [order.index(one.tag) for one in log]
    assert places == sorted(places)
    assert {one.get("scope") for one in log.iter("global")} == {"trace", "event"}
    prefixes = {one.get("prefix") for one in log.iter("extension")}
    for one in (*log.iter("trace"), *log.iter("event")):
        attributes = [each for each in one if each.tag != "event"]
        keys = [each.get("key") or "" for each in attributes]
        assert len(keys) == len(set(keys))
        assert {key.partition(":")[0] for key in keys if ":" in key} <= prefixes
        for each in attributes:
            assert each.tag in XES
            {"string": str, "int": int, "date": datetime.fromisoformat}[each.tag](each.get("value") or "")
        asked = {"concept:name"} | ({"time:timestamp", "lifecycle:transition"} if one.tag == "event" else set())
        assert asked <= set(keys)
    return log.findall("trace")


def values(rows: Sequence[ElementTree.Element], key: str) -> list[str]:
    return [each.get("value") or "" for row in rows for each in row if each.get("key") == key]


def test_xes_is_as_its_standard_asks_and_tells_a_trace_a_case(case: str) -> None:
    found = traces(told("xes", "SC-001", names=True))
    assert values(found, "concept:name") == list(
        Instance.objects.order_by("started_at", "pk").values_list("number", flat=True).filter(
            version__definition__code="SC-001"
        )
    )  # fmt: skip
    events = found[0].findall("event")
    rows = [
        (values([one], "concept:name")[0], values([one], "lifecycle:transition")[0], *values([one], "org:resource"))
        for one in events
    ]
    director, manager = actor("product_marketing_director").name, actor("marketing_manager").name
    reviewed = [row for row in rows if row[0] == "审核策划书"]
    assert reviewed == [
        ("审核策划书", "schedule"), ("审核策划书", "complete", director),
        ("审核策划书", "schedule"), ("审核策划书", "complete", director),
    ]  # fmt: skip
    assert rows[0] == ("单据发起", "start", manager)
    assert values(events, "outcome").count("return") == 1
    assert values(events, "org:role")[0]


def test_steps_are_told_in_the_readers_language(case: str) -> None:
    with translation.override("en"):
        log = event_log(actor("admin"), "xes", "SC-001", AT.date(), AT.date(), names=False)
    with translation.override("zh-hans"):
        text = b"".join(log.chunks).decode()
    assert "The case began" in text
    assert "审核策划书" not in text


def test_what_happened_beside_a_step_is_not_taken_for_it() -> None:
    with translation.override("zh-hans"):
        assert activity("审核策划书", "task_decided") == "审核策划书"
        assert activity("审核策划书", "task_overdue") == "审核策划书 · 待办逾期"
        assert activity("", "case_ended") == "单据结束"


def test_who_gets_one_and_for_what() -> None:
    day = AT.date()
    with pytest.raises(Forbidden):
        event_log(actor("purchasing_officer"), "ocel", "", day, day, names=False)
    for kind, process, until, field in (
        ("csv", "", day, "format"), ("xes", "", day, "process"), ("ocel", "SC-999", day, "process"),
        ("ocel", "", day - timedelta(days=1), "until"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            event_log(actor("admin"), kind, process, day, until, names=False)
        assert set(refused.value.errors) == {field}


def test_the_page_sends_the_log_and_marks_what_is_wrong(case: str) -> None:
    client = Client()
    general = Person.objects.get(login="general_manager")
    client.force_login(general, backend="django.contrib.auth.backends.ModelBackend")
    asked = {"format": "xes", "process": "SC-001", "since": "2026-11-01", "until": "2026年11月30日"}
    got = client.get("/figures/event-log", asked)
    assert got["Content-Disposition"].startswith('attachment; filename="SC-001 20261101-20261130.xes"')
    assert len(traces(b"".join(got.streaming_content))) == 2  # type: ignore[attr-defined]
    wrong = client.get("/figures/event-log", asked | {"process": "", "since": "bald"})
    assert wrong.status_code == 422
    assert "field-error" in wrong.content.decode()
    assert 'value="bald"' in wrong.content.decode()
