"""What pages, programs and prints ask about pins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.base.languages import pick
from huiqian.documents.models import Document, File, Signature, Version
from huiqian.documents.queries.files import FileView, file_view, with_previews
from huiqian.process.access import case_for
from huiqian.process.content import Content, content_of
from huiqian.process.models import Instance
from huiqian.proofing.access import may_confirm, may_settle
from huiqian.proofing.models import Pin, Remark
from huiqian.proofing.rules import CONFIRMED, OPEN, SETTLED, Sheet, proof_files, shown_on
from huiqian.work.access import takes_part
from huiqian.work.rules import APPROVE


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that may be pinned: its document, the version it belongs to and its place among that version's files."""

    document: Document
    version: int
    place: int
    file: FileView


@dataclass(frozen=True, slots=True)
class PinView:
    """A pin with what was said of it; `left` and `top` are percents of the page. `mine`: the reader set it."""

    id: int
    document: str
    number: int
    version: int
    file: str
    sha256: str
    place: int
    page: int
    left: Decimal
    top: Decimal
    text: str
    state: str
    author: str
    set_at: datetime
    remarks: tuple[Remark, ...]
    mine: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A version's file that stands at the same place, to be looked at beside the one shown."""

    version: int
    author: str
    written_at: datetime
    file: FileView


@dataclass(frozen=True, slots=True)
class ProofView:
    """A file of a version with its pins: those of its page, those of other pages, and what is settled for good."""

    case_number: str
    case_title: str
    document: Document
    name: str
    version: int
    current: bool
    file: FileView
    files: tuple[FileView, ...]
    sides: tuple[Side, ...]
    pins: tuple[PinView, ...]
    # Whether the reader may answer pins, set some (on the latest version), say that they are settled.
    writes: bool
    may_pin: bool
    may_settle: bool
    # Who has approved this very content, by name.
    signed: str

    @property
    def waiting(self) -> tuple[PinView, ...]:
        """The pins that are not settled for good."""
        return tuple(pin for pin in self.pins if pin.state != CONFIRMED)

    @property
    def done(self) -> tuple[PinView, ...]:
        """The pins that are settled for good."""
        return tuple(pin for pin in self.pins if pin.state == CONFIRMED)


def proof_of_file(case_id: int, file: UUID, version: int | None = None) -> Proof:
    """A file that may be pinned, at the latest version (or the one asked for) that has it. 2 queries; NotFound."""
    found = Version.objects.filter(document__dossier_id=case_id, files__contains=[file]).select_related("document")
    if version is not None:
        found = found.filter(number=version)
    for one in found.order_by("-number"):
        files = _proof_files(one)
        place = next((place for place, known in enumerate(files) if known.id == str(file)), None)
        if place is not None:
            return Proof(one.document, one.number, place, files[place])
    raise NotFound


def _proof_files(version: Version) -> tuple[FileView, ...]:
    form = content_of(version.process_version_id).forms[version.form]
    ids = [UUID(one) for one in proof_files(form, version.values)]
    known = {file.pk: file for file in with_previews(File.objects.filter(pk__in=ids))} if ids else {}
    return tuple(file_view(known[one]) for one in ids if one in known)


def proof_view(actor: Actor, number: str, file: UUID, version: int | None = None) -> ProofView:
    """A file of a case with its pins, as somebody sees it. Some 12 queries and 1 a version; NotFound as the case."""
    case = case_for(actor, number)
    proof = proof_of_file(case.pk, file, version)
    versions = list(Version.objects.filter(document=proof.document).order_by("number"))
    files = {one.number: _proof_files(one) for one in versions}
    shown = files[proof.version]
    sides = tuple(
        Side(one.number, one.author_name, one.written_at, files[one.number][proof.place])
        for one in versions
        if proof.place < len(files[one.number])
    )
    open_ = case.status == Instance.Status.RUNNING and proof.document.status == Document.Status.IN_REVIEW
    part = open_ and takes_part(actor, case.pk, case.starter_id)
    sheets = [Sheet(place, one.checksum) for place, one in enumerate(shown)]
    here = sheets[proof.place]
    pins = [
        pin for pin in _pins(Pin.objects.filter(document=proof.document), actor, writes=part)
        if shown_on(pin.version, pin.place, pin.sha256, here, proof.version, sheets)
    ]  # fmt: skip
    current = proof.version == proof.document.version_count
    return ProofView(
        case_number=case.number, case_title=case.title, document=proof.document,
        name=pick(proof.document.name_zh, proof.document.name_en), version=proof.version, current=current,
        file=proof.file, files=shown, sides=sides, pins=tuple(pins), writes=part, may_pin=part and current,
        signed=_signed(proof.document, proof.file.checksum),
        may_settle=part and may_settle(actor, proof.document, case.pk, content_of(case.version_id)),
    )  # fmt: skip


