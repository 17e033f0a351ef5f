"""Tables of documents. A version is never changed: a correction is the next version."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class Dossier(models.Model):
    """The folder of one case: its readers and the positions that may look on see everything in it."""

    watch = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    opened_at = models.DateTimeField()


class Reader(models.Model):
    """Somebody who takes part in a case, and since when; they read it until they are expressly taken off it."""

    class Role(models.TextChoices):
        STARTER = "starter"
        PARTICIPANT = "participant"
        COPIED = "copied"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.PARTICIPANT)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="reader_once", fields=["person", "dossier"])]


class Document(models.Model):
    """A numbered record with versions (市场调研策划书 …). Its number is its case's with the document's key."""

    class Status(models.TextChoices):
        IN_REVIEW = "in_review"
        IN_FORCE = "in_force"
        SUPERSEDED = "superseded"
        WITHDRAWN = "withdrawn"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="documents")
    key = models.CharField(max_length=64)
    number = models.CharField(max_length=64, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=200)
    process_code = models.CharField(max_length=32)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.IN_REVIEW)
    version_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    search = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="document_once_a_key", fields=["dossier", "key"])]
        indexes: ClassVar = [
            models.Index(
                name="document_archive", fields=["-archived_at", "-id"], condition=Q(archived_at__isnull=False)
            ),
            GinIndex(name="document_search", fields=["search"], opclasses=["gin_trgm_ops"]),
        ]


class Version(models.Model):
    """What a document said from one submission to the next: values, the form they answer, files, a digest over all."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    process_version_id = models.BigIntegerField()
    form = models.CharField(max_length=64)
    values = models.JSONField()
    files = ArrayField(models.UUIDField(), default=list, blank=True)
    digest = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["document_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(name="version_once", fields=["document", "number"])]


class Signature(models.Model):
    """Somebody's decision on one version. A return voids the signatures given so far; the history keeps them."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    step = models.CharField(max_length=64)
    step_name = models.CharField(max_length=100)
    step_name_en = models.CharField(max_length=100, blank=True, default="")
    position = models.CharField(max_length=64, blank=True)
    position_name = models.CharField(max_length=100, blank=True)
    position_name_en = models.CharField(max_length=100, blank=True, default="")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=100)
    behalf_name = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=32)
    # What the diagram calls this answer, where it has a name of its own for it.
    outcome_name = models.CharField(max_length=100, blank=True)
    outcome_name_en = models.CharField(max_length=100, blank=True, default="")
    opinion = models.TextField(blank=True)
    # The SHA-256 of each file that was signed, in the version's order: what differs from them nobody has signed.
    files = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    signed_at = models.DateTimeField()
    void_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]


class Enclosure(models.Model):
    """A document of another case that lies in this dossier, too: whoever reads the dossier reads it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="enclosures")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="enclosed_in")
    enclosed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(name="enclosure_once", fields=["document", "dossier"])]


class Blob(models.Model):
    """A file's content, kept once however often it is attached; its bytes lie in chunks."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField()


class Chunk(models.Model):
    """Up to 256 KiB of a file's content, in order."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="chunk_once", fields=["blob", "number"])]


class Preview(models.Model):
    """What a content looks like (a picture, a PDF's first page): two JPEGs, made beside whoever uploaded it.

    `wide` and `high` are the original's, in points; NONE: it cannot be drawn, and only be downloaded.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        MADE = "made"
        NONE = "none"

    blob = models.OneToOneField(Blob, primary_key=True, on_delete=models.CASCADE, related_name="preview")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    small = models.BinaryField(default=b"")
    large = models.BinaryField(default=b"")
    wide = models.PositiveIntegerField(default=0)
    high = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    small_wide = models.PositiveSmallIntegerField(default=0)
    small_high = models.PositiveSmallIntegerField(default=0)


class Page(models.Model):
    """What a later page of a content looks like (a PDF's second page …), drawn once somebody looks at it."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=Preview.State.choices, default=Preview.State.WAITING)
    asked_at = models.DateTimeField()
    large = models.BinaryField(default=b"")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="page_once", fields=["blob", "number"])]


class File(models.Model):
    """A file somebody uploaded: its cleaned name, its type as the content says, and where its bytes are.

    Only its uploader sees it until it is attached to a dossier. Without an uploader it came from outside.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    dossier = models.ForeignKey(Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="files")


class Link(models.Model):
    """A document came from another one (an approved plan led to a questionnaire), with what was carried over."""

    source = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="led_to")
    target = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField(max_length=32)
    linked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="link_once", fields=["source", "target", "kind"])]
