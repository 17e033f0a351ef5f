"""Tables of work. A task is what the engine waits for; an assignment is one person's share of it.

One person alone, all (会签), any (或签), one after the other (依次) and a share of votes (票签) are the same two
tables: a task says how its assignments settle it.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from huiqian.process.models import Instance


class Task(models.Model):
    """A step that waits for people."""

    class Kind(models.TextChoices):
        APPROVE = "approve"
        DO = "do"

    class Mode(models.TextChoices):
        SINGLE = "single"
        ALL = "all"
        ANY = "any"
        SEQUENCE = "sequence"
        SHARE = "share"

    class Status(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        RETURNED = "returned"
        CANCELLED = "cancelled"

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="tasks")
    wait = models.CharField(max_length=32)
    element = models.CharField(max_length=64)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    # Whose record this step writes, where it is done once for each item of a multi-instance.
    member = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.APPROVE)
    mode = models.CharField(max_length=16, choices=Mode.choices, default=Mode.SINGLE)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.OPEN)
    round = models.PositiveIntegerField(default=1)
    returned_from = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="task_of_instance", fields=["instance", "id"]),
            # What is late and was not reminded of yet.
            models.Index(name="task_late", fields=["due_at"], condition=Q(status="open", reminded_at__isnull=True)),
        ]
        constraints: ClassVar = [
            # The engine's wait has one open task.
            models.UniqueConstraint(
                name="task_one_open_a_wait", fields=["instance", "wait"], condition=Q(status="open")
            ),
        ]


class Assignment(models.Model):
    """One person's share of a task: the row the inbox is made of."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        OPEN = "open"
        DONE = "done"
        CLOSED = "closed"
        TAKEN_BACK = "taken_back"

    class Via(models.TextChoices):
        HOLDER = "holder"
        STARTER = "starter"
        NAMED = "named"
        SUPERIOR = "superior"
        ADMINISTRATOR = "administrator"
        ADDED = "added"
        TRANSFERRED = "transferred"
        DELEGATED = "delegated"
        HANDED_OVER = "handed_over"

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.OPEN)
    via = models.CharField(max_length=16, choices=Via.choices, default=Via.HOLDER)
    turn = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=32, blank=True)
    opinion = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            # The inbox: one person's open work, most urgent first.
            models.Index(name="inbox_open", fields=["person", "due_at", "id"], condition=Q(status="open")),
            models.Index(name="inbox_done", fields=["person", "-decided_at"], condition=Q(status="done")),
            # What somebody decided for others while they were away.
            models.Index(
                name="done_for_others",
                fields=["decided_by", "-decided_at"],
                condition=Q(status="done") & ~Q(decided_by=F("person")),
            ),
            models.Index(name="assignment_of_task", fields=["task", "turn"]),
        ]


class Comment(models.Model):
    """Something said about a case at any time, not only when deciding."""

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    said_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]


class Copy(models.Model):
    """Somebody is kept informed by a colleague (抄送), and may read the case from then on."""

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="copies")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="copy_once", fields=["instance", "person"])]
        indexes: ClassVar = [
            models.Index(name="copy_of_person", fields=["person", "-id"]),
            models.Index(name="copy_unread", fields=["person", "-id"], condition=Q(read_at__isnull=True)),
        ]


class Recheck(models.Model):
    """Something that a case rests on has changed (复核): whoever is responsible for it says whether it is still right.

    `cause` is what changed, in the words of the room that asks ("prices:7"); `detail` says it for people, `lines` where
    the case rests on it. One whose cause went away before it was answered is void.
    """

    class Answer(models.TextChoices):
        OPEN = ""
        RIGHT = "right"
        CHANGED = "changed"
        VOID = "void"

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="rechecks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    lines = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=16, choices=Answer.choices, default=Answer.OPEN, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            # Asked twice by whatever asks, a person has one to answer.
            models.UniqueConstraint(
                name="recheck_one_open", fields=["instance", "person", "cause"], condition=Q(answer="")
            ),
            models.CheckConstraint(
                name="recheck_answer_has_its_moment",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            # Whoever changed something says what.
            models.CheckConstraint(name="recheck_change_is_said", condition=~Q(answer="changed") | ~Q(note="")),
        ]
        indexes: ClassVar = [
            models.Index(name="recheck_open", fields=["person", "due_at", "id"], condition=Q(answer="")),
            models.Index(name="recheck_of_cause", fields=["cause"]),
        ]


class Urge(models.Model):
    """A friendly push to whoever keeps a task waiting (催办)."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="urges")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()


class Pace(models.Model):
    """How long a step of a process usually takes, in minutes of working time; noted anew from the finished tasks."""

    process = models.CharField(max_length=64)
    element = models.CharField(max_length=64)
    minutes = models.PositiveIntegerField()
    # Of so many times.
    times = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="pace_of_step", fields=["process", "element"])]
