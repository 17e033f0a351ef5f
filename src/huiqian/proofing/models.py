"""Tables of proofing. A pin stays with the case for ever; what was said of it is never changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from huiqian.documents.models import Document
from huiqian.process.models import Instance


class Pin(models.Model):
    """A place on a page of a version's file where somebody wants something changed.

    `number` counts within the document, over all its versions. `x` and `y` are shares of the page's width and height.
    `sha256` is the content it was set on, `place` where that file stood among the version's.
    """

    class State(models.TextChoices):
        OPEN = "open"
        SETTLED = "settled"
        CONFIRMED = "confirmed"

    case = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="pins")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="pins")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    file = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    place = models.PositiveSmallIntegerField()
    page = models.PositiveIntegerField(default=1)
    x = models.DecimalField(max_digits=5, decimal_places=4)
    y = models.DecimalField(max_digits=5, decimal_places=4)
    text = models.TextField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    set_at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="pin_once_a_number", fields=["document", "number"]),
            models.UniqueConstraint(name="pin_once_a_key", fields=["case", "author", "key"]),
            models.CheckConstraint(
                name="pin_on_the_page", condition=Q(x__gte=0, x__lte=1, y__gte=0, y__lte=1, page__gte=1)
            ),
        ]


class Remark(models.Model):
    """What somebody said of a pin, or made of it: a reply, settled, confirmed, reopened; and at which version."""

    class Kind(models.TextChoices):
        REPLY = "reply"
        SETTLED = "settled"
        CONFIRMED = "confirmed"
        REOPENED = "reopened"

    pin = models.ForeignKey(Pin, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    said_at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(name="remark_once_a_key", fields=["pin", "author", "key"])]
