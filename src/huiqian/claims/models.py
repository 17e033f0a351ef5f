"""The list of words that are looked for. Administrators keep it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Phrase(models.Model):
    """A word that is looked for: its kind, why (with the law's article), what to write instead, where it is all right.

    `normal` is the word as it is looked for: width, case and spacing make no difference.
    """

    class Kind(models.TextChoices):
        ABSOLUTE = "absolute"
        PRICE = "price"
        PROOF = "proof"
        PATENT = "patent"
        NATIONAL = "national"
        MEDICAL = "medical"
        GUARANTEE = "guarantee"
        RIVALS = "rivals"
        OTHER = "other"

    class Level(models.TextChoices):
        WARN = "warn"
        REFUSE = "refuse"

    text = models.CharField(max_length=50)
    normal = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.WARN)
    why = models.CharField(max_length=300)
    suggestion = models.CharField(max_length=300, blank=True)
    exceptions = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    active = models.BooleanField(default=True)
    changed_by = models.CharField(max_length=100)
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["kind", "text"]
