"""What an evidence pack tells of a case, as plain data: read once, before anything is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from huiqian.base.actors import Actor
from huiqian.documents.models import Document, File, Signature, Version
from huiqian.documents.queries import enclosed_in
from huiqian.documents.rules import clean_name
from huiqian.journal.models import AnchoredHead, Entry
from huiqian.journal.queries import history
from huiqian.org.queries import roster
from huiqian.process.access import case_for
from huiqian.process.models import Instance, Member
from huiqian.process.reviews import VersionView, version_view
from huiqian.work.models import Assignment, Comment, Copy

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Gathered:
    """A case with everything that belongs to it; `paths` says where in the pack each file lies."""

    case: Instance
    chain: str
    documents: tuple[Document, ...]
    enclosed: tuple[str, ...]
    files: tuple[File, ...]
    paths: Mapping[UUID, str]
    entries: tuple[Entry, ...]
    seals: tuple[Mapping[str, Any], ...]
    review: VersionView
    names: Mapping[int, str]


def gather(actor: Actor, number: str) -> Gathered:
    """A case that this person may read, with its documents, files and journal. NotFound otherwise. Some 20 queries,
    and one a seal.
    """
    case = case_for(actor, number)
    chain = f"case:{case.pk}"
    versions = Prefetch("versions", Version.objects.order_by("number").prefetch_related("signatures"))
    documents = tuple(
        Document.objects.filter(dossier=case.pk).defer("search").order_by("id").prefetch_related(versions)
    )
    enclosed = tuple(one.number for one in enclosed_in(case.pk))
    files = tuple(File.objects.filter(dossier=case.pk).order_by("uploaded_at", "id"))
    return Gathered(
        case=case, chain=chain, documents=documents, enclosed=enclosed, files=files,
        paths={one.pk: f"files/{place:03d}-{short(one.name)}" for place, one in enumerate(files, start=1)},
        entries=tuple(history(chain)), seals=tuple(_seals(chain, whole=actor.admin)),
        review=version_view(actor, case.version.definition.code, case.version.number),
        names={one.id: one.name for one in roster().people.values()},
    )  # fmt: skip


def short(name: str) -> str:
    """A file's name as every system takes it: cleaned once more, and short enough for long folders' names."""
    cleaned = clean_name(name)
    stem, dot, ending = cleaned.rpartition(".")
    if not dot or len(ending) > 8:
        stem, dot, ending = cleaned, "", ""
    return f"{stem[:LONGEST].rstrip('. ')}{dot}{ending}"


def moment(at: datetime | None) -> str | None:
    """A moment as the journal writes it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


def signatures_of(document: Document) -> list[Signature]:
    """All decisions on a document's versions, in the order they were made."""
    return sorted((one for version in document.versions.all() for one in version.signatures.all()), key=lambda s: s.pk)


def _seals(chain: str, *, whole: bool) -> Iterator[Mapping[str, Any]]:
    """The daily seals that saw a chain; with `whole` also the other chains' heads that their roots are made of."""
    for seen in AnchoredHead.objects.filter(chain=chain).select_related("anchor").order_by("anchor_id"):
        heads = [[h.chain, h.length, bytes(h.head).hex()] for h in seen.anchor.heads.order_by("chain")]
        yield {
            "day": seen.anchor.day.isoformat(), "previous": bytes(seen.anchor.previous).hex(),
            "root": bytes(seen.anchor.root).hex(), "length": seen.length, "head": bytes(seen.head).hex(),
            "heads": heads if whole else None,
        }  # fmt: skip


def case_json(said: Gathered) -> dict[str, Any]:
    """The case as programs read it: documents with their versions and signatures, files, tasks, comments."""
    case = said.case
    return {
        "number": case.number, "title": case.title, "summary": case.summary, "status": case.status,
        "process": {
            "code": case.version.definition.code, "name_zh": case.version.definition.name_zh,
            "name_en": case.version.definition.name_en, "version": case.version.number,
            "version_digest": case.version.digest,
        },
        "round": case.round, "starter": case.starter_id, "started_at": moment(case.started_at),
        "ended_at": moment(case.ended_at), "answers": case.data,
        "members": list(Member.objects.filter(instance=case).order_by("number").values("number", "item", "data")),
        "documents": [_document(said, one) for one in said.documents], "enclosed": list(said.enclosed),
        "files": [_file(said, one) for one in said.files],
        "tasks": [_share(one) for one in _shares(case)],
        "comments": [
            {"author": one.author_id, "text": one.text, "at": moment(one.said_at)}
            for one in Comment.objects.filter(instance=case)
        ],
        "copies": [
            {"person": one.person_id, "sender": one.sender_id, "text": one.text, "at": moment(one.sent_at)}
            for one in Copy.objects.filter(instance=case).order_by("id")
        ],
        "people": _people(said),
    }  # fmt: skip


