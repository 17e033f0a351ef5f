"""Writes an evidence pack: a zip in pieces, as it is made; nothing of it waits in memory but one piece at a time."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain as one_after_the_other
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import translation
from django.utils.translation import gettext as _

from huiqian import __version__
from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.languages import language
from huiqian.diagram import draw
from huiqian.documents.printing import print_document
from huiqian.documents.queries import contents
from huiqian.insight.evidence import check_evidence
from huiqian.insight.evidence.gathering import (
    Gathered,
    case_json,
    gather,
    journal_json,
    moment,
    pdf_path,
    review_json,
    short,
)
from huiqian.insight.evidence.pages import index_page
from huiqian.journal.models import Chain
from huiqian.process.content import content_of
from huiqian.work.queries import case_view

ZIP = "application/zip"
CHECKER = Path(check_evidence.__file__)
# Beyond this a zip's entry needs the long form of its sizes.
LARGE = 2**31 - 1
LANGUAGES = (("zh-hans", ""), ("en", "-en"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """A pack on its way: its name, and its content in pieces."""

    name: str
    chunks: Iterator[bytes]


def evidence(actor: Actor, number: str) -> Evidence:
    """The evidence pack of a case that this person may read whole. NotFound otherwise.

    Prints are in the reader's language, the readable page in both. The same case gives the same pack, but for who made
    it and when. Refusals come before the first piece; whatever breaks later leaves a zip that does not open.
    """
    said = gather(actor, number)
    chunks = _Packing(actor, said, translation.get_language() or "zh-hans").pieces()
    # The first document is printed now: without fonts the refusal is a page, not a broken file.
    first = next(chunks)
    return Evidence(_("%(number)s evidence.zip") % {"number": number}, one_after_the_other([first], chunks))


class _Pipe:
    """What a zip is written into: it cannot be wound back, so the zip is written as a stream."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, data: bytes, /) -> int:
        self.held += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        held, self.held = bytes(self.held), bytearray()
        return held


@dataclass(slots=True)
class _Packing:
    actor: Actor
    said: Gathered
    language: str
    pipe: _Pipe = field(default_factory=_Pipe)
    listed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def large(self) -> set[str]:
        """The files whose sizes need the long form in a zip."""
        return {self.said.paths[one.pk] for one in self.said.files if one.size > LARGE}

    def pieces(self) -> Iterator[bytes]:
        # Files are mostly compressed already: the quickest level. Entries carry no dates, so that packs are alike.
        with ZipFile(self.pipe, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            for path, kind, content in self.items():
                yield from self.add(archive, path, kind, content)
            manifest = _dumps(self.manifest())
            yield from self.add(archive, check_evidence.MANIFEST, "manifest", [manifest])
        yield self.pipe.taken()

    def add(self, archive: ZipFile, path: str, kind: str, content: Iterable[bytes]) -> Iterator[bytes]:
        """One file of the pack, and its line in the manifest."""
        digest, size = hashlib.sha256(), 0
        with archive.open(path, "w", force_zip64=path in self.large) as out:
            for piece in content:
                digest.update(piece)
                size += len(piece)
                out.write(piece)
                if held := self.pipe.taken():
                    yield held
        self.listed.append({"path": path, "kind": kind, "size": size, "sha256": digest.hexdigest()})
        yield self.pipe.taken()

    def items(self) -> Iterator[tuple[str, str, Iterable[bytes]]]:
        """Everything but the manifest, in the order of the pack."""
        said = self.said
        for document in said.documents:
            for version in document.versions.all():
                yield pdf_path(document, version.number), "print", [self.printed(document.number, version.number)]
        for number in said.enclosed:
            yield f"enclosed/{short(number)}.pdf", "enclosed", [self.printed(number)]
        for file in said.files:
            yield said.paths[file.pk], "file", contents(file.blob_id)
        yield check_evidence.CASE, "case", [_dumps(case_json(said))]
        yield check_evidence.JOURNAL, "journal", [_dumps(journal_json(said))]
        yield check_evidence.SEALS, "seals", [_dumps({"seals": list(said.seals)})]
        yield "process/process.bpmn", "diagram", [said.case.version.bpmn.encode()]
        yield "process/review.json", "review", [_dumps(review_json(said))]
        for code, ending in LANGUAGES:
            yield f"process/diagram{ending}.svg", "diagram", [self.inside(code, self.diagram)]
            yield f"process/course{ending}.svg", "course", [self.inside(code, self.course)]
            yield f"index{ending}.html", "page", [self.inside(code, lambda: index_page(self.actor, said))]
        yield CHECKER.name, "checker", [CHECKER.read_bytes()]

    def printed(self, number: str, version: int | None = None) -> bytes:
        with translation.override(self.language):
            return print_document(self.actor, number, version).content

    @staticmethod
    def inside(code: str, made: Callable[[], str]) -> bytes:
        with translation.override(code):
            return made().encode()

    def diagram(self) -> str:
        return draw(content_of(self.said.case.version_id).layout, {}, language=language())

    def course(self) -> str:
        return case_view(self.actor, self.said.case.number).diagram

    def manifest(self) -> dict[str, Any]:
        """What is in the pack, and how its journal ends."""
        said, case = self.said, self.said.case
        last = said.entries[-1]
        now = Chain.objects.values_list("length", flat=True).get(key=said.chain)
        return {
            "format": check_evidence.FORMAT, "version": check_evidence.VERSION,
            "made": {"at": moment(clock.now()), "by": self.actor.name, "product": f"huiqian {__version__}"},
            "case": {"number": case.number, "title": case.title, "status": case.status},
            "journal": {
                "chain": said.chain, "length": last.number, "head": bytes(last.hash).hex(), "grew": now != last.number,
            },
            "files": self.listed,
        }  # fmt: skip


def _dumps(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
