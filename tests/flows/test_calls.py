"""Cases that call cases, and messages and signals between cases: by rows and ticks, each once."""

import threading
from pathlib import Path

import pytest
from django.db import connection

from huiqian.base.actors import SYSTEM
from huiqian.jobs.turns import deliver_parcels, look_after_calls
from huiqian.process.calls import open_calls, open_parcels
from huiqian.process.commands import deliver_parcel, look_after_call
from huiqian.process.models import Call, Incident, Instance, Parcel, Subscription
from huiqian.work.commands import start_case, withdraw_case
from tests.flows.small import load_line, step
from tests.people import actor, answer, asked

CALLER = "marketing_manager"
CALL = '<callActivity id="call" name="call" calledElement="T-201"><extensionElements>{rows}</extensionElements>'
CALL += "</callActivity>"
ROWS = '<hq:input name="sent" value="&quot;12&quot;"/><hq:output name="got" value="sent"/>'


def _called(folder: Path) -> tuple[str, Instance]:
    """A case that waits for the case it called."""
    load_line(folder, "T-201", step("check"))
    load_line(folder, "T-200", step("draft"), CALL.format(rows=ROWS), step("after"))
    number = start_case(actor(CALLER), "T-200", {}).number
    return number, Instance.objects.get(parent__number=number)


def test_a_called_case_answers_and_the_caller_goes_on(company: None, tmp_path: Path) -> None:
    number, child = _called(tmp_path)
    assert (child.number[:5], child.data, asked(number), asked(child.number)) == (
        "T-201",
        {"sent": "12"},
        set(),
        {CALLER},
    )
    assert look_after_calls() == 0
    answer(child.number, CALLER, "submit")
    assert look_after_calls() == 1
    assert look_after_calls() == 0
    assert asked(number) == {CALLER}
    assert Instance.objects.get(number=number).data["got"] == "12"


def test_who_withdraws_the_caller_withdraws_what_it_called(company: None, tmp_path: Path) -> None:
    number, child = _called(tmp_path)
    withdraw_case(actor(CALLER), number, "不再需要")
    assert look_after_calls() == 1
    child.refresh_from_db()
    assert (child.status, asked(child.number), open_calls(9)) == ("withdrawn", set(), [])


def test_a_called_case_that_is_withdrawn_leaves_an_incident(company: None, tmp_path: Path) -> None:
    number, child = _called(tmp_path)
    withdraw_case(actor(CALLER), child.number, "不再需要")
    assert look_after_calls() == 1
    assert Incident.objects.get(instance__number=number, solved_at=None).element == "call"


def test_a_call_of_a_process_that_is_not_in_effect_is_an_incident(company: None, tmp_path: Path) -> None:
    load_line(tmp_path, "T-200", step("draft"), CALL.format(rows=""))
    number = start_case(actor(CALLER), "T-200", {}).number
    assert "T-201" in Incident.objects.get(instance__number=number).text_zh


def test_of_workers_that_race_one_answers(real_company: None, tmp_path: Path) -> None:
    number, child = _called(tmp_path)
    answer(child.number, CALLER, "submit")
    (call,) = open_calls(9)
    did = _at_once(4, lambda: look_after_call(SYSTEM, call))
    assert sorted(did) == [False, False, False, True]
    assert asked(number) == {CALLER}
    assert Call.objects.get(pk=call).settled_at is not None


WAITS = '<receiveTask id="wait" name="wait" messageRef="m1" hq:key="{key}"/>'
SENDS = """<sendTask id="send" name="send" messageRef="m1" hq:key="&quot;A&quot;">
<extensionElements><hq:input name="price" value="80"/></extensionElements></sendTask>"""


def test_a_message_finds_the_case_that_waits_for_its_key(company: None, tmp_path: Path) -> None:
    load_line(tmp_path, "T-301", step("draft"), WAITS.format(key="&quot;A&quot;"), step("after"))
    load_line(tmp_path, "T-302", step("draft"), WAITS.format(key="&quot;B&quot;"), step("after"))
    load_line(tmp_path, "T-300", step("draft"), SENDS)
    start_case(actor(CALLER), "T-300", {})
    other = start_case(actor(CALLER), "T-302", {}).number
    # The message came first: it is kept for whoever waits later.
    assert deliver_parcels() == 0
    first = start_case(actor(CALLER), "T-301", {}).number
    second = start_case(actor(CALLER), "T-301", {}).number
    assert deliver_parcels() == 1
    assert deliver_parcels() == 0
    assert [asked(first), asked(second), asked(other)] == [{CALLER}, set(), set()]
    assert Instance.objects.get(number=first).data["price"] == "80"
    assert Subscription.objects.count() == 2


SIGNAL = '<intermediate{kind}Event id="{kind}"><signalEventDefinition id="d" signalRef="s1"/></intermediate{kind}Event>'


def test_a_signal_reaches_every_case_that_listens_and_each_once(real_company: None, tmp_path: Path) -> None:
    load_line(tmp_path, "T-401", step("draft"), SIGNAL.format(kind="Catch"), step("after"))
    load_line(tmp_path, "T-400", step("draft"), SIGNAL.format(kind="Throw"))
    listening = [start_case(actor(CALLER), "T-401", {}).number for _n in range(2)]
    start_case(actor(CALLER), "T-400", {})
    late = start_case(actor(CALLER), "T-401", {}).number
    parcels = open_parcels(9)
    did = _at_once(4, lambda: sum(deliver_parcel(SYSTEM, parcel) for parcel in parcels))
    assert sum(did) == 2
    assert [asked(number) for number in [*listening, late]] == [{CALLER}, {CALLER}, set()]
    assert not Parcel.objects.filter(settled_at=None).exists()


def _at_once(many: int, work: object) -> list[int]:
    found: list[int] = []

    def run() -> None:
        try:
            found.append(work())  # type: ignore[operator]
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.parametrize("status", ["suspended"])
def test_a_suspended_caller_hears_of_the_end_when_it_goes_on(company: None, tmp_path: Path, status: str) -> None:
    number, child = _called(tmp_path)
    answer(child.number, CALLER, "submit")
    Instance.objects.filter(number=number).update(status=status)
    assert look_after_calls() == 0
    Instance.objects.filter(number=number).update(status="running")
    assert look_after_calls() == 1
