"""Tables of cases (process instances): what they wait for, how they hang together, what the calendar has of them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from huiqian.base.languages import pick
from huiqian.documents.models import Dossier
from huiqian.process.models.definitions import Version


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


class Occasion(models.Model):
    """What a case's answers say of a day or a time, for the marketing calendar: a projection, rebuilt from the answers.

    `row` counts a table's rows; `people` are logins or names, as the form has them.
    """

    instance = models.ForeignKey(Instance, on_delete=models.CASCADE, related_name="occasions")
    kind = models.CharField(max_length=16)
    row = models.PositiveSmallIntegerField(default=0)
    first = models.DateField()
    last = models.DateField()
    time = models.CharField(max_length=50, blank=True)
    text = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    people = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["first", "last", "instance_id", "row"]
        indexes: ClassVar = [models.Index(name="occasion_by_day", fields=["last", "first"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="occasion_ends_after_start", condition=Q(last__gte=models.F("first"))),
        ]
