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
