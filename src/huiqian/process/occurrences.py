"""On which days something takes place that comes again and again; Shanghai's time, computed without a database."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from huiqian.base.clock import COMPANY_ZONE

MONTHLY, WEEKLY, YEARLY = "monthly", "weekly", "yearly"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every month on a day, every week on a weekday (1 is Monday), every year on a day of a month; at a time.

    A day that a month does not have is its last one: the 31st of April is the 30th.
    """

    rule: str
    day: int
    at: time
    month: int = 1

    def after(self, moment: datetime) -> datetime:
        """The next occurrence that is later than this moment."""
        day = moment.astimezone(COMPANY_ZONE).date()
        found = self.moment(self._on_or_after(day))
        return found if found > moment else self.moment(self._on_or_after(day + timedelta(days=1)))

    def last(self, moment: datetime) -> datetime:
        """The latest occurrence that is not later than this moment."""
        found = self.after(moment - timedelta(days=400))
        while (following := self.after(found)) <= moment:
            found = following
        return found

    def coming(self, moment: datetime, many: int) -> list[datetime]:
        """The next occurrences after this moment."""
        found: list[datetime] = []
        while len(found) < many:
            found.append(self.after(found[-1] if found else moment))
        return found

    def missed(self, since: datetime, now: datetime, most: int) -> datetime:
        """The first occurrence to take up, of those from `since` on that are due: at most so many back."""
        due = [since]
        while (following := self.after(due[-1])) <= now:
            due = [*due, following][-most:]
        return due[0]

    def moment(self, day: date) -> datetime:
        """The moment of an occurrence."""
        return datetime.combine(day, self.at, COMPANY_ZONE)

    def _on_or_after(self, day: date) -> date:
        if self.rule == WEEKLY:
            return day + timedelta(days=(self.day - 1 - day.weekday()) % 7)
        months = 1 if self.rule == MONTHLY else 12
        year, month = (day.year, day.month) if self.rule == MONTHLY else (day.year, self.month)
        found = in_month(year, month, self.day)
        return found if found >= day else in_month(*divmod_month(year, month + months), self.day)


def in_month(year: int, month: int, day: int) -> date:
    """A day of a month, or the month's last where it is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def divmod_month(year: int, month: int) -> tuple[int, int]:
    """Year and month, where the month may be past December."""
    return year + (month - 1) // 12, (month - 1) % 12 + 1
