"""Tables of processes and their instances (cases)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from huiqian.base.languages import pick
from huiqian.documents.models import Dossier


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


class Instance(models.Model):
    """A case: one run of a process version. Its row is the lock everybody queues at."""

    class Status(models.TextChoices):
        RUNNING = "running"
        SUSPENDED = "suspended"
        COMPLETED = "completed"
        WITHDRAWN = "withdrawn"
        TERMINATED = "terminated"

    dossier = models.OneToOneField(Dossier, primary_key=True, on_delete=models.PROTECT, related_name="instance")
    number = models.CharField(max_length=32, unique=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="instances")
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.RUNNING)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=200, blank=True)
    state = models.JSONField()
    data = models.JSONField()
    decisions = models.JSONField(default=dict)
    starter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starter_position = models.CharField(max_length=64, blank=True)
    round = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=1)
    origin = models.UUIDField(null=True, blank=True, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="instance_of_starter", fields=["starter", "-started_at"]),
            models.Index(name="instance_by_version", fields=["version", "status"]),
        ]


class Member(models.Model):
    """One member of a case's multi-instance steps: what was answered for its item (a login, or a row's number)."""

    instance = models.ForeignKey(Instance, on_delete=models.CASCADE, related_name="members")
    item = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    data = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="member_once_an_item", fields=["instance", "item"]),
            models.UniqueConstraint(name="member_number_once", fields=["instance", "number"]),
        ]


class Timer(models.Model):
    """A moment at which an instance's wait is over; workers fire those that are due."""

    instance = models.ForeignKey(Instance, on_delete=models.CASCADE, related_name="timers")
    wait = models.CharField(max_length=32)
    element = models.CharField(max_length=64)
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="timer_once_a_wait", fields=["instance", "wait"])]


class Subscription(models.Model):
    """A wait for a message by name and business key (without a key: for any of this name), or for a signal."""

    instance = models.ForeignKey(Instance, on_delete=models.CASCADE, related_name="subscriptions")
    wait = models.CharField(max_length=32)
    element = models.CharField(max_length=64)
    name = models.CharField(max_length=100)
    key = models.CharField(max_length=200, blank=True)
    signal = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="subscription_once_a_wait", fields=["instance", "wait"])]
        indexes: ClassVar = [models.Index(name="subscription_by_key", fields=["name", "key"])]


class Incident(models.Model):
    """Why an instance cannot go on at some place; an operator mends the cause and retries."""

    instance = models.ForeignKey(Instance, on_delete=models.CASCADE, related_name="incidents")
    wait = models.CharField(max_length=32)
    element = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    text_zh = models.TextField()
    text_en = models.TextField()
    raised_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="incident_open", fields=["-raised_at"], condition=Q(solved_at__isnull=True))
        ]

    @property
    def text(self) -> str:
        """The reason in the reader's language."""
        return pick(self.text_zh, self.text_en)


class InstanceLink(models.Model):
    """A case handed on to another: what started it, and with which document."""

    source = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="handed_on")
    target = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="received_from")
    kind = models.CharField(max_length=32)
    linked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="instance_link_once", fields=["source", "target", "kind"])
        ]


class Handover(models.Model):
    """An approved document on its way to the next case of another process, which takes it up when it starts."""

    source = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="offers")
    document_id = models.BigIntegerField()
    process = models.CharField(max_length=32)
    values = models.JSONField(default=dict)
    offered_at = models.DateTimeField()
    taken_by = models.ForeignKey(Instance, null=True, blank=True, on_delete=models.PROTECT, related_name="took")

    class Meta:
        indexes: ClassVar = [
            models.Index(name="handover_waiting", fields=["process", "id"], condition=Q(taken_by__isnull=True))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="handover_once", fields=["source", "document_id", "process"])
        ]


class Call(models.Model):
    """A case that another one called (call activity): how it ended, and whether its caller has heard of it."""

    caller = models.ForeignKey(Instance, on_delete=models.CASCADE, related_name="calls")
    wait = models.CharField(max_length=32)
    child = models.OneToOneField(Instance, on_delete=models.CASCADE, related_name="called_by")
    # The process whose end the caller waits for, where the called case hands on to it (hq:until).
    until = models.CharField(max_length=32, blank=True)
    how = models.CharField(max_length=16, blank=True)
    error = models.CharField(max_length=100, blank=True)
    # The caller left the place: the child is to be withdrawn, nobody waits for its answer.
    cancelled = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="call_open", fields=["id"], condition=Q(settled_at__isnull=True))]


class Parcel(models.Model):
    """A message or a signal on its way. A signal has its case from the start; a message finds the one that waits."""

    instance = models.ForeignKey(Instance, null=True, blank=True, on_delete=models.CASCADE, related_name="parcels")
    source = models.ForeignKey(Instance, on_delete=models.CASCADE, related_name="thrown")
    signal = models.BooleanField(default=False)
    name = models.CharField(max_length=100)
    key = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    thrown_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="parcel_open", fields=["id"], condition=Q(settled_at__isnull=True))]


class Schedule(models.Model):
    """When a process begins by itself, in Shanghai's time; an administrator edits it. `next_at` is the next turn."""

    class Rule(models.TextChoices):
        MONTHLY = "monthly"
        WEEKLY = "weekly"
        YEARLY = "yearly"

    definition = models.OneToOneField(Definition, on_delete=models.PROTECT, related_name="schedule")
    enabled = models.BooleanField(default=True)
    rule = models.CharField(max_length=16, choices=Rule.choices, default=Rule.MONTHLY)
    # Day of the month (1 to 31, short months: their last), of the week (1 is Monday), month of the year.
    day = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(default=1)
    at = models.TimeField()
    values = models.JSONField(default=dict)
    starter = models.CharField(max_length=64, blank=True)
    next_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["definition__code"]


class ScheduleRun(models.Model):
    """One turn of a schedule: the case it started, or why it could not. A day has one, however many workers ask."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="runs")
    occurrence = models.DateField()
    case = models.ForeignKey(Instance, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason_zh = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    tried_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-occurrence"]
        constraints: ClassVar = [models.UniqueConstraint(name="schedule_run_once", fields=["schedule", "occurrence"])]

    @property
    def reason(self) -> str:
        """Why there is no case, in the reader's language."""
        return pick(self.reason_zh, self.reason_en)
