"""Facts about surveys. What people answered stands in the answers themselves: facts name nobody who answered."""

from dataclasses import dataclass
from datetime import datetime

from huiqian.base.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyChanged(Event):
    """Somebody changed what a survey asks or how it is answered: `what` was done, to which question if any."""

    survey: int
    key: str
    what: str
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyOpened(Event):
    """A survey takes answers from now on, until `closes_at` if that is said."""

    survey: int
    key: str
    questions: int
    closes_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyClosed(Event):
    """A survey takes no more answers; how many it got."""

    survey: int
    key: str
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksMade(Event):
    """Somebody made personal links."""

    survey: int
    key: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered(Event):
    """An answer came in: its number and a fingerprint of it, so that nobody changes it unseen; not what it says."""

    survey: int
    answer: int
    digest: str
