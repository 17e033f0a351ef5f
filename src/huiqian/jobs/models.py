"""When each tick ran last."""

from django.db import models


class Tick(models.Model):
    """The last turn of something that time does again and again; claiming a turn and noting it are one statement."""

    name = models.CharField(max_length=100, primary_key=True)
    ran_at = models.DateTimeField()
    turns = models.BigIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True, default="")