def _signed(document: Document, sha256: str) -> str:
    """Who has approved a content, as far as it counts: their signatures are bound to its SHA-256. 1 query."""
    found = Signature.objects.filter(
        version__document=document, void_at__isnull=True, outcome=APPROVE, files__contains=[sha256]
    )
    return "、".join(dict.fromkeys(found.order_by("id").values_list("person_name", flat=True)))


def _pins(found: QuerySet[Pin], actor: Actor, *, writes: bool) -> tuple[PinView, ...]:
    """Pins with what was said of them. 2 queries."""
    rows = found.select_related("document").prefetch_related("remarks").order_by("document_id", "number")
    return tuple(
        PinView(
            id=one.pk, document=one.document.number, number=one.number, version=one.version, file=str(one.file),
            sha256=one.sha256, place=one.place, page=one.page,
            left=one.x * 100, top=one.y * 100, text=one.text, state=one.state,
            author=one.author_name, set_at=one.set_at, remarks=tuple(one.remarks.all()),
            mine=one.author_id == actor.id, may_confirm=writes and may_confirm(actor, one),
        )
        for one in rows
    )  # fmt: skip


def pins_of_case(actor: Actor, number: str) -> tuple[PinView, ...]:
    """All pins of a case, by document and number. 3 queries; NotFound as the case."""
    return _pins(Pin.objects.filter(case=case_for(actor, number)), actor, writes=False)


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A file of a case that may be pinned, with how many pins of its document are open, the reader's among them."""

    document: str
    name: str
    version: int
    file: FileView
    open: int
    settled: int
    mine: int


def proofs_of_case(actor: Actor, case_id: int, version_id: int) -> tuple[ProofLine, ...]:
    """The files of a case's documents that may be pinned, each document's latest version.

    The caller has checked that the case may be read. No query for a process without such files,
    else 3 and 2 a document.
    """
    if not asks_for_proofs(content_of(version_id)):
        return ()
    lines: list[ProofLine] = []
    pins = list(Pin.objects.filter(case_id=case_id).exclude(state=CONFIRMED))
    for document in Document.objects.filter(dossier_id=case_id).order_by("id"):
        version = document.versions.order_by("-number").first()
        if version is None:
            continue
        files = _proof_files(version)
        sheets = [Sheet(place, one.checksum) for place, one in enumerate(files)]
        for sheet, file in zip(sheets, files, strict=True):
            here = [
                pin for pin in pins
                if pin.document_id == document.pk
                and shown_on(pin.version, pin.place, pin.sha256, sheet, version.number, sheets)
            ]  # fmt: skip
            opened = [pin for pin in here if pin.state == OPEN]
            mine = sum(1 for pin in opened if pin.author_id == actor.id)
            name = pick(document.name_zh, document.name_en)
            lines.append(
                ProofLine(document.number, name, version.number, file, len(opened), len(here) - len(opened), mine)
            )
    return tuple(lines)


def asks_for_proofs(content: Content) -> bool:
    """Whether a process has files on which pins are set."""
    return any(field.proof for form in content.forms.values() for field in form)


def printed_pins(dossier: int, document: str, version: int) -> tuple[Mapping[str, str], ...]:
    """The pins of a document up to a version, for print, in words, with what was said of them. 2 queries.

    The caller has checked that the document may be read.
    """
    found = Pin.objects.filter(case_id=dossier, document__number=document, version__lte=version)
    states = {OPEN: _("open"), SETTLED: _("settled"), CONFIRMED: _("confirmed")}
    return tuple(
        {
            "number": str(one.number), "author": one.author_name, "state": states[one.state],
            "where": _("version %(version)s, page %(page)s") % {"version": one.version, "page": one.page},
            "text": "\n".join((
                one.text,
                *(f"{said.author_name}：{said.text}" for said in one.remarks.all() if said.text),
            )),
        }
        for one in found.prefetch_related("remarks").order_by("number")
    )  # fmt: skip
