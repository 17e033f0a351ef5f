"""Working time: China's calendar with its make-up workdays, and deadlines counted in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import ceil

from huiqian.base.clock import COMPANY_ZONE

# A working day: two stretches, eight hours together.
STRETCHES = ((time(9), time(12)), (time(13), time(18)))
DAY_STARTS, DAY_ENDS = STRETCHES[0][0], STRETCHES[-1][1]
HOURS_A_DAY = 8

DURATION = re.compile(r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: weekdays, but for the special days (True: worked all the same, 调休; False: off)."""

    special: Mapping[date, bool] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Whether this day is worked."""
        return self.special.get(day, day.weekday() < 5)

    def next_workday(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def work_began(self, moment: datetime) -> datetime | None:
        """When work began on this moment's day; None on a day off, and before work begins."""
        begins = datetime.combine(moment.astimezone(COMPANY_ZONE).date(), DAY_STARTS, COMPANY_ZONE)
        return begins if self.works(begins.date()) and begins <= moment else None

    def due(self, start: datetime, duration: str) -> datetime:
        """`start` plus an ISO 8601 duration in working time (P2D: two working days, PT4H: four working hours).

        A start outside working time counts from the next moment of work. Raises ValueError for another format.
        """
        weeks, days, hours, minutes = self._parts(duration)
        moment = self._into_work(start.astimezone(COMPANY_ZONE))
        for _day in range(weeks * 5 + days):
            moment = self._next_day(moment)
        return self._add_minutes(moment, hours * 60 + minutes)

    def due_by(self, start: datetime, said: object, usual: str) -> datetime | None:
        """When something is due: `said` is a day (until its end of work, if it is not over), a moment, or a duration
        in working time as text; where it is none of them the `usual` duration holds, if there is one.
        """
        if isinstance(said, datetime):
            moment = said if said.tzinfo else said.replace(tzinfo=COMPANY_ZONE)
            return moment if moment > start else self._usual(start, usual)
        if isinstance(said, date):
            ends = datetime.combine(said, DAY_ENDS, COMPANY_ZONE)
            return ends if ends > start else self._usual(start, usual)
        if isinstance(said, str) and (match := DURATION.fullmatch(said)) and any(match.groups()):
            return self.due(start, said)
        return self._usual(start, usual)

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none where the end is not after the start."""
        begin, stop = start.astimezone(COMPANY_ZONE), end.astimezone(COMPANY_ZONE)
        total, day = timedelta(0), begin.date()
        while day <= stop.date():
            if self.works(day):
                for first, last in STRETCHES:
                    left = max(begin, datetime.combine(day, first, COMPANY_ZONE))
                    total += max(timedelta(0), min(stop, datetime.combine(day, last, COMPANY_ZONE)) - left)
            day += timedelta(days=1)
        return total

    def after(self, start: datetime, worked: timedelta) -> datetime:
        """The moment at which so much working time has passed since `start`."""
        return self._add_minutes(start.astimezone(COMPANY_ZONE), ceil(worked / timedelta(minutes=1)))

    def before(self, end: datetime, worked: timedelta) -> datetime:
        """The latest moment in working time from which so much of it is left until `end`."""
        stop = end.astimezone(COMPANY_ZONE)
        day, left = stop.date(), worked
        while True:
            for first, last in reversed(STRETCHES if self.works(day) else ()):
                begins = datetime.combine(day, first, COMPANY_ZONE)
                ends = min(stop, datetime.combine(day, last, COMPANY_ZONE))
                if ends > begins:
                    if left <= ends - begins:
                        return ends - left
                    left -= ends - begins
            day -= timedelta(days=1)

    def span(self, duration: str) -> timedelta:
        """An ISO 8601 duration as working time: P1D is eight hours. Raises ValueError for another format."""
        weeks, days, hours, minutes = self._parts(duration)
        return timedelta(hours=(weeks * 5 + days) * HOURS_A_DAY + hours, minutes=minutes)

    def _usual(self, start: datetime, usual: str) -> datetime | None:
        return self.due(start, usual) if usual else None

    def _parts(self, duration: str) -> tuple[int, int, int, int]:
        match = DURATION.fullmatch(duration)
        if match is None or not any(match.groups()):
            raise ValueError(f"not a duration in working time: {duration!r}")
        weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
        return weeks, days, hours, minutes

    def _next_day(self, moment: datetime) -> datetime:
        day = self.next_workday(moment.date() + timedelta(days=1))
        return datetime.combine(day, moment.timetz())

    def _into_work(self, moment: datetime) -> datetime:
        """The moment itself in working time, else the next moment of work."""
        if self.works(moment.date()):
            for begins, ends in STRETCHES:
                if moment.time() < begins:
                    return datetime.combine(moment.date(), begins, COMPANY_ZONE)
                if moment.time() < ends:
                    return moment
        day = self.next_workday(moment.date() + timedelta(days=1))
        return datetime.combine(day, DAY_STARTS, COMPANY_ZONE)

    def _add_minutes(self, moment: datetime, minutes: int) -> datetime:
        left = timedelta(minutes=minutes)
        while left > timedelta(0):
            moment = self._into_work(moment)
            ends = next(end for begin, end in STRETCHES if begin <= moment.time() < end)
            stretch = datetime.combine(moment.date(), ends, COMPANY_ZONE) - moment
            moment += min(stretch, left)
            left -= stretch
        return moment
