"""How long steps usually take, and when a case will be through."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.clock import COMPANY_ZONE
from huiqian.engine import Definition, Element, State, compile_definition, predict
from huiqian.engine.tests.drawing import bpmn
from huiqian.engine.tests.playing import Case
from huiqian.org.rules import Calendar
from huiqian.process.content import content_of
from huiqian.process.models import Version
from huiqian.work.commands import note_pace
from huiqian.work.models import Pace, Task
from huiqian.work.queries import case_view, foresee, latest_start
from huiqian.work.queries.pace import ahead, left_of
from tests.people import actor, answer, start

HOUR = timedelta(hours=1)
FORK = """
start s
user a
and f
user b
user b2
user c
and j
user z
end e
s -> a -> f -> b -> b2 -> j -> z -> e
f -> c -> j
"""


def nothing(key: str, values: object) -> dict[str, object]:
    return {}


def walked(
    definition: Definition, state: State | None, pace: dict[str, int], left: dict[str, timedelta | None]
) -> dict[str, float | None]:
    """The hours until each step's end, and until the end of all under the empty name."""
    foreseen = predict(definition, state, {}, nothing)
    found = ahead(foreseen, definition, {name: hours * HOUR for name, hours in pace.items()}, left)
    hours = {name: None if span is None else span / HOUR for name, span in found.steps.items()}
    return hours | {"": None if found.through is None else found.through / HOUR}


def test_the_longest_way_counts() -> None:
    definition = compile_definition(bpmn(FORK))
    pace = {"a": 2, "b": 3, "b2": 4, "c": 5, "z": 1}
    assert walked(definition, None, pace, {}) == {"a": 2, "b": 5, "b2": 9, "c": 7, "z": 10, "": 10}
    assert walked(definition, None, pace | {"c": 20}, {})[""] == 23


def test_what_is_handed_in_takes_no_more_time() -> None:
    definition = compile_definition(bpmn(FORK))
    pace = {"a": 2, "b": 3, "b2": 4, "c": 5, "z": 1}
    assert walked(definition, None, pace, {"a": timedelta(0)})[""] == 8


def test_a_step_that_was_never_done_takes_what_its_deadline_gives_it() -> None:
    definition = compile_definition(bpmn("start s\nuser a deadline=P2D\nuser b\nend e\ns -> a -> b -> e"))
    assert walked(definition, None, {"b": 1}, {}) == {"a": 16, "b": 17, "": 17}
    assert walked(definition, None, {}, {}) == {"a": 16, "b": None, "": None}


def test_nobody_can_say_when_a_date_or_another_case_is_waited_for() -> None:
    timer = compile_definition(bpmn("start s\nuser a\ncatch t timer=P30D\nuser b\nend e\ns -> a -> t -> b -> e"))
    assert walked(timer, None, {"a": 1, "b": 1}, {}) == {"a": 1, "b": None, "": None}
    call = compile_definition(bpmn("start s\nuser a\ncall c calls=other\nuser b\nend e\ns -> a -> c -> b -> e"))
    assert walked(call, None, {"a": 1, "b": 1}, {})[""] is None


