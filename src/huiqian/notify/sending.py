"""Sends what is written down, outside of every transaction: claimed before, kept as sent or failed after it."""

from email.utils import formataddr
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import translation

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.notify.commands import (
    claim_delivery,
    claim_mail,
    keep_arrived,
    keep_failure,
    keep_sent,
    keep_undelivered,
)
from huiqian.notify.formats import posting, verdict
from huiqian.notify.letters import letter_of
from huiqian.notify.models import Mail
from huiqian.notify.network import Blocked, post
from huiqian.notify.words import said_of

FOR_EVER = 500


def send_mail(mail: int) -> None:
    """Send an e-mail that waits, at least once: one that was under way when its worker was killed goes out again with
    the same Message-ID. What may pass is raised, so that the job is tried again later.
    """
    found = claim_mail(SYSTEM, mail)
    if found is None:
        return
    try:
        _post(found)
    except (SMTPException, OSError) as trouble:
        gone = is_refused_for_ever(trouble)
        keep_failure(SYSTEM, mail, _words(trouble), for_ever=gone)
        if not gone:
            raise
    else:
        keep_sent(SYSTEM, mail)


def message_id(mail: Mail) -> str:
    """The same for the same e-mail, however often it is sent."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    return f"<huiqian.{mail.pk}.{mail.made_at:%Y%m%d%H%M%S%f}@{domain}>"


def is_refused_for_ever(trouble: Exception) -> bool:
    """Whether the receiving server says that trying again is of no use (5xx of the recipient or the message)."""
    if isinstance(trouble, SMTPRecipientsRefused):
        return all(code >= FOR_EVER for code, _said in trouble.recipients.values())
    return isinstance(trouble, SMTPDataError) and trouble.smtp_code >= FOR_EVER


def _post(mail: Mail) -> None:
    letter = letter_of(mail)
    message = EmailMultiAlternatives(
        letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [formataddr((mail.person.name, mail.person.email))],
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
        connection=get_connection("django.core.mail.backends.smtp.EmailBackend"),
    )  # fmt: skip
    message.attach_alternative(letter.html, "text/html")
    message.send()


def _words(trouble: Exception) -> str:
    """What went wrong, in the server's own words."""
    if isinstance(trouble, SMTPRecipientsRefused):
        said = (f"{code} {text.decode('utf-8', 'replace')}" for code, text in trouble.recipients.values())
        return "; ".join(said)
    return f"{type(trouble).__name__}: {trouble}"


class Unreached(Exception):
    """A receiver did not take a message, but may later: the job is tried again."""


def post_delivery(delivery: int) -> None:
    """Tell a channel what it is owed, at least once; a webhook knows by the event's id what it has heard already.

    What may pass is raised without the address, which is a secret, so that the job is tried again later.
    """
    found = claim_delivery(SYSTEM, delivery)
    if found is None:
        return
    channel = found.channel
    with translation.override(channel.language):
        said = said_of(found.payload)
    request = posting(channel.kind, channel.secret, found.payload, said, clock.now())
    try:
        status, body = post(channel.address, request, private=settings.HUIQIAN_OUTWARD_PRIVATE)
    except Blocked as trouble:
        keep_undelivered(SYSTEM, delivery, str(trouble), for_ever=True)
        return
    except (OSError, ValueError) as trouble:
        why = type(trouble).__name__
        keep_undelivered(SYSTEM, delivery, why, for_ever=False)
        raise Unreached(f"delivery {delivery}: {why}") from None
    found_out = verdict(channel.kind, status, body)
    if found_out.ok:
        keep_arrived(SYSTEM, delivery)
        return
    keep_undelivered(SYSTEM, delivery, found_out.why, for_ever=not found_out.passes)
    if found_out.passes:
        raise Unreached(f"delivery {delivery}: {found_out.why}")
