"""Tables of forms: what is being typed. Forms belong to a process version, answers to cases and documents."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What somebody has typed so far, saved by itself: raw values, not yet checked.

    `place` says for what: "start:SC-001" (a case not yet started) or "task:42".
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=64)
    title = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(name="draft_of_owner", fields=["owner", "-saved_at"])]
        constraints: ClassVar = [
            # A task has one draft for each person; cases not yet started may have many.
            models.UniqueConstraint(
                name="draft_one_a_task", fields=["owner", "place"], condition=models.Q(place__startswith="task:")
            ),
        ]
