"""Tables of surveys. An answer is never changed; what it says stands nowhere else."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from huiqian.base import clock
from huiqian.base.languages import pick
from huiqian.documents.models import File
from huiqian.process.models import Instance
from huiqian.surveys.rules.states import state_of

# A case that stands still may go on again; meanwhile nobody answers.
GOING = (Instance.Status.RUNNING,)


class Survey(models.Model):
    """A case's questions to many people: what it asks, how it is answered, from when until when."""

    class Mode(models.TextChoices):
        OPEN = "open"
        PERSONAL = "personal"

    case = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="surveys")
    key = models.CharField(max_length=64)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    content = models.JSONField()
    mode = models.CharField(max_length=16, choices=Mode.choices, default=Mode.OPEN)
    # One device answers once: its browser keeps a signed mark. Off for a tablet that many people use.
    once = models.BooleanField(default=True)
    token = models.CharField(max_length=43, unique=True)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(name="survey_once_a_key", fields=["case", "key"])]
        indexes: ClassVar = [
            # What may have to be closed.
            models.Index(
                name="survey_open", fields=["id"], condition=Q(opened_at__isnull=False, closed_at__isnull=True)
            )
        ]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return pick(self.title_zh, self.title_en)

    @property
    def state(self) -> str:
        """Draft, open or closed, as it is now. Reads the case."""
        return self.state_at(clock.now())

    def state_at(self, now: datetime) -> str:
        """Draft, open or closed at a moment."""
        return state_of(self.opened_at, self.closes_at, self.closed_at, self.case.status in GOING, now)


class Invitation(models.Model):
    """A personal link: whoever has it answers once. `label` says whom it was made for."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=43, unique=True)
    label = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]


class Answer(models.Model):
    """What one respondent answered. `key` makes a form that is sent twice count once."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    key = models.UUIDField(default=uuid.uuid4)
    invitation = models.OneToOneField(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="answer"
    )
    browser = models.CharField(max_length=36, blank=True)
    origin = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=8)
    values = models.JSONField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="answer_once_a_form", fields=["survey", "key"]),
            models.UniqueConstraint(
                name="answer_once_a_browser", fields=["survey", "browser"], condition=~Q(browser="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="answer_of_survey", fields=["survey", "id"]),
            # How many came from one address lately.
            models.Index(name="answer_by_origin", fields=["survey", "origin", "answered_at"]),
        ]


class Upload(models.Model):
    """A file that a respondent sent along: before it is part of an answer nobody sees it."""

    file = models.OneToOneField(File, primary_key=True, on_delete=models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="uploads")
    origin = models.CharField(max_length=32)
    sent_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(name="upload_by_origin", fields=["survey", "origin", "sent_at"])]
