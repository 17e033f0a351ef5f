"""A process as files: a folder of the handbook, or a zip of one; read into a version and written back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from huiqian.process.models import Definition, Schedule, Version

# What belongs to a process; pictures, notes and the leavings of editors are passed over.
READ = frozenset({".json", ".bpmn", ".dmn", ".typ"})
MOST_FILES, MOST_BYTES = 200, 10 * 1024 * 1024
# Of process.json: what the definition keeps, which changes when a version takes effect.
ABOUT = "about"
# What a process may say or leave out; a version that leaves it out keeps its fingerprint.
OPTIONAL = ("prices", "calendar")


class Unpackable(ValueError):
    """A zip that is none, is too large, or holds no process."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a process's files say. `about` is the definition's part, `content` the version's."""

    code: str
    about: Mapping[str, Any]
    bpmn: str
    content: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """The fingerprint of the version's part."""
        return sha256((self.bpmn + json.dumps(self.content, sort_keys=True, ensure_ascii=False)).encode()).hexdigest()


def files_of_folder(folder: Path) -> dict[str, str]:
    """The texts of a folder by their paths in it."""
    found = sorted(path for path in folder.rglob("*") if path.suffix in READ)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def files_of_zip(body: bytes) -> dict[str, str]:
    """The texts of a zip by their paths in the folder that holds process.json.

    Unpackable for what is no zip, holds no process.json, or unpacks to more than 200 files or 10 MB.
    """
    try:
        with ZipFile(BytesIO(body)) as archive:
            inside = [
                one for one in archive.infolist() if not one.is_dir() and PurePosixPath(one.filename).suffix in READ
            ]
            if len(inside) > MOST_FILES or sum(one.file_size for one in inside) > MOST_BYTES:
                raise Unpackable(_("it has more than 200 files, or more than 10 MB unpacked"))
            texts = {one.filename: archive.read(one).decode("utf-8-sig") for one in inside}
    except (BadZipFile, UnicodeDecodeError, NotImplementedError, RuntimeError, OSError):
        raise Unpackable(_("it is damaged, or no zip")) from None
    homes = sorted(
        (PurePosixPath(name).parent for name in texts if PurePosixPath(name).name == "process.json"), key=str
    )
    if len(homes) != 1:
        raise Unpackable(_("it holds several processes") if homes else _("it holds no process.json"))
    return {
        PurePosixPath(name).relative_to(homes[0]).as_posix(): text
        for name, text in texts.items()
        if PurePosixPath(name).is_relative_to(homes[0])
    }


def read_source(files: Mapping[str, str]) -> Source:
    """A process from its files; KeyError, TypeError or ValueError where process.json does not say what it must."""
    said: dict[str, Any] = json.loads(files["process.json"])
    content: dict[str, Any] = {
        "forms": {_stem(name): json.loads(text) for name, text in _below("forms", ".json", files)},
        # The database keeps no order of keys: a document's place, which its number tells, is written down.
        "documents": {key: {**about, "place": n} for n, (key, about) in enumerate(said["documents"].items(), start=1)},
        "steps": said.get("steps", {}),
        "purpose": said["purpose"],
        "provisional": said.get("provisional", False),
        "receives": said.get("receives", {}),
        "panels": said.get("panels", []),
        "print": {_stem(name): text for name, text in _below("print", ".typ", files)},
    }
    # Written only where there are some: a process without stays the version that it is.
    if surveys := said.get("surveys"):
        content["surveys"] = {key: _survey(files, about) for key, about in surveys.items()}
    for key in OPTIONAL:
        if said.get(key):
            content[key] = said[key]
    if decisions := said.get("decisions"):
        content["decisions"] = {key: _decision(files, one) for key, one in decisions.items()}
    if schedule := said.get("schedule"):
        content["schedule"] = _schedule(schedule, said.get("starter", ""))
    about = {
        "name_zh": said["name"]["zh"], "name_en": said["name"].get("en", ""), "owner": said.get("owner", ""),
        "startable": said.get("startable", True),
    }  # fmt: skip
    return Source(said["code"], about, files["process.bpmn"], content)


