"""Tells stories: people of the demo company answer what they are asked, and time does what time does in between."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.ticks import ticks
from huiqian.org.models import Person
from huiqian.process.models import Instance
from huiqian.surveys.commands import From, answer_survey
from huiqian.surveys.models import Survey
from huiqian.work.commands import Decided, decide, start_case
from huiqian.work.models import Assignment
from huiqian.work.queries import start_form, task_view

# What time itself does while a story goes on: some of it after every step, some in the morning and in the evening.
ALWAYS = ("process.fire_timers", "process.look_after_calls", "process.deliver_parcels")
TWICE_A_DAY = (*ALWAYS, "process.start_scheduled", "surveys.close_due", "work.remind", "marketing.spread_prices")
WAKES = (time(9, 1), time(18, 1))


class Teller:
    """A story's voice: everything goes through the commands that pages and programs use."""

    def who(self, login: str) -> Actor:
        """Somebody by their login."""
        return Person.objects.get(login=login).actor

    def start(self, login: str, code: str, **values: Any) -> str:
        """Somebody starts a process with the form's example, some answers changed; the case's number."""
        form = start_form(code)
        return start_case(self.who(login), code, {**(form.example if form else {}), **values}).number

    def begin(self, login: str, code: str, **values: Any) -> str:
        """Somebody starts a process with just these values; the case's number."""
        return start_case(self.who(login), code, values).number

    def led_to(self, number: str, code: str) -> str:
        """The number of the latest case of a process that came of a case. LookupError for none."""
        found = Instance.objects.filter(received_from__source__number=number, version__definition__code=code)
        case = found.order_by("-pk").values_list("number", flat=True).first()
        if case is None:
            raise LookupError(f"{number} led to no {code}")
        return case

    def task(self, number: str, login: str, step: str = "", member: str = "") -> int:
        """The task that a case has for somebody, the latest; at a step, for a member's part where they are named.

        LookupError for none.
        """
        found = Assignment.objects.filter(
            task__instance__number=number, person__login=login, status="open", task__status="open"
        )
        if step:
            found = found.filter(task__element=step)
        if member:
            found = found.filter(task__member=member)
        task = found.order_by("-task_id").values_list("task_id", flat=True).first()
        if task is None:
            raise LookupError(f"{number} asks nothing of {login} {step}".strip())
        return task

    def answer(
        self, number: str, login: str, opinion: str = "", *, step: str = "", member: str = "", outcome: str = "",
        to: str | None = None, example: bool = True, **values: Any,
    ) -> Decided:  # fmt: skip
        """Somebody answers what a case asks of them: the usual answer, the form's example with some answers changed."""
        actor, task = self.who(login), self.task(number, login, step, member)
        view = task_view(actor, task)
        begun = view.form.example if view.form and example else {}
        chosen = outcome or view.task.outcomes[0].code
        filled = {**begun, **values} if view.form and chosen != "return" else None
        return decide(actor, task, chosen, opinion=opinion, values=filled, to=to)

    def say(
        self, number: str, login: str, opinion: str = "", *, step: str = "", member: str = "", outcome: str = "",
        **values: Any,
    ) -> Decided:  # fmt: skip
        """Somebody answers with just these values; what the case knows already stays."""
        return self.answer(number, login, opinion, step=step, member=member, outcome=outcome, example=False, **values)

    def send_back(
        self, number: str, login: str, opinion: str, *, to: str | None = None, step: str = "", member: str = ""
    ) -> Decided:
        """Somebody returns a case with an opinion."""
        return self.answer(number, login, opinion, outcome="return", to=to, step=step, member=member)

    def asked(self, number: str) -> set[str]:
        """Whom a case waits for, by login."""
        found = Assignment.objects.filter(task__instance__number=number, status="open", task__status="open")
        return set(found.values_list("person__login", flat=True))

    def until(self, moment: datetime) -> None:
        """Let time pass up to a moment: timers fire and schedules start on their way."""
        while (wake := _next_wake(clock.now())) < moment:
            clock.advance(wake - clock.now())
            pass_time(TWICE_A_DAY)
        clock.advance(moment - clock.now())
        pass_time(ALWAYS)


def day(days: int = 0) -> str:
    """So many days from the story's today, as forms keep them."""
    return (clock.today() + timedelta(days=days)).isoformat()


def respond(number: str, answers: Iterable[Mapping[str, object]]) -> None:
    """People outside answer a case's survey by the link that they were given."""
    survey = Survey.objects.get(case__number=number)
    for place, values in enumerate(answers):
        key = str(uuid5(NAMESPACE_URL, f"{number}-{place}"))
        answer_survey(Actor(id=None, name="", door="survey"), survey.token, values, From(key=key))


def _next_wake(now: datetime) -> datetime:
    local = now.astimezone(COMPANY_ZONE)
    today = [datetime.combine(local.date(), at, COMPANY_ZONE) for at in WAKES]
    tomorrow = datetime.combine(local.date() + timedelta(days=1), WAKES[0], COMPANY_ZONE)
    return next((wake for wake in today if wake > local), tomorrow)


def pass_time(names: Collection[str]) -> None:
    """What workers would do by now: due timers, calls that return, due schedules, reminders."""
    for tick in ticks():
        if tick.name in names:
            tick.run()


@dataclass(frozen=True, slots=True)
class Pause:
    """How long a story waits: so many working days (Monday to Friday), then until a time of day."""

    workdays: int = 1
    at: time = time(9, 30)

    def after(self, now: datetime) -> datetime:
        """The moment it goes on; with no days the time of the same day, a minute later where that has passed."""
        day = now.astimezone(COMPANY_ZONE).date()
        for _ in range(self.workdays):
            day += timedelta(days=1)
            while day.weekday() >= 5:
                day += timedelta(days=1)
        return max(datetime.combine(day, self.at, COMPANY_ZONE), now + timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class On:
    """A story waits for a certain moment."""

    moment: datetime

    def after(self, now: datetime) -> datetime:
        """That moment, or now where it has passed."""
        return max(self.moment, now)


Story = Callable[[Teller], Iterator[Pause | On]]


def tell(begins: datetime, stories: Iterable[tuple[datetime, Story]], ends: datetime | None = None) -> None:
    """Tell stories side by side, each from its own moment on: whoever is to speak next speaks next. All or nothing.

    `ends` is where the telling stops: what a story has still to say then stays open.
    """
    with transaction.atomic(), clock.moved_to(begins):
        teller = Teller()
        order = count()
        waiting = [(moment, next(order), story(teller)) for moment, story in stories]
        heapify(waiting)
        while waiting:
            moment, _number, story = heappop(waiting)
            if ends is not None and moment > ends:
                break
            teller.until(max(moment, clock.now()))
            pause = next(story, None)
            if pause is not None:
                heappush(waiting, (pause.after(clock.now()), next(order), story))
        if ends is not None and clock.now() < ends:
            teller.until(ends)
