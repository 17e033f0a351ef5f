"""E-mails at once and the morning's digest, over a real SMTP server."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

import pytest
from django.conf import LazySettings

from huiqian.base import clock
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Forbidden, Invalid, Stale
from huiqian.journal.models import Entry
from huiqian.notify.commands import (
    choose_ways,
    claim_mail,
    deliver,
    keep_failure,
    keep_sent,
    send_again,
    write_digests,
)
from huiqian.notify.mails import owe_mails
from huiqian.notify.models import Mail, Notice
from huiqian.notify.queries import failing_mails, ways_of
from huiqian.notify.rules import AT_ONCE, BELL, DIGEST, KINDS, waits_how, way_of
from huiqian.notify.sending import is_refused_for_ever, message_id, send_mail
from huiqian.notify.tests.mailbox import Mailbox, mailbox
from huiqian.org.models import Person
from tests.people import actor, answer, start

ASKED, ADDRESS = "product_marketing_director", "li.qiang@example.com"
URL = "https://huiqian.example.com"


@pytest.fixture
def box(company: None, settings: LazySettings) -> Iterator[Mailbox]:
    """A mail server that the product knows, and one person with an address."""
    Person.objects.update(email="")
    Person.objects.filter(login=ASKED).update(email=ADDRESS)
    with mailbox() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.PUBLIC_URL = "127.0.0.1", server.port, URL
        settings.DEFAULT_FROM_EMAIL = "huiqian@huiqian.example.com"
        yield server


def tell() -> list[int]:
    """Everything is told; the e-mails that are owed."""
    deliver(actor("admin"), list(Entry.objects.values_list("pk", flat=True)))
    return list(Mail.objects.filter(sent_at__isnull=True).order_by("pk").values_list("pk", flat=True))


def test_what_waits_comes_at_once_with_title_step_and_link_and_nothing_else(box: Mailbox) -> None:
    number = start(topic="秘密的调研")
    (mail,) = tell()
    send_mail(mail)
    send_mail(mail)
    assert len(box.messages) == 1, "what is sent is not sent again"
    (message,) = box.messages
    assert message["Message-ID"] == message_id(Mail.objects.get())
    assert ADDRESS in message["To"]
    text = message.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    html = message.get_body(("html",)).get_content()  # type: ignore[attr-defined]
    for part in (text, html):
        assert f"{URL}/cases/{number}" in part
        assert "审核策划书" in part
    assert "秘密的调研" in message["Subject"]


def test_it_is_in_the_readers_language(box: Mailbox) -> None:
    Person.objects.filter(login=ASKED).update(language="en")
    start()
    send_mail(*tell())
    assert "A task is waiting for you" in box.messages[0]["Subject"]


def test_told_again_it_is_owed_once(box: Mailbox) -> None:
    start()
    assert tell() == tell()
    owe_mails(Notice.objects.all())
    assert Mail.objects.count() == 1


def test_who_chose_the_bell_or_has_no_address_gets_none(box: Mailbox) -> None:
    choose_ways(actor(ASKED), {"task": BELL})
    number = start()
    assert tell() == []
    answer(number, ASKED, "return", "请补充", to="draft")
    assert tell() == [], "the starter has no address"


def test_no_server_no_mail(box: Mailbox, settings: LazySettings) -> None:
    settings.EMAIL_HOST = ""
    start()
    assert tell() == []


def test_an_address_that_refuses_for_ever_is_given_up_and_shown_to_administrators(box: Mailbox) -> None:
    start()
    (mail,) = tell()
    box.answer = "550 no such mailbox"
    send_mail(mail)
    assert [one.failure for one in failing_mails(actor("admin"))] == ["550 no such mailbox"]
    assert Entry.objects.filter(chain="outward", kind="mail_refused").count() == 1
    with pytest.raises(Forbidden):
        failing_mails(actor(ASKED))
    send_mail(mail)
    assert box.messages == []
    box.answer = "250 OK"
    with pytest.raises(Forbidden):
        send_again(actor(ASKED), mail)
    send_again(actor("admin"), mail)
    send_mail(mail)
    assert len(box.messages) == 1
    with pytest.raises(Stale):
        send_again(actor("admin"), mail)


def test_what_may_pass_is_tried_again_under_the_same_id(box: Mailbox) -> None:
    start()
    (mail,) = tell()
    box.answer = "451 later"
    with pytest.raises(SMTPException):
        send_mail(mail)
    box.answer = "250 OK"
    before = message_id(Mail.objects.get())
    send_mail(mail)
    assert [one["Message-ID"] for one in box.messages] == [before]
    assert Mail.objects.get().tries == 2


def test_a_mail_under_way_is_not_taken_by_another_job_unless_its_worker_was_killed(box: Mailbox) -> None:
    start()
    (mail,) = tell()
    assert claim_mail(actor("admin"), mail) is not None
    with pytest.raises(Stale):
        send_mail(mail)
    with clock.moved_to(clock.now() + timedelta(minutes=5)):
        send_mail(mail)
    assert len(box.messages) == 1


def test_what_came_of_it_is_kept(box: Mailbox) -> None:
    start()
    (mail,) = tell()
    keep_failure(actor("admin"), mail, "451 later", for_ever=False)
    assert [(one.failure, one.refused_at) for one in failing_mails(actor("admin"))] == [("451 later", None)]
    keep_sent(actor("admin"), mail)
    assert list(failing_mails(actor("admin"))) == []
    assert claim_mail(actor("admin"), mail) is None


MONDAY = datetime(2026, 12, 7, 8, 31, tzinfo=COMPANY_ZONE)


def test_the_digest_comes_once_on_a_working_morning_with_what_waits_and_what_is_late(box: Mailbox) -> None:
    choose_ways(actor(ASKED), {"task": DIGEST})
    with clock.moved_to(MONDAY - timedelta(days=6)):
        start(topic="久等的调研")
        assert tell() == []
    for early in (MONDAY - timedelta(minutes=2), MONDAY - timedelta(days=1)):
        with clock.moved_to(early):
            assert write_digests(actor("admin")) == 0, "before 8:30, and on Sundays"
    with clock.moved_to(MONDAY):
        assert (write_digests(actor("admin")), write_digests(actor("admin"))) == (1, 0)
        send_mail(Mail.objects.get().pk)
    text = box.messages[0].get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert text.index("已超时") < text.index("久等的调研")
    assert "已超时 1 项" in box.messages[0]["Subject"]


def test_nothing_when_nothing(box: Mailbox) -> None:
    choose_ways(actor(ASKED), {"task": DIGEST})
    with clock.moved_to(MONDAY):
        assert write_digests(actor("admin")) == 0
    with clock.moved_to(MONDAY + timedelta(hours=1)):
        start()
        assert write_digests(actor("admin")) == 0, "not later that day"


def test_ways_are_chosen_by_kind(company: None) -> None:
    assert ways_of(actor(ASKED))["task"] == AT_ONCE
    choose_ways(actor(ASKED), {"task": DIGEST, "copied": AT_ONCE})
    choose_ways(actor(ASKED), {"task": BELL})
    assert (ways_of(actor(ASKED))["task"], ways_of(actor(ASKED))["copied"]) == (BELL, AT_ONCE)
    for wrong in ({"task": "pigeon"}, {"weather": BELL}):
        with pytest.raises(Invalid):
            choose_ways(actor(ASKED), wrong)


def test_every_fact_belongs_to_one_kind() -> None:
    facts = [fact for kind in KINDS.values() for fact in kind]
    assert len(facts) == len(set(facts))
    assert way_of("task_opened", {}) == AT_ONCE
    assert way_of("task_opened", {"task": DIGEST}) == DIGEST
    assert way_of("something_new", {"other": DIGEST}) == DIGEST


def test_headings_of_the_digest() -> None:
    late, today, later = MONDAY - timedelta(hours=1), MONDAY + timedelta(hours=3), MONDAY + timedelta(days=1)
    assert [waits_how(due, MONDAY, COMPANY_ZONE) for due in (late, today, later, None)] == [
        "overdue", "today", "open", "open",
    ]  # fmt: skip


def test_what_is_refused_for_ever() -> None:
    assert is_refused_for_ever(SMTPRecipientsRefused({"a": (550, b"no")}))
    assert not is_refused_for_ever(SMTPRecipientsRefused({"a": (450, b"full")}))
    assert not is_refused_for_ever(ConnectionRefusedError())
