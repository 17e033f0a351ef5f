"""What the API remembers of its own: requests that must not be done twice."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Request(models.Model):
    """The answer given to an Idempotency-Key: written in the transaction of what it did, so both stand or neither."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="request_once_a_key", fields=["person", "key"])]
