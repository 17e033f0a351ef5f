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