def test_what_is_open_takes_what_is_left_of_it() -> None:
    case = Case(FORK).start().done("a")
    monday = datetime(2026, 9, 14, 9, tzinfo=COMPANY_ZONE)
    pace = {"b": 3 * HOUR, "b2": 4 * HOUR, "c": 5 * HOUR, "z": HOUR}
    opened = [("b", monday), ("c", monday)]
    left = left_of(case.state, case.definition, opened, monday + 2 * HOUR, Calendar(), pace)
    assert left == {"b": HOUR, "c": 3 * HOUR}
    hours = {name: span.total_seconds() // 3600 for name, span in pace.items()}
    assert walked(case.definition, case.state, {n: int(h) for n, h in hours.items()}, left) == {"b2": 5, "z": 6, "": 6}
    late = left_of(case.state, case.definition, opened, monday + timedelta(days=9), Calendar(), pace)
    assert late == {"b": timedelta(0), "c": timedelta(0)}, "never less than none"


def test_an_open_call_is_not_known() -> None:
    case = Case("start s\ncall c calls=other\nend e\ns -> c -> e").start()
    assert left_of(case.state, case.definition, [], datetime.now(UTC), Calendar(), {}) == {"c": None}


@contextmanager
def taking(hours: int) -> Iterator[None]:
    """What is decided within took so many hours of a working day."""
    before = set(Task.objects.filter(status="done").values_list("pk", flat=True))
    yield
    nine = datetime(2026, 9, 14, 9, tzinfo=COMPANY_ZONE)
    for task in Task.objects.filter(status="done").exclude(pk__in=before):
        Task.objects.filter(pk=task.pk).update(opened_at=nine, closed_at=nine + hours * HOUR)


@pytest.mark.usefixtures("company")
class TestNoted:
    @pytest.fixture(autouse=True)
    def _autumn(self) -> Iterator[None]:
        """Tuesday, 15 September 2026, nine o'clock."""
        with clock.moved_to(datetime(2026, 9, 15, 9, tzinfo=COMPANY_ZONE)):
            yield

    def reviewed(self, *hours: int) -> None:
        for one in hours:
            number = start()
            with taking(one):
                answer(number, "product_marketing_director")

    def test_the_median_of_what_was_done_often_enough(self) -> None:
        self.reviewed(1, 2)
        assert note_pace(SYSTEM) == 0, "twice is chance"
        self.reviewed(9)
        assert note_pace(SYSTEM) == 1
        assert note_pace(SYSTEM) == 1
        (pace,) = Pace.objects.all()
        assert (pace.process, pace.element, pace.minutes, pace.times) == ("SC-001", "review", 120, 3)

    def test_what_is_long_ago_is_forgotten(self) -> None:
        self.reviewed(1, 2, 3)
        note_pace(SYSTEM)
        Task.objects.filter(element="review").update(closed_at=datetime(2026, 1, 5, 12, tzinfo=COMPANY_ZONE))
        assert note_pace(SYSTEM) == 0
        assert not Pace.objects.exists()

    def test_a_case_says_when_it_will_be_through(self) -> None:
        Pace.objects.bulk_create(Pace(process="SC-001", element=e.id, minutes=240, times=9) for e in _people_steps())
        number = start(kind="regular")
        view = case_view(actor("marketing_manager"), number)
        coming = {item.element: item.expected_at for item in view.timeline if item.state == "future"}
        # Review now, then budget: half a working day each; 9:00–14:00 with the lunch hour, then 14:00–18:00.
        assert coming["budget"] == datetime(2026, 9, 15, 18, tzinfo=COMPANY_ZONE)
        # All three sign side by side.
        signing = {at for element, at in coming.items() if element.startswith("sign_")}
        assert len(signing) == 1
        assert view.through_at is not None
        assert view.through_at >= max(at for at in coming.values() if at)

    def test_before_it_begins_it_says_when_to_hand_it_in(self) -> None:
        Pace.objects.bulk_create(Pace(process="SC-001", element=e.id, minutes=240, times=9) for e in _people_steps())
        route = foresee(actor("marketing_manager"), "SC-001", {"kind": "regular"})
        assert route.span is not None
        assert route.through_at == Calendar().after(clock.now(), route.span)
        friday = date(2026, 9, 18)
        assert latest_start(friday, 8 * HOUR) == datetime(2026, 9, 18, 9, tzinfo=COMPANY_ZONE)
        assert latest_start(date(2026, 9, 14), HOUR) is None, "over"
        assert latest_start(date(9999, 12, 31), HOUR) is None


def _people_steps() -> list[Element]:
    version = Version.objects.get(definition__code="SC-001", status="in_effect")
    return [e for e in content_of(version.pk).definition.elements.values() if e.kind == "userTask"]
