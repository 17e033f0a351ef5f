"""What happens to a case's documents while it goes on; each step writes inside the caller's transaction.

The caller has locked the case, so nobody else writes in its dossier at the same time.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Invalid
from huiqian.documents.models import Document, Dossier, Enclosure, File, Link, Reader, Version
from huiqian.documents.rules import digest_of, search_text

# Who was only copied before and is asked now takes part.
ADD_READERS = """
insert into documents_reader (dossier_id, person_id, role, since)
select %s, person, %s, %s from unnest(%s::bigint[]) as person
on conflict (person_id, dossier_id) do update set role = excluded.role
where documents_reader.role = 'copied' and excluded.role <> 'copied'
"""
ATTACH = """
update documents_file set dossier_id = %s
where id = any(%s::uuid[]) and (dossier_id = %s or (dossier_id is null and uploader_id = %s))
"""
SIGN = """
insert into documents_signature (version_id, step, step_name, step_name_en, position, position_name,
                                 position_name_en, person_id, person_name, behalf_name, outcome, outcome_name,
                                 outcome_name_en, opinion, signed_at, files)
select version.id, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
       array(select file.blob_id from documents_file file where file.id = any(version.files)
             order by array_position(version.files, file.id))
from documents_version version join documents_document document on document.id = version.document_id
where document.dossier_id = %s and document.key = %s and version.number = document.version_count
returning version_id
"""
VOID = """
update documents_signature signature set void_at = %s
from documents_version version join documents_document document on document.id = version.document_id
where signature.version_id = version.id and signature.void_at is null and document.dossier_id = %s
  and signature.step = any(%s) and (%s = '' or split_part(document.key, '@', 2) = %s)
"""
VOID_ONE = """
update documents_signature signature set void_at = %s
from documents_version version join documents_document document on document.id = version.document_id
where signature.version_id = version.id and signature.void_at is null and document.dossier_id = %s
  and signature.step = %s and signature.signed_at = %s
"""
LINK_ENCLOSED = """
insert into documents_link (source_id, target_id, kind, linked_at)
select document_id, %s, 'handed_on', %s from documents_enclosure where dossier_id = %s on conflict do nothing
"""


def open_dossier(watch: Sequence[str], at: datetime) -> int:
    """A new dossier that the holders of the `watch` positions may look into; its id. 1 statement."""
    return Dossier.objects.create(watch=list(watch), opened_at=at).pk


def add_reader(dossier: int, person: int, role: str, at: datetime) -> None:
    """Let somebody read a dossier from now on ("starter", "participant", "copied"); once is enough. 1 statement."""
    add_readers(dossier, [person], at, role=role)


def add_readers(dossier: int, people: Collection[int], at: datetime, *, role: str = Reader.Role.PARTICIPANT) -> None:
    """Let several people read a dossier from now on. 1 statement."""
    with connection.cursor() as cursor:
        cursor.execute(ADD_READERS, [dossier, str(role), at, sorted(set(people))])


def remove_readers(dossier: int, people: Collection[int], *, copied: Collection[int]) -> None:
    """Let people who took part read a dossier no longer; who was `copied` reads on as such. 2 statements.

    What they signed and wrote stays. Whoever began the case reads it in any event.
    """
    took_part = Reader.objects.filter(dossier_id=dossier, role=Reader.Role.PARTICIPANT, person_id__in=people)
    took_part.filter(person_id__in=copied).update(role=Reader.Role.COPIED)
    took_part.delete()


class Author(Protocol):
    """Who writes a version."""

    @property
    def id(self) -> int | None:
        """Their account; documents are written by people."""

    @property
    def name(self) -> str:
        """Their name at that time."""


class Answered(Protocol):
    """A form, as far as a document needs to know it."""

    @property
    def key(self) -> str:
        """Its name among the process's forms."""

    @property
    def names(self) -> frozenset[str]:
        """The names of the answers that belong to it."""

    def file_ids(self, values: Mapping[str, object]) -> list[str]:
        """The files that answers name."""


class Written(NamedTuple):
    """A version that was written: its number, and the digest over all it says, its files' checksums included."""

    number: int
    digest: str


