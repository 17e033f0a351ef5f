"""Ticks: each turn once, however many workers there are."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection

from huiqian.base.ticks import Tick, every, ticks
from huiqian.jobs import models
from huiqian.jobs.ticker import Ticker, take_turn


def _turns(name: str) -> int:
    return models.Tick.objects.get(name=name).turns


@pytest.mark.django_db
def test_a_turn_is_taken_once_within_its_time() -> None:
    done: list[int] = []
    tick = Tick("test.hourly", 3600, lambda: done.append(1))
    assert take_turn(tick)
    assert not take_turn(tick)
    assert done == [1]
    assert _turns("test.hourly") == 1


@pytest.mark.django_db
def test_a_turn_comes_again_when_its_time_is_up() -> None:
    done: list[int] = []
    tick = Tick("test.always", 0, lambda: done.append(1))
    assert take_turn(tick)
    assert take_turn(tick)
    assert _turns("test.always") == 2


@pytest.mark.django_db
def test_a_turn_that_fails_is_noted_and_comes_again() -> None:
    def fail() -> None:
        raise RuntimeError("the receiver is away")

    tick = Tick("test.fails", 0, fail)
    assert take_turn(tick)
    assert "the receiver is away" in models.Tick.objects.get(name="test.fails").failure
    assert take_turn(tick)


@pytest.mark.usefixtures("real_company")
def test_of_workers_that_come_at_once_one_takes_the_turn() -> None:
    done: list[int] = []

    def work() -> None:
        done.append(1)
        time.sleep(0.2)

    tick = Tick("test.raced", 3600, work)
    taken = _at_once(4, lambda: take_turn(tick))
    assert sorted(taken) == [False, False, False, True]
    assert done == [1]


@pytest.mark.usefixtures("real_company")
def test_a_long_turn_is_not_overtaken_by_the_next_one() -> None:
    """Its time is up while it still works: the next turn waits."""
    side_by_side, most = [0], [0]

    def work() -> None:
        side_by_side[0] += 1
        most[0] = max(most[0], side_by_side[0])
        time.sleep(0.2)
        side_by_side[0] -= 1

    tick = Tick("test.long", 0, work)
    _at_once(3, lambda: take_turn(tick))
    assert most == [1]


def _at_once(number: int, work: Callable[[], bool]) -> list[bool]:
    results: list[bool] = []
    gate = threading.Barrier(number)

    def run() -> None:
        gate.wait()
        try:
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db
def test_an_idle_ticker_does_not_ask_the_database_before_it_is_time() -> None:
    ticker = Ticker()
    ticker._look()
    # The one-second tick may come due again; all others were taken and are left alone.
    slow = {tick.name for tick in ticks() if tick.seconds > 5}
    assert slow <= {name for name, when in ticker._next.items() if when > time.monotonic() + 1}


def test_one_name_is_one_tick() -> None:
    taken = ticks()[0]
    with pytest.raises(ValueError, match="registered already"):
        every(1, taken.name, lambda: None)
