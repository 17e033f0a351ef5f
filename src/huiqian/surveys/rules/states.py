"""Whether a survey takes answers, and what a form's ticket tells about who sends it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Refusal

DRAFT, OPEN, CLOSED = "draft", "open", "closed"
# Nobody reads and answers a page faster than this.
LEAST_SECONDS = 2
TICKET_DAYS = 14
SKEW = timedelta(minutes=2)
SALT = "huiqian.surveys"


class TooFast(Refusal):
    """A form came back quicker than anybody can read it, or with what only robots fill in."""

    code = "too-fast"
    status = 422
    text = _("That was faster than anybody can read. Nothing was stored. Wait two seconds and send it again.")


class Outdated(Refusal):
    """A form that we did not give out, or gave out long ago."""

    code = "form-outdated"
    status = 422
    text = _("This page was open for too long. Your answers are still here: look through them and send them again.")


def state_of(
    opened_at: datetime | None, closes_at: datetime | None, closed_at: datetime | None, running: bool, now: datetime
) -> str:
    """Draft before it was opened; closed once somebody closed it, its time is over or its case does not run."""
    if opened_at is None:
        return DRAFT
    over = closed_at is not None or (closes_at is not None and closes_at <= now)
    return CLOSED if over or not running else OPEN


def end_of(day: date) -> datetime:
    """The end of a day in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), COMPANY_ZONE)


def closing_text(moment: datetime | None) -> str:
    """A closing moment as it is typed: its last day, with the time where it does not last until midnight."""
    if moment is None:
        return ""
    local = moment.astimezone(COMPANY_ZONE)
    if local.time() == time():
        return f"{local.date() - timedelta(days=1)}"
    return f"{local:%Y-%m-%d %H:%M}"


def moment_of(said: object) -> datetime | None:
    """When a survey closes: a moment as it is, a day with its end. ValueError for anything else that is not empty."""
    if said is None or said == "":
        return None
    if isinstance(said, datetime):
        return said if said.tzinfo else said.replace(tzinfo=COMPANY_ZONE)
    if isinstance(said, date):
        return end_of(said)
    return end_of(date.fromisoformat(str(said)))


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a form carries: which link it belongs to, the key that makes it count once, when it was given out."""

    token: str
    key: str
    given_at: datetime

    def signed(self) -> str:
        """As text that only we can make."""
        return signing.dumps([self.token, self.key, self.given_at.isoformat()], salt=SALT)


def read_ticket(text: str, token: str, now: datetime) -> Ticket:
    """The ticket of a form that comes back. Refusals: Outdated for a foreign, changed or old one."""
    try:
        found, key, given = signing.loads(text, salt=SALT)
        ticket = Ticket(str(found), str(key), datetime.fromisoformat(given))
    except (signing.BadSignature, ValueError, TypeError):
        raise Outdated from None
    # Another web server's clock may be a little ahead.
    if ticket.token != token or not -SKEW <= now - ticket.given_at <= timedelta(days=TICKET_DAYS):
        raise Outdated
    return ticket


def check_not_a_robot(ticket: Ticket, trap: str, now: datetime) -> None:
    """TooFast where the hidden field was filled in or the form came back within two seconds."""
    if trap or now - ticket.given_at < timedelta(seconds=LEAST_SECONDS):
        raise TooFast


def origin_of(address: str, token: str, day: date) -> str:
    """What is kept of a respondent's address: a mark that is the same for a survey and a day, and tells no address."""
    return salted_hmac(SALT, f"{address}|{token}|{day}", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[
        :32
    ]


def canonical(values: Mapping[str, Any]) -> str:
    """Answers as text that is the same for the same answers."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def digest_of(values: str) -> str:
    """The fingerprint of answers that the journal keeps instead of them."""
    return hashlib.sha256(values.encode()).hexdigest()
