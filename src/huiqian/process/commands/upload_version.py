"""Bring a new draft of a process."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, Stale, Text
from huiqian.journal.record import record
from huiqian.org.queries import roster
from huiqian.process.access import check_may_prepare, definition_for_change
from huiqian.process.events import VersionUploaded
from huiqian.process.models import Definition, Version
from huiqian.process.sources import Source, Unpackable, files_of_zip, read_source
from huiqian.process.versions import (
    chain_of,
    findings_of,
    save_version,
    says_the_same,
    source_of_bpmn,
)

MOST_NOTE = 2000


@command
def upload_version(
    actor: Actor, process: str, *, file: str, body: bytes, note: str = "", replaces: int | None = None
) -> Version:
    """Make a draft of a diagram (.bpmn: everything else stays as it is) or of a whole folder (.zip). Decision tables
    and the schedule, too, come into force only with the version.

    `replaces` is a draft that the new one stands in for: it is put aside, and what it says is what a diagram by itself
    is put on. For administrators and the head of the process's department.
    Refusals: NotFound, Forbidden, Stale (the draft to replace is none any more); Invalid at "file" with everything that
    stands in the file's way, by element, or where it says what the version in effect says.
    """
    definition = definition_for_change(actor, process)
    check_may_prepare(actor, definition)
    base = _base(definition, replaces)
    source = _read(file, body, base, definition)
    if findings := findings_of(source, definition, base, roster()):
        raise _wrong(*findings)
    _check_is_new(definition, base, source)
    now = clock.now()
    said = note.strip()[:MOST_NOTE]
    saved = save_version(actor, definition, source, now, note=said)
    if replaces is not None:
        Version.objects.filter(pk=base.pk).update(status=Version.Status.DISCARDED)
    fact = VersionUploaded(
        code=definition.code, version=saved.number, file=file[:200], note=said, replaces=replaces or 0
    )
    record(actor, chain_of(definition), [fact], at=now)
    return saved


def _base(definition: Definition, replaces: int | None) -> Version:
    """What the new draft is put on: the draft it replaces, else the version in effect, else the newest."""
    versions = definition.versions.select_related("definition")
    if replaces is not None:
        found = versions.filter(number=replaces, status=Version.Status.DRAFT).first()
        if found is None:
            raise Stale(_("The draft to be replaced is not a draft any more. Look at the versions again."))
        return found
    found = versions.filter(status=Version.Status.IN_EFFECT).first() or versions.order_by("-number").first()
    assert found is not None, "a process has a version from its beginning"
    return found


def _read(file: str, body: bytes, base: Version, definition: Definition) -> Source:
    if not body:
        raise _wrong(_("Choose a file: a diagram (.bpmn) or the folder of the process (.zip)."))
    if not file.lower().endswith(".zip"):
        try:
            return source_of_bpmn(body.decode("utf-8-sig"), base)
        except UnicodeDecodeError:
            raise _wrong(_("The diagram is not in UTF-8. Save it as BPMN 2.0 XML in UTF-8.")) from None
    try:
        source = read_source(files_of_zip(body))
    except Unpackable as error:
        raise _wrong(_("This zip cannot be used: %(why)s.") % {"why": error}) from None
    except KeyError as error:
        raise _wrong(
            _("process.json does not say what it must, or a file it names is missing: %(key)s.") % {"key": error}
        ) from None
    except (ValueError, TypeError, AttributeError) as error:
        raise _wrong(_("A file of the folder cannot be read: %(why)s.") % {"why": error}) from None
    if source.code != definition.code:
        raise _wrong(
            _("The folder is that of %(other)s, not of %(code)s.") % {"other": source.code, "code": definition.code}
        )
    return source


def _check_is_new(definition: Definition, base: Version, source: Source) -> None:
    in_effect = definition.versions.select_related("definition").filter(status=Version.Status.IN_EFFECT).first()
    for one in (in_effect, base):
        if one is not None and says_the_same(one, source):
            raise _wrong(_("The file says the same as version %(number)d. Nothing was kept.") % {"number": one.number})


def _wrong(*sentences: Text) -> Invalid:
    return Invalid({"file": list(sentences)})
