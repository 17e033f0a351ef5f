"""One document: what it said at each version, who signed, where it came from and what came of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.base.languages import pick
from huiqian.documents.access import document_for, visible_documents
from huiqian.documents.models import Document, File, Link, Signature, Version
from huiqian.documents.queries.files import FileView, file_view, with_previews


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a document, in its history."""

    number: int
    author: str
    written_at: datetime
    digest: str
    current: bool


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Somebody's decision on a version; `void` when a return took it out of force."""

    version: int
    step: str
    position: str
    person: str
    behalf: str
    outcome: str
    outcome_name: str
    opinion: str
    at: datetime
    void: bool
    # The SHA-256 of each file that this decision is about.
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkLine:
    """Another document that this one came from, or led to."""

    number: str
    name: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document at one version: what it said, who signed, what is attached, where it came from and led to."""

    dossier: int
    key: str
    number: str
    name: str
    name_zh: str
    title: str
    status: str
    process_code: str
    process_version_id: int
    form: str
    values: Mapping[str, Any]
    version: VersionLine
    versions: tuple[VersionLine, ...]
    signatures: tuple[SignatureLine, ...]
    files: tuple[FileView, ...]
    came_from: tuple[LinkLine, ...]
    led_to: tuple[LinkLine, ...]
    created_at: datetime
    archived_at: datetime | None

    @property
    def current(self) -> bool:
        """Whether this is the latest version."""
        return self.version.current

    @property
    def file_faces(self) -> dict[str, FileView]:
        """The files by their ids, as forms show them."""
        return {file.id: file for file in self.files}


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of a case."""

    key: str
    number: str
    name: str
    title: str
    status: str
    version_count: int
    archived_at: datetime | None
    versions: tuple[VersionLine, ...]

    @property
    def whose(self) -> str:
        """Whose it is, where the case has one of its kind for each of several people."""
        return whose(self.key, self.title)


def whose(key: str, title: str) -> str:
    """Whose a document is, where a case has one of its kind for each of several people; else an empty text."""
    return title.rpartition(" · ")[2] if "@" in key else ""


def readable(actor: Actor, numbers: Collection[str]) -> frozenset[str]:
    """Those of these documents that somebody may read. 1 query, none without numbers."""
    asked = {number for number in numbers if number}
    found = visible_documents(actor).filter(number__in=asked).values_list("number", flat=True) if asked else ()
    return frozenset(found)


def documents_of(dossier: int) -> tuple[DocumentLine, ...]:
    """The documents in a dossier that the caller has checked may be read, with their versions. 2 queries."""
    versions = Prefetch("versions", Version.objects.defer("values").order_by("number"))
    found = Document.objects.filter(dossier_id=dossier).order_by("id").defer("search").prefetch_related(versions)
    return tuple(
        DocumentLine(
            one.key, one.number, pick(one.name_zh, one.name_en), one.title, one.status, one.version_count,
            one.archived_at, tuple(_version_line(one, version) for version in one.versions.all()),
        )
        for one in found
    )  # fmt: skip


def enclosed_in(dossier: int) -> tuple[DocumentLine, ...]:
    """The documents of other cases that lie in a dossier the caller has checked may be read. 1 query."""
    found = Document.objects.filter(enclosed_in__dossier_id=dossier).order_by("enclosed_in__id").defer("search")
    return tuple(
        DocumentLine(
            one.key, one.number, pick(one.name_zh, one.name_en), one.title, one.status, one.version_count,
            one.archived_at, (),
        )
        for one in found
    )  # fmt: skip


def document_view(actor: Actor, number: str, version: int | None = None) -> DocumentView:
    """A document with its versions, signatures, files and links, at a version (the latest). 6 queries.

    NotFound where the document or the version is not there or not theirs to see. Links to documents that this person
    may not read are left out.
    """
    document = document_for(actor, number)
    versions = list(document.versions.defer("values").order_by("-number"))
    wanted = document.version_count if version is None else version
    shown = document.versions.filter(number=wanted).first() if 0 < wanted < 2**31 else None
    if shown is None:
        raise NotFound
    return DocumentView(
        dossier=document.dossier_id, key=document.key, number=document.number,
        name=pick(document.name_zh, document.name_en), name_zh=document.name_zh, title=document.title,
        status=document.status, process_code=document.process_code, process_version_id=shown.process_version_id,
        form=shown.form, values=shown.values, version=_version_line(document, shown),
        versions=tuple(_version_line(document, one) for one in versions), signatures=_signatures(document, wanted),
        files=_files(shown), came_from=_links(actor, document, "came_from"), led_to=_links(actor, document, "led_to"),
        created_at=document.created_at, archived_at=document.archived_at,
    )  # fmt: skip


