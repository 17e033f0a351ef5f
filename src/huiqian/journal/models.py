"""Tables of the journal. Entries are never edited: a trigger refuses it even to psql."""

from typing import ClassVar

from django.db import models


class Chain(models.Model):
    """One chain of entries (a case, the organisation…): how long it is and the hash of its last entry."""

    key = models.CharField(max_length=64, primary_key=True)
    length = models.BigIntegerField(default=0)
    head = models.BinaryField()


class Entry(models.Model):
    """One fact: who (for whom), what, when, from where; `hash` covers it and the entry before it in its chain."""

    chain = models.CharField(max_length=64)
    number = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    actor_id = models.BigIntegerField(null=True)
    behalf_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    door = models.CharField(max_length=8)
    address = models.CharField(max_length=45, blank=True)
    detail = models.JSONField()
    hash = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            # A chain does not fork: one entry a place.
            models.UniqueConstraint(name="journal_one_entry_a_place", fields=["chain", "number"]),
        ]


class Anchor(models.Model):
    """A day's seal over the heads of all chains that grew since the seal before."""

    day = models.DateField(primary_key=True)
    upto = models.BigIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    made_at = models.DateTimeField()


class AnchoredHead(models.Model):
    """A chain's length and head as a seal saw them."""

    anchor = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="heads")
    chain = models.CharField(max_length=64)
    length = models.BigIntegerField()
    head = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="journal_one_head_a_seal", fields=["anchor", "chain"]),
        ]