def _below(folder: str, ending: str, files: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (name, text)
        for name, text in sorted(files.items())
        if PurePosixPath(name).parent.as_posix() == folder and name.endswith(ending)
    ]


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _survey(files: Mapping[str, str], about: Mapping[str, Any]) -> dict[str, Any]:
    """What process.json says of a survey, with the questions of its template."""
    questions = json.loads(files[about["template"]]) if about.get("template") else {}
    return {**about, "questions": questions}


def _decision(files: Mapping[str, str], said: Mapping[str, Any]) -> dict[str, Any]:
    """A decision table's name, and its DMN."""
    return {"name": {"zh": said["name"]["zh"], "en": said["name"].get("en", "")}, "dmn": files[said["file"]]}


def _schedule(said: Mapping[str, Any], starter: str) -> dict[str, Any]:
    """When the process begins by itself, everything said that may be left out."""
    return {
        "rule": said.get("rule", Schedule.Rule.MONTHLY.value), "day": said["day"], "month": said.get("month", 1),
        "at": said["at"], "values": dict(said.get("values", {})), "starter": starter,
    }  # fmt: skip


def about_of(definition: Definition) -> dict[str, Any]:
    """What the definition says today of what a version's `about` may change."""
    return {
        "name_zh": definition.name_zh, "name_en": definition.name_en, "owner": definition.owner,
        "startable": definition.startable,
    }  # fmt: skip


def about_said(version: Version) -> Mapping[str, Any]:
    """What a version says of the definition; one from before this was kept says what the definition says."""
    said: Mapping[str, Any] | None = version.content.get(ABOUT)
    return said if said is not None else about_of(version.definition)


def source_of(version: Version) -> Source:
    """A version as its source; decision tables and schedule as the version brings them, whatever became of them."""
    content = {key: value for key, value in version.content.items() if key != ABOUT}
    return Source(version.definition.code, about_said(version), version.bpmn, content)


def zip_of(source: Source) -> bytes:
    """The folder of a process as a zip; read back it says the same."""
    files = {"process.json": _dumps(_process_json(source)), "process.bpmn": source.bpmn}
    files |= {f"forms/{key}.json": _dumps(form) for key, form in source.content["forms"].items()}
    files |= {f"print/{key}.typ": text for key, text in source.content.get("print", {}).items()}
    files |= {f"{key}.dmn": one["dmn"] for key, one in source.content.get("decisions", {}).items()}
    for about in source.content.get("surveys", {}).values():
        if about.get("template"):
            files[about["template"]] = _dumps(about["questions"])
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in sorted(files.items()):
            # A fixed day: the same version gives the same bytes.
            archive.writestr(ZipInfo(f"{source.code}/{name}", (2026, 1, 1, 0, 0, 0)), text, ZIP_DEFLATED)
    return packed.getvalue()


def _process_json(source: Source) -> dict[str, Any]:
    content, about = source.content, source.about
    said: dict[str, Any] = {
        "code": source.code,
        "name": {"zh": about["name_zh"], "en": about["name_en"]},
        "owner": about["owner"],
        "startable": about["startable"],
        "purpose": content["purpose"],
        "documents": {
            key: {name: value for name, value in one.items() if name != "place"}
            for key, one in sorted(content["documents"].items(), key=lambda item: item[1].get("place", 1))
        },
    }
    for key in ("steps", "provisional", "receives", "panels", *OPTIONAL):
        if content.get(key):
            said[key] = content[key]
    if content.get("surveys"):
        said["surveys"] = {
            key: {name: value for name, value in one.items() if name != "questions"}
            for key, one in content["surveys"].items()
        }
    if content.get("decisions"):
        said["decisions"] = {
            key: {"file": f"{key}.dmn", "name": one["name"]} for key, one in content["decisions"].items()
        }
    if schedule := content.get("schedule"):
        said["schedule"] = {name: value for name, value in schedule.items() if name != "starter"}
        if schedule["starter"]:
            said["starter"] = schedule["starter"]
    return said


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