def write_version(
    dossier: int,
    key: str,
    *,
    number: str,
    name_zh: str,
    name_en: str,
    title: str,
    process_code: str,
    process_version: int,
    form: Answered,
    values: Mapping[str, object],
    author: Author,
    at: datetime,
) -> Written:
    """Write a document's next version, with the document itself before the first one.

    4 to 7 statements. Of `values` what belongs to the form is kept. Files they name must be the author's own uploads
    or attached to this dossier already; Invalid otherwise.
    """
    if author.id is None:
        raise ValueError("a document is written by a person")
    ids = [UUID(one) for one in form.file_ids(values)]
    checksums = attach(dossier, ids, author.id)
    kept = {name: value for name, value in values.items() if name in form.names and value is not None}
    document = Document.objects.filter(dossier_id=dossier, key=key).first()
    if document is None:
        document = Document(
            dossier_id=dossier, key=key, number=number, name_zh=name_zh, name_en=name_en,
            process_code=process_code, created_at=at,
        )  # fmt: skip
    document.title, document.status, document.archived_at = title, Document.Status.IN_REVIEW, None
    first = document.version_count == 0
    document.version_count += 1
    document.search = search_text(document.number, title, name_zh, name_en, process_code, author.name, kept)
    document.save()
    version = Version.objects.create(
        document=document, number=document.version_count, process_version_id=process_version, form=form.key,
        values=kept, files=ids, author_id=author.id, author_name=author.name, written_at=at,
        digest=digest_of(document.number, document.version_count, process_version, form.key, kept, checksums),
    )  # fmt: skip
    if first:
        with connection.cursor() as cursor:
            cursor.execute(LINK_ENCLOSED, [document.pk, at, dossier])
    return Written(version.number, version.digest)


def attach(dossier: int, ids: Sequence[UUID], author: int) -> list[str]:
    """Let files belong to a dossier; their checksums. They must be the author's own uploads or belong to it already,
    else Invalid. 2 statements, none without files.
    """
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(ATTACH, [dossier, list(ids), dossier, author])
        attached = cursor.rowcount
    if attached != len(set(ids)):
        raise Invalid({"files": [_("One of the files is not yours to attach, or is gone. Upload it again.")]})
    found = dict(File.objects.filter(pk__in=ids).values_list("pk", "blob_id"))
    return [found[one] for one in ids]


def sign(
    dossier: int,
    key: str,
    *,
    step: str,
    step_name: str,
    position: str,
    position_name: str,
    person: int,
    person_name: str,
    outcome: str,
    at: datetime,
    opinion: str = "",
    behalf_name: str = "",
    outcome_name: str = "",
    step_name_en: str = "",
    position_name_en: str = "",
    outcome_name_en: str = "",
) -> int:
    """Put somebody's decision under the document's latest version; the version's id. 1 statement.

    It keeps the SHA-256 of every file of that version: what was signed is bound to them. What step, position and answer
    are called is kept as it is now, in both languages.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            SIGN,
            [
                step, step_name, step_name_en, position, position_name, position_name_en, person, person_name,
                behalf_name, outcome, outcome_name, outcome_name_en, opinion, at, dossier, key,
            ],
        )  # fmt: skip
        row = cursor.fetchone()
    if row is None:
        raise LookupError(f"dossier {dossier} has no document {key!r} to sign")
    return int(row[0])


def void_signatures(dossier: int, steps: Collection[str], at: datetime, *, member: str = "") -> int:
    """The case went back: what was signed at these steps no longer counts; how many that were. 1 statement.

    With a member, only what stands under that member's own documents.
    """
    with connection.cursor() as cursor:
        cursor.execute(VOID, [at, dossier, sorted(steps), member, member])
        return int(cursor.rowcount)


def void_signature(dossier: int, step: str, signed_at: datetime, at: datetime) -> None:
    """Somebody took their decision back: what they signed at that moment no longer counts. 1 statement."""
    with connection.cursor() as cursor:
        cursor.execute(VOID_ONE, [at, dossier, step, signed_at])


def put_in_force(dossier: int, key: str, at: datetime) -> bool:
    """The document, or every member's of that kind, is approved and goes into the archive. 1 statement.

    False where there is no such document.
    """
    found = Document.objects.filter(Q(key=key) | Q(key__startswith=f"{key}@"), dossier_id=dossier)
    return bool(found.update(status=Document.Status.IN_FORCE, archived_at=at))


def enclose(dossier: int, documents: Collection[int], at: datetime) -> None:
    """Lay documents of other cases into a dossier: its readers may read them. 1 statement, none for no documents."""
    if documents:
        rows = [Enclosure(dossier_id=dossier, document_id=one, enclosed_at=at) for one in documents]
        Enclosure.objects.bulk_create(rows, ignore_conflicts=True)


def withdraw_documents(dossier: int, at: datetime) -> int:
    """The case was withdrawn: documents that never took effect are withdrawn with it; how many. 1 statement."""
    found = Document.objects.filter(dossier_id=dossier, status=Document.Status.IN_REVIEW)
    return found.update(status=Document.Status.WITHDRAWN)


def supersede(document: int) -> None:
    """A later document takes this one's place; it stays readable. 1 statement."""
    Document.objects.filter(pk=document, status=Document.Status.IN_FORCE).update(status=Document.Status.SUPERSEDED)


def link(source: int, target: int, kind: str, at: datetime) -> None:
    """Remember that one document led to another; once is enough. 1 statement."""
    Link.objects.bulk_create([Link(source_id=source, target_id=target, kind=kind, linked_at=at)], ignore_conflicts=True)
