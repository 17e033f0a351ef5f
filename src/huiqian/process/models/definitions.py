"""Tables of processes: definitions, their versions, joint reviews and decision tables."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from huiqian.base.languages import pick


class Definition(models.Model):
    """A process of the handbook: its code and name; what it says stands in its versions."""

    code = models.CharField(max_length=32, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    owner = models.CharField(max_length=64, blank=True)
    startable = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self.name_zh, self.name_en)


class Version(models.Model):
    """One version of a process: the BPMN, its forms, documents and print templates, and the drawing laid out at save.

    Only a version that the joint review agreed to is in effect. What a version says is never changed.
    """

    class Status(models.TextChoices):
        DRAFT = "draft"
        IN_REVIEW = "in_review"
        AGREED = "agreed"
        IN_EFFECT = "in_effect"
        REFUSED = "refused"
        RETIRED = "retired"
        DISCARDED = "discarded"

    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.DRAFT)
    bpmn = models.TextField()
    content = models.JSONField()
    layout = models.JSONField()
    digest = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    effective_from = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["definition_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="process_version_once", fields=["definition", "number"]),
            # One version of a process is in effect, never two.
            models.UniqueConstraint(
                name="process_one_in_effect", fields=["definition"], condition=Q(status="in_effect")
            ),
            # One version of a process is on its way: in review, or agreed to and waiting for its day.
            models.UniqueConstraint(
                name="process_one_on_its_way", fields=["definition"], condition=Q(status__in=("in_review", "agreed"))
            ),
            # What is in effect, or was, has been so since some moment.
            models.CheckConstraint(
                name="process_effect_has_a_day",
                condition=~Q(status__in=("in_effect", "retired")) | Q(effective_from__isnull=False),
            ),
        ]


class Review(models.Model):
    """A joint review of a version (G2). Withdrawn and submitted again, it has another one, all opinions asked anew."""

    class Outcome(models.TextChoices):
        OPEN = ""
        AGREED = "agreed"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    note = models.TextField()
    # From this day the version is to be in effect; none: as soon as the last one has agreed.
    effective_on = models.DateField(null=True, blank=True)
    submitter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, default=Outcome.OPEN, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["version_id", "round"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="review_round_once", fields=["version", "round"]),
            models.UniqueConstraint(name="review_one_open", fields=["version"], condition=Q(outcome="")),
            models.CheckConstraint(
                name="review_ends_with_an_outcome",
                condition=Q(outcome="", ended_at__isnull=True) | (~Q(outcome="") & Q(ended_at__isnull=False)),
            ),
        ]


class Opinion(models.Model):
    """What a position says in a joint review: whoever holds it on that day; `behalf` is whom they stand in for."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="opinions")
    place = models.PositiveSmallIntegerField()
    position = models.CharField(max_length=64)
    agrees = models.BooleanField(null=True)
    text = models.TextField(blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    behalf = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=16, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["review_id", "place"]
        indexes: ClassVar = [models.Index(name="opinion_awaited", fields=["review"], condition=Q(agrees__isnull=True))]
        constraints: ClassVar = [
            models.UniqueConstraint(name="opinion_once_a_position", fields=["review", "position"]),
            models.CheckConstraint(
                name="opinion_has_its_person",
                condition=Q(agrees__isnull=True, person__isnull=True, given_at__isnull=True)
                | Q(agrees__isnull=False, person__isnull=False, given_at__isnull=False),
            ),
            models.CheckConstraint(
                name="opinion_refusal_has_a_reason",
                condition=~Q(agrees=False) | ~Q(text=""),
            ),
        ]


class Decision(models.Model):
    """A decision table that conditions ask by its key; an administrator edits it, every edit a version."""

    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="decisions")
    key = models.CharField(max_length=64)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering: ClassVar = ["definition_id", "key"]
        constraints: ClassVar = [models.UniqueConstraint(name="decision_once", fields=["definition", "key"])]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self.name_zh, self.name_en)


class DecisionVersion(models.Model):
    """What a decision table says from one edit (or version, `brought_by`) to the next; a case keeps what stood then."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    dmn = models.TextField()
    note = models.CharField(max_length=200, blank=True)
    brought_by = models.ForeignKey(Version, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["decision_id", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(name="decision_version_once", fields=["decision", "number"])]


class Counter(models.Model):
    """The last case number given in a process and year: numbers have no gaps and no doubles."""

    code = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="counter_once", fields=["code", "year"])]