def _version_line(document: Document, version: Version) -> VersionLine:
    current = version.number == document.version_count
    return VersionLine(version.number, version.author_name, version.written_at, version.digest, current)


def _signatures(document: Document, upto: int) -> tuple[SignatureLine, ...]:
    """All decisions up to a version, in the order they were made: what was said of earlier versions stays readable."""
    found = Signature.objects.filter(version__document=document, version__number__lte=upto).select_related("version")
    return tuple(
        SignatureLine(
            one.version.number, pick(one.step_name, one.step_name_en), pick(one.position_name, one.position_name_en),
            one.person_name, one.behalf_name, one.outcome, pick(one.outcome_name, one.outcome_name_en), one.opinion,
            one.signed_at, one.void_at is not None, tuple(one.files),
        )
        for one in found.order_by("id").defer("version__values")
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Since:
    """A document beside the version of it that somebody last decided on, and what they said then."""

    number: str
    name: str
    process_version_id: int
    form: str
    old: int
    new: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    file_names: Mapping[str, str]
    added_files: tuple[str, ...]
    outcome: str
    opinion: str
    decided_at: datetime


def since_decided(dossier: int, key: str, person: int) -> Since | None:
    """What a document said when somebody last decided on it, and says now; None where they never did, or it is still
    that version. 3 queries at most; the caller has checked that the dossier may be read.
    """
    said = Signature.objects.filter(
        version__document__dossier_id=dossier, version__document__key=key, person_id=person
    ).select_related("version__document")
    last = said.order_by("-id").first()
    if last is None or last.version.number == last.version.document.version_count:
        return None
    old, document = last.version, last.version.document
    new = document.versions.get(number=document.version_count)
    files = File.objects.filter(pk__in={*old.files, *new.files}) if old.files or new.files else File.objects.none()
    return Since(
        number=document.number, name=pick(document.name_zh, document.name_en),
        process_version_id=new.process_version_id, form=new.form, old=old.number, new=new.number,
        before=old.values, after=new.values, file_names={str(pk): name for pk, name in files.values_list("pk", "name")},
        added_files=tuple(str(one) for one in new.files if one not in old.files),
        outcome=last.outcome, opinion=last.opinion, decided_at=last.signed_at,
    )  # fmt: skip


def void_decisions(dossier: int) -> frozenset[tuple[str, int, datetime]]:
    """Step, person and moment of every decision in a dossier that a return took out of force. 1 query.

    The caller has checked that the dossier may be read.
    """
    found = Signature.objects.filter(version__document__dossier_id=dossier, void_at__isnull=False)
    return frozenset(found.values_list("step", "person_id", "signed_at"))


def _files(version: Version) -> tuple[FileView, ...]:
    if not version.files:
        return ()
    found = {file.pk: file for file in with_previews(File.objects.filter(pk__in=version.files))}
    return tuple(file_view(found[one]) for one in version.files if one in found)


def _links(actor: Actor, document: Document, way: str) -> tuple[LinkLine, ...]:
    other = "source" if way == "came_from" else "target"
    mine = "target" if way == "came_from" else "source"
    found = Link.objects.filter(**{mine: document, f"{other}__in": visible_documents(actor)}).select_related(other)
    lines = []
    for link in found.order_by("id"):
        one: Document = getattr(link, other)
        lines.append(LinkLine(one.number, pick(one.name_zh, one.name_en), one.title, link.kind))
    return tuple(lines)


def comparison(actor: Actor, number: str, old: int, new: int) -> tuple[DocumentView, DocumentView]:
    """Two versions of a document, to be compared field by field."""
    return document_view(actor, number, old), document_view(actor, number, new)
