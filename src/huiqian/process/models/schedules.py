"""Tables of schedules: when a process begins by itself, and each of its turns."""

from typing import ClassVar

from django.db import models

from huiqian.base.languages import pick
from huiqian.process.models.cases import Instance
from huiqian.process.models.definitions import Definition


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
