"""Group robots and webhooks over a real web server: who is told of what, once, and what is never shown."""

import logging
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import Client

from huiqian.base.errors import Forbidden, Invalid, NotFound, Stale
from huiqian.journal.models import Entry
from huiqian.notify.commands import (
    ChannelCard,
    claim_delivery,
    deliver,
    deliver_again,
    keep_arrived,
    keep_undelivered,
    remove_channel,
    save_channel,
    try_channel,
)
from huiqian.notify.formats import Posting, sign_webhook
from huiqian.notify.models import Channel, Delivery
from huiqian.notify.network import Blocked, post
from huiqian.notify.queries import failing_deliveries
from huiqian.notify.sending import Unreached, post_delivery
from huiqian.notify.tests.receiver import Receiver, receiver
from huiqian.org.models import Person
from tests.people import actor, start

SECRET = "streng-geheim"
ALL = ("case_started", "case_ended")


@pytest.fixture
def group(company: None, settings: LazySettings) -> Iterator[Receiver]:
    """A receiver on the loopback, which this test allows."""
    settings.HUIQIAN_OUTWARD_PRIVATE, settings.PUBLIC_URL = True, "https://huiqian.example.com"
    with receiver() as found:
        yield found


def channel(group: Receiver, **more: object) -> int:
    """A webhook that is told of starts and ends."""
    said = {"name": "门户", "kind": "webhook", "address": group.address, "secret": SECRET, "events": ALL, **more}
    return save_channel(actor("admin"), ChannelCard(**said)).pk  # type: ignore[arg-type]


def tell() -> list[int]:
    """Everything is told; the messages that are owed."""
    deliver(actor("admin"), list(Entry.objects.values_list("pk", flat=True)))
    return list(Delivery.objects.filter(sent_at__isnull=True).order_by("pk").values_list("pk", flat=True))


def test_a_webhook_is_told_once_with_a_signature(group: Receiver) -> None:
    channel(group)
    number = start(topic="年度调研")
    (one,) = tell()
    assert tell() == [one], "told again, it is owed once"
    post_delivery(one)
    post_delivery(one)
    ((path, headers, body),) = group.posts
    assert path == "/hook?key=geheim"
    assert headers["Huiqian-Signature"] == sign_webhook(SECRET, int(headers["Huiqian-Timestamp"]), body)
    told = group.json()
    assert (told["event"], told["process"], told["case"]) == ("case_started", "SC-001", number)
    assert told["link"] == f"https://huiqian.example.com/cases/{number}"
    assert headers["Huiqian-Event"] == told["id"]


def test_robots_are_told_in_their_own_way(group: Receiver) -> None:
    for kind in ("wecom", "dingtalk", "feishu"):
        channel(group, name=kind, kind=kind)
    start()
    for one in tell():
        post_delivery(one)
    assert Delivery.objects.filter(sent_at__isnull=False).count() == 3
    assert ["sign=" in path for path, _headers, _body in group.posts].count(True) == 1, "DingTalk's"


def test_only_of_what_it_is_told_of(group: Receiver) -> None:
    channel(group, name="别的流程", processes=("SC-002",))
    channel(group, name="别的事", events=("case_ended",))
    channel(group, name="停用", enabled=False)
    start()
    assert tell() == []


def test_what_may_pass_is_tried_again_and_what_may_not_is_given_up(
    group: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    which = channel(group)
    start()
    (one,) = tell()
    group.status = 503
    with pytest.raises(Unreached, match="503"):
        post_delivery(one)
    group.status, group.location = 302, f"http://127.0.0.1:{group.port}/elsewhere"
    post_delivery(one)
    assert len(group.posts) == 2, "redirects are not followed"
    assert failing_deliveries(actor("admin")) == {which: 1}
    post_delivery(one)
    assert len(group.posts) == 2, "what is refused is left alone"
    group.status, group.location = 200, ""
    deliver_again(actor("admin"), one)
    post_delivery(one)
    assert failing_deliveries(actor("admin")) == {}
    with pytest.raises(Stale):
        deliver_again(actor("admin"), one)
    assert SECRET not in caplog.text
    assert "geheim" not in caplog.text


def test_nobody_listens(group: Receiver) -> None:
    channel(group, address="http://127.0.0.1:9/")
    start()
    (one,) = tell()
    with pytest.raises(Unreached) as trouble:
        post_delivery(one)
    assert "127.0.0.1" not in str(trouble.value)


def test_a_private_network_is_reached_only_where_it_is_allowed(group: Receiver, settings: LazySettings) -> None:
    which = channel(group)
    settings.HUIQIAN_OUTWARD_PRIVATE = False
    post_delivery(try_channel(actor("admin"), which))
    assert group.posts == []
    assert Delivery.objects.get().refused_at is not None
    with pytest.raises(Blocked):
        post("https://localhost/", Posting("", {}, b""), private=False)
    with pytest.raises(Invalid) as refused:
        channel(group, name="内网")
    assert list(refused.value.errors) == ["address"]


def test_a_test_message(group: Receiver) -> None:
    post_delivery(try_channel(actor("admin"), channel(group)))
    assert group.json()["event"] == "test"


def test_secrets_are_kept_but_shown_and_written_nowhere(group: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    which, client = channel(group), Client()
    client.force_login(Person.objects.get(login="admin"), backend="django.contrib.auth.backends.ModelBackend")
    for page in ("/outward", f"/outward/{which}"):
        text = client.get(page).content.decode()
        assert SECRET not in text
        assert "key=geheim" not in text
    save_channel(actor("admin"), ChannelCard(name="改名", kind="webhook", events=ALL), which)
    kept = Channel.objects.get()
    assert (kept.name, kept.secret, kept.address) == ("改名", SECRET, group.address)
    written = str(list(Entry.objects.values_list("detail", flat=True))) + caplog.text
    assert SECRET not in written
    assert "geheim" not in written


def test_a_secret_does_not_go_to_another_host(group: Receiver) -> None:
    which = channel(group)
    save_channel(
        actor("admin"),
        ChannelCard(name="门户", kind="webhook", address="https://other.example.com/", events=ALL),
        which,
    )
    assert Channel.objects.get().secret == ""


def test_wrong_cards(group: Receiver) -> None:
    card = ChannelCard(name=" ", kind="pigeon", address="text", events=(), processes=("X",), language="fr")
    with pytest.raises(Invalid) as refused:
        save_channel(actor("admin"), card)
    assert set(refused.value.errors) == {"name", "kind", "address", "events", "processes", "language"}
    channel(group)
    with pytest.raises(Invalid):
        channel(group)


def test_administrators_only(group: Receiver) -> None:
    which, other = channel(group), actor("marketing_manager")
    with pytest.raises(Forbidden):
        save_channel(other, ChannelCard(name="x", kind="webhook"))
    for verb in (remove_channel, try_channel, deliver_again):
        with pytest.raises(Forbidden):
            verb(other, which)
        with pytest.raises(NotFound):
            verb(actor("admin"), 0)
    remove_channel(actor("admin"), which)
    assert not Channel.objects.exists()


def test_one_job_at_a_time(group: Receiver) -> None:
    one = try_channel(actor("admin"), channel(group))
    assert claim_delivery(actor("admin"), one) is not None
    with pytest.raises(Stale):
        claim_delivery(actor("admin"), one)
    keep_undelivered(actor("admin"), one, "HTTP 500", for_ever=False)
    assert claim_delivery(actor("admin"), one) is not None
    keep_arrived(actor("admin"), one)
    assert claim_delivery(actor("admin"), one) is None
