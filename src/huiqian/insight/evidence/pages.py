"""The readable page of an evidence pack: no scripts, opens from the disk, prints on A4."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.languages import language, pick
from huiqian.documents.models import Document, File, Signature
from huiqian.documents.rules import status_words
from huiqian.forms.queries import directory
from huiqian.forms.rules import Difference, compare
from huiqian.insight.evidence.gathering import Gathered, pdf_path, signatures_of
from huiqian.insight.evidence.words import fact_words
from huiqian.journal.models import Entry
from huiqian.process.content import content_of
from huiqian.process.prints import sheet_of_version
from huiqian.work.queries import case_view
from huiqian.work.rules import OUTCOME_DONE

ENGINE = Engine(
    dirs=[str(Path(__file__).parent / "templates")], libraries={"i18n": "django.templatetags.i18n"},
    builtins=["django.templatetags.i18n"],
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """A document's version: what it says, what it says otherwise than the one before, its files and its print."""

    number: int
    author: str
    at: str
    digest: str
    pdf: str
    blocks: Sequence[Any]
    differences: Sequence[Difference]
    files: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature, in words."""

    version: int
    step: str
    position: str
    person: str
    behalf: str
    outcome: str
    opinion: str
    at: str
    void: str


def index_page(actor: Actor, said: Gathered) -> str:
    """The whole case on one page, in the reader's language. As many queries as a case's page, and one a register."""
    view = case_view(actor, said.case.number)
    context = {
        "language": "zh-Hans" if language() == "zh" else "en", "case": view, "status": status_words(view.status),
        "started": when(view.started_at), "ended": when(view.ended_at), "actor": actor.name,
        "course": [
            {"item": item, "at": when(item.at or item.asked_at), "state": _state(item.state, void=item.void)}
            for item in view.timeline if item.state not in ("future", "skipped")
        ],
        "documents": [
            {
                "document": one, "name": pick(one.name_zh, one.name_en), "status": status_words(one.status),
                "rounds": list(_rounds(said, one)), "signatures": [_signed(each) for each in signatures_of(one)],
            }
            for one in said.documents
        ],
        "enclosed": view.enclosed, "others": list(_others(said)),
        "files": [
            {
                "file": one, "path": said.paths[one.pk], "by": said.names.get(one.uploader_id or 0, ""),
                "at": when(one.uploaded_at),
            }
            for one in said.files
        ],
        "comments": [{"by": one.author.name, "text": one.text, "at": when(one.said_at)} for one in view.comments],
        "review": said.review, "reviews": [_review(one) for one in said.review.reviews],
        "since": when(said.case.version.effective_from), "digest": said.case.version.digest,
        "entries": [_entry(said, one) for one in said.entries],
        "head": bytes(said.entries[-1].hash).hex(), "seals": said.seals, "ending": "" if language() == "zh" else "-en",
    }  # fmt: skip
    return str(ENGINE.get_template("evidence.html").render(Context(context)))


def when(at: datetime | None) -> str:
    """A moment as people read it, in the company's zone."""
    return f"{at.astimezone(COMPANY_ZONE):%Y-%m-%d %H:%M:%S}" if at else ""


def _state(state: str, *, void: bool) -> str:
    if void:
        return _("Done; the signature was voided by a return")
    return {"done": _("Done"), "returned": _("Sent back"), "current": _("Waiting"), "cancelled": _("Closed undecided")}[
        state
    ]


def _rounds(said: Gathered, document: Document) -> Iterator[Round]:
    known = {file.pk: file for file in said.files}
    names = {str(file.pk): file.name for file in said.files}
    before = None
    for version in document.versions.all():
        form = content_of(version.process_version_id).forms[version.form]
        sheet = sheet_of_version(version.process_version_id, version.form, version.values, {})
        changed = compare(form, before.values, version.values, names, directory()) if before is not None else ()
        yield Round(
            version.number, version.author_name, when(version.written_at), version.digest,
            pdf_path(document, version.number), sheet["blocks"], changed,  # type: ignore[arg-type]
            [_linked(said, known[one]) for one in version.files if one in known],
        )  # fmt: skip
        before = version


def _linked(said: Gathered, file: File) -> tuple[str, str, str]:
    return file.name, said.paths[file.pk], file.blob_id


def _signed(one: Signature) -> Signed:
    own = pick(one.outcome_name, one.outcome_name_en)
    return Signed(
        one.version.number, pick(one.step_name, one.step_name_en), pick(one.position_name, one.position_name_en),
        one.person_name, one.behalf_name, own or str(OUTCOME_DONE.get(one.outcome, one.outcome)), one.opinion,
        when(one.signed_at), when(one.void_at),
    )  # fmt: skip


def _others(said: Gathered) -> Iterator[dict[str, Any]]:
    """What was answered in forms that no document keeps, as it stands."""
    content = content_of(said.case.version_id)
    written = {version.form for one in said.documents for version in one.versions.all()}
    names = {str(file.pk): file for file in said.files}
    for key, form in content.forms.items():
        if key in written or not any(said.case.data.get(name) is not None for name in form.names):
            continue
        values = {name: value for name, value in said.case.data.items() if name in form.names}
        sheet = sheet_of_version(said.case.version_id, key, values, {})
        files = [names[one] for one in form.file_ids(values) if one in names]
        yield {"name": form.name, "blocks": sheet["blocks"], "files": [_linked(said, one) for one in files]}


def _review(one: Any) -> dict[str, Any]:
    outcomes = {"": _("Open"), "agreed": _("Agreed"), "refused": _("Refused"), "withdrawn": _("Taken back")}
    said = {None: _("Awaited"), True: _("Agrees"), False: _("Refuses")}
    return {
        "review": one, "outcome": outcomes[one.outcome], "submitted": when(one.submitted_at),
        "ended": when(one.ended_at),
        "opinions": [{"one": each, "says": said[each.agrees], "at": when(each.given_at)} for each in one.opinions],
    }  # fmt: skip


def _entry(said: Gathered, entry: Entry) -> dict[str, Any]:
    detail = entry.detail
    step = str(detail.get("element", ""))
    content = content_of(said.case.version_id)
    if step in content.definition.elements:
        step = content.step_name(step) or step
    what, comma = fact_words(entry.kind), pgettext("between items of a list", ", ")
    if entry.kind == "task_decided":
        what = f"{what} · {OUTCOME_DONE.get(detail['outcome'], detail['outcome'])}"
    people = [said.names[one] for one in detail.get("people", []) if one in said.names]
    words = (
        detail.get("opinion"), detail.get("reason"), detail.get("text"), comma.join(people),
        comma.join(_labels(said, detail.get("changes") or {})),
    )  # fmt: skip
    return {
        "number": entry.number, "what": what, "step": step,
        "who": said.names.get(entry.actor_id or 0, "Huiqian"), "behalf": said.names.get(entry.behalf_id or 0, ""),
        "at": when(entry.at), "words": "\n".join(str(one) for one in words if one), "hash": bytes(entry.hash).hex(),
    }  # fmt: skip


def _labels(said: Gathered, changes: dict[str, Any]) -> list[str]:
    """The fields that somebody changed, as their forms call them."""
    forms = content_of(said.case.version_id).forms.values()
    labels = {field.name: str(field.label) for form in forms for field in form}
    return [labels[name] for name in changes if name in labels]