def _document(said: Gathered, document: Document) -> dict[str, Any]:
    sums = {file.pk: file.blob_id for file in said.files}
    return {
        "number": document.number, "key": document.key, "name_zh": document.name_zh, "name_en": document.name_en,
        "title": document.title, "status": document.status, "archived_at": moment(document.archived_at),
        "versions": [
            {
                "number": one.number, "process_version_id": one.process_version_id, "form": one.form,
                "values": one.values, "files": [sums.get(file, "") for file in one.files], "digest": one.digest,
                "author": one.author_id, "author_name": one.author_name, "written_at": moment(one.written_at),
                "pdf": pdf_path(document, one.number),
            }
            for one in document.versions.all()
        ],
        "signatures": [
            {
                "version": numbers[one.version_id], "step": one.step, "step_name": one.step_name,
                "position": one.position, "position_name": one.position_name, "person": one.person_id,
                "person_name": one.person_name, "behalf_name": one.behalf_name, "outcome": one.outcome,
                "outcome_name": one.outcome_name, "opinion": one.opinion, "signed_at": moment(one.signed_at),
                "void_at": moment(one.void_at), "files": one.files,
            }
            for numbers in ({one.pk: one.number for one in document.versions.all()},)
            for one in signatures_of(document)
        ],
    }  # fmt: skip


def pdf_path(document: Document, version: int) -> str:
    """Where a version's print lies in the pack."""
    return f"documents/{short(document.number)}-v{version}.pdf"


def _file(said: Gathered, file: File) -> dict[str, Any]:
    return {
        "id": str(file.pk), "name": file.name, "type": file.type, "size": file.size, "sha256": file.blob_id,
        "path": said.paths[file.pk], "uploader": file.uploader_id, "uploaded_at": moment(file.uploaded_at),
    }  # fmt: skip


def _shares(case: Instance) -> list[Assignment]:
    found = Assignment.objects.filter(task__instance=case).select_related("task")
    return list(found.order_by("task_id", "turn", "id"))


def _share(share: Assignment) -> dict[str, Any]:
    task = share.task
    return {
        "task": task.pk, "element": task.element, "name_zh": task.name_zh, "name_en": task.name_en,
        "member": task.member, "position": task.position, "round": task.round, "task_status": task.status,
        "person": share.person_id, "status": share.status, "via": share.via, "asked_at": moment(share.assigned_at),
        "due_at": moment(task.due_at), "outcome": share.outcome, "opinion": share.opinion,
        "decided_by": share.decided_by_id, "decided_at": moment(share.decided_at),
    }  # fmt: skip


def _people(said: Gathered) -> dict[str, str]:
    """The names of everybody whom the pack names by a number."""
    ids = {said.case.starter_id, *(one.uploader_id for one in said.files)}
    for entry in said.entries:
        ids |= {entry.actor_id, entry.behalf_id, *_named(entry.detail)}
    for share in _shares(said.case):
        ids |= {share.person_id, share.decided_by_id}
    return {str(one): said.names[one] for one in sorted(one for one in ids if one is not None) if one in said.names}


def _named(detail: Mapping[str, Any]) -> set[int]:
    people = detail.get("people", [])
    return {one for one in (*people, detail.get("person"), detail.get("to")) if isinstance(one, int)}


def journal_json(said: Gathered) -> dict[str, Any]:
    """The case's part of the journal, with all that its hashes are made of."""
    return {
        "chain": said.chain,
        "entries": [
            {
                "number": one.number, "kind": one.kind, "actor_id": one.actor_id, "behalf_id": one.behalf_id,
                "at": moment(one.at), "door": one.door, "address": one.address, "detail": one.detail,
                "hash": bytes(one.hash).hex(),
            }
            for one in said.entries
        ],
    }  # fmt: skip


def review_json(said: Gathered) -> dict[str, Any]:
    """The version that the case runs by, and what everybody said in its joint reviews; none where the handbook's own
    version was adopted.
    """
    version = said.case.version
    return {
        "process": version.definition.code, "version": version.number, "digest": version.digest,
        "effective_from": moment(version.effective_from), "retired_at": moment(version.retired_at),
        "reviews": [
            {
                "round": one.round, "note": one.note, "submitter": one.submitter,
                "submitted_at": moment(one.submitted_at), "outcome": one.outcome, "ended_at": moment(one.ended_at),
                "reason": one.reason,
                "opinions": [
                    {
                        "position": said_by.position_code, "position_name": said_by.position,
                        "agrees": said_by.agrees, "text": said_by.text, "person": said_by.person,
                        "behalf": said_by.behalf, "given_at": moment(said_by.given_at),
                    }
                    for said_by in one.opinions
                ],
            }
            for one in said.review.reviews
        ],
    }  # fmt: skip
