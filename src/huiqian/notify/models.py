"""Tables of notices."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """Something a person should know, shown at the bell; one a fact and person, however often it is delivered."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    entry_id = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    case_number = models.CharField(max_length=32)
    case_title = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="notice_once", fields=["person", "entry_id"])]
        indexes: ClassVar = [
            models.Index(name="notice_unread", fields=["person", "-id"], condition=Q(read_at__isnull=True)),
            models.Index(name="notice_of_person", fields=["person", "-id"]),
        ]


class Wish(models.Model):
    """How somebody wants to hear of a kind of notice beside the bell; without a row as is usual."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    way = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="wish_once", fields=["person", "kind"])]


class Mail(models.Model):
    """An e-mail that somebody is owed; one a fact or day and person, however often it is asked for.

    It is `sent`, or `refused` for ever by the receiving server, or waits; `failure` says why it has not gone out yet.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    content = models.JSONField()
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="mail_once", fields=["person", "key"])]
        indexes: ClassVar = [
            # What an administrator looks at.
            models.Index(name="mail_failing", fields=["-id"], condition=Q(sent_at__isnull=True) & ~Q(failure="")),
        ]


class Channel(models.Model):
    """A group robot or a webhook that is told of some events of some processes (none named: of all).

    Whoever knows the address or the secret can write into the group: neither is shown again, nor logged.
    """

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=16)
    address = models.CharField(max_length=1000)
    secret = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="zh-hans")
    processes = models.JSONField(default=list)
    events = models.JSONField(default=list)
    enabled = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["name"]


class Delivery(models.Model):
    """Something a channel is told: `payload` is what happened; the same event is told once a channel."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=64)
    payload = models.JSONField()
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="delivery_once", fields=["channel", "event"])]
        indexes: ClassVar = [models.Index(name="delivery_of_channel", fields=["channel", "-id"])]
