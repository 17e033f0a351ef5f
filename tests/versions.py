"""Versions of processes on their way into effect, for tests of all rooms."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from huiqian.base.actors import SYSTEM
from huiqian.process.commands import agree_to_version, load_handbook, submit_version, upload_version
from huiqian.process.models import Definition, Version
from huiqian.process.sources import source_of, zip_of
from tests.people import actor

REVIEWERS = (
    "general_manager",
    "technical_director",
    "key_account_director",
    "project_director",
    "product_marketing_director",
)
OLD, NEW = "审核策划书", "审阅策划书"


def in_effect(code: str = "SC-001") -> Version:
    """The version of a process that is in effect."""
    return Version.objects.select_related("definition").get(definition__code=code, status="in_effect")


def changed(old: str = OLD, new: str = NEW, code: str = "SC-001") -> bytes:
    """The diagram in effect with some words changed."""
    text = in_effect(code).bpmn
    assert old in text
    return text.replace(old, new).encode()


def folder_of(code: str = "SC-001", **changes: tuple[str, str] | Callable[[str], str]) -> bytes:
    """The folder of a process in effect as a zip, with some files changed: process_json=("old", "new")."""
    packed = BytesIO()
    with ZipFile(BytesIO(zip_of(source_of(in_effect(code))))) as archive, ZipFile(packed, "w") as out:
        for name in archive.namelist():
            text = archive.read(name).decode()
            change = changes.get(name.rsplit("/", 1)[-1].replace(".", "_"))
            if isinstance(change, tuple):
                assert change[0] in text
                text = text.replace(*change)
            elif change is not None:
                text = change(text)
            out.writestr(name, text)
    return packed.getvalue()


def draft(body: bytes | None = None, *, code: str = "SC-001", file: str = "SC-001.bpmn", note: str = "") -> Version:
    """The administrator brings a changed diagram (or folder) as a draft."""
    return upload_version(actor("admin"), code, file=file, body=body or changed(code=code), note=note)


def submitted(effective_on: date | None = None) -> Version:
    """A draft of SC-001 that is in review."""
    version = draft()
    submit_version(actor("admin"), "SC-001", version.number, note="把“审核”改成“审阅”。", effective_on=effective_on)
    version.refresh_from_db()
    return version


def agree(version: Version, *logins: str) -> Version:
    """Some of the reviewers agree, all of them where nobody is named; the version as it then stands."""
    for login in logins or REVIEWERS:
        agree_to_version(actor(login), version.definition.code, version.number, "同意。")
    version.refresh_from_db()
    return version


def adopted(folder: Path) -> None:
    """Load a folder; what is new there goes through its joint review, so that cases can begin by it."""
    load_handbook(SYSTEM, folder)
    for definition in Definition.objects.exclude(versions__status="in_effect"):
        version = definition.versions.get(status="draft")
        submit_version(actor("admin"), definition.code, version.number, note="新流程。")
        agree(version)
