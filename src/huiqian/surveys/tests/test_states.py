"""Tickets, closing times and marks of addresses."""

from datetime import UTC, date, datetime, timedelta

import pytest

from huiqian.surveys.rules.states import (
    Outdated,
    Ticket,
    TooFast,
    check_not_a_robot,
    closing_text,
    moment_of,
    origin_of,
    read_ticket,
    state_of,
)

NOW = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
TICKET = Ticket("abc", "8f7c6f0e-3f0e-4e0e-8f0e-0f0e0f0e0f0e", NOW)


def test_a_ticket_is_only_good_for_its_link_and_for_two_weeks() -> None:
    signed = TICKET.signed()
    assert read_ticket(signed, "abc", NOW + timedelta(days=14)) == TICKET
    assert read_ticket(signed, "abc", NOW - timedelta(minutes=1)) == TICKET, "a clock that is a little behind"
    for text, token, now in (
        (signed, "other", NOW), (signed + "x", "abc", NOW), (signed[1:], "abc", NOW), ("", "abc", NOW),
        (signed, "abc", NOW + timedelta(days=15)), (signed, "abc", NOW - timedelta(hours=1)),
    ):  # fmt: skip
        with pytest.raises(Outdated):
            read_ticket(text, token, now)


def test_who_is_faster_than_anybody_reads_is_a_robot() -> None:
    check_not_a_robot(TICKET, "", NOW + timedelta(seconds=2))
    for trap, after in (("", 1.9), ("", -60), ("x", 60)):
        with pytest.raises(TooFast):
            check_not_a_robot(TICKET, trap, NOW + timedelta(seconds=after))


def test_a_day_closes_with_its_end_in_shanghai() -> None:
    end = moment_of(date(2026, 11, 28))
    assert end == datetime(2026, 11, 28, 16, tzinfo=UTC)
    assert (closing_text(end), moment_of("2026-11-28"), moment_of(None), closing_text(None)) == (
        "2026-11-28",
        end,
        None,
        "",
    )
    with pytest.raises(ValueError, match="Invalid"):
        moment_of("someday")


@pytest.mark.parametrize(
    ("opened", "closes", "closed", "running", "state"),
    [
        (None, None, None, True, "draft"), (NOW, None, None, True, "open"), (NOW, NOW, None, True, "closed"),
        (NOW, NOW + timedelta(seconds=1), None, True, "open"), (NOW, None, NOW, True, "closed"),
        (NOW, None, None, False, "closed"),
    ],
)  # fmt: skip
def test_a_survey_is_open_between_its_opening_and_whatever_ends_it(
    opened: datetime | None, closes: datetime | None, closed: datetime | None, running: bool, state: str
) -> None:
    assert state_of(opened, closes, closed, running, NOW) == state


def test_the_mark_of_an_address_differs_by_survey_and_day() -> None:
    day = date(2026, 11, 28)
    marks = {origin_of("192.0.2.1", token, when) for token in ("a", "b") for when in (day, day + timedelta(days=1))}
    assert len(marks) == 4
    assert origin_of("192.0.2.1", "a", day) in marks
    assert not any("192" in mark for mark in marks)
