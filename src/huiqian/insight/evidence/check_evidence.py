"""Check an evidence pack of Huiqian (会签): `python check_evidence.py [FILE.zip | FOLDER]`. Needs nothing but Python.

Says in plain words what fits and what was tampered with. Exit code 0: all fits; 1: something does not; 2: no pack.
It lies in every pack; take your own copy from elsewhere (huiqian check-evidence is the same) where you trust nobody.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import locale
import os
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

MANIFEST, CASE, JOURNAL, SEALS = "manifest.json", "case.json", "journal/entries.json", "journal/seals.json"
FORMAT, VERSION = "huiqian-evidence", 1
# A table that claims to be more than MOST is not read into memory.
PIECE, MOST = 1024 * 1024, 512 * 1024 * 1024
# What systems leave behind in a folder.
LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
OK, NOTE, FAULT = "ok", "note", "fault"


@dataclass(frozen=True)
class Finding:
    """One thing that fits (ok), is worth knowing (note) or was tampered with (fault), in both languages."""

    level: str
    code: str
    zh: str
    en: str


class NoPack(Exception):
    """What was given is no evidence pack, or cannot be read as one."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class Pack:
    """A pack as it lies on the disk: a zip, or a folder that one was unpacked into."""

    def __init__(self, place: Path) -> None:
        self.folder = place if place.is_dir() else None
        try:
            self.zip = None if self.folder else zipfile.ZipFile(place)
        except (OSError, zipfile.BadZipFile):
            raise NoPack(
                f"{place} 无法打开，或不是完整的 zip 文件（下载中断的包也会这样）。",
                f"{place} cannot be opened, or is no complete zip file (a download that broke off is none, either).",
            ) from None
        self.names = self._names()

    def _names(self) -> list[str]:
        if self.zip is not None:
            return [one.filename for one in self.zip.infolist() if not one.is_dir()]
        assert self.folder is not None
        found = (one for one in self.folder.rglob("*") if one.is_symlink() or not one.is_dir())
        names = (one.relative_to(self.folder) for one in found if one.name not in LITTER)
        return sorted(one.as_posix() for one in names if "__pycache__" not in one.parts)

    def open(self, name: str) -> IO[bytes]:
        """A file of the pack, to be read from its beginning."""
        if self.zip is not None:
            return self.zip.open(name)
        assert self.folder is not None
        return (self.folder / name).open("rb")

    def read(self, name: str) -> Any:
        """A JSON file of the pack; ValueError or an error of reading where it is none."""
        with self.open(name) as stream:
            text = stream.read(MOST + 1)
        if len(text) > MOST:
            raise ValueError("too large")
        return json.loads(text)


# Whatever a file that was tampered with makes its readers stumble over.
UNREADABLE = (
    OSError, EOFError, ValueError, KeyError, IndexError, TypeError, AttributeError, RuntimeError, NotImplementedError,
    RecursionError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def check(place: Path, head: str = "") -> Iterator[Finding]:
    """Everything that fits and that does not. NoPack where it is no pack at all.

    `head` is a hash of the case's journal as the house tells it (huiqian verify-journal --case NUMBER).
    """
    pack = Pack(place)
    if MANIFEST not in pack.names:
        raise NoPack(f"{place} 里没有 {MANIFEST}，不是证据包。", f"{place} holds no {MANIFEST}: no evidence pack.")
    try:
        manifest = pack.read(MANIFEST)
        if manifest["format"] != FORMAT or manifest["version"] != VERSION:
            raise ValueError(manifest["format"])
        listed = [(str(one["path"]), int(one["size"]), str(one["sha256"])) for one in manifest["files"]]
        facts = manifest["journal"]
    except UNREADABLE:
        raise NoPack(
            f"清单 {MANIFEST} 已损坏，或不是本工具认识的格式。",
            f"{MANIFEST} is damaged, or in a format that this tool does not know.",
        ) from None
    yield from _files(pack, listed)
    _size, print_ = _measured(pack, MANIFEST)
    yield Finding(NOTE, "manifest", f"清单指纹（SHA-256）：{print_}", f"The manifest's fingerprint (SHA-256): {print_}")
    entries: list[dict[str, Any]] = []
    for part in (_journal(pack, facts, entries, head), _seals(pack, facts, entries), _case(pack, manifest, entries)):
        try:
            yield from part
        except UNREADABLE as error:
            yield Finding(
                FAULT, "unreadable",
                f"包内的数据读不通（{type(error).__name__}: {error}），说明被改动过或已损坏。",
                f"The pack's data cannot be read ({type(error).__name__}: {error}): changed, or damaged.",
            )  # fmt: skip


def _files(pack: Pack, listed: list[tuple[str, int, str]]) -> Iterator[Finding]:
    """Every file is there, unchanged, and no other one is."""
    wrong = 0
    for name, times in sorted(Counter(pack.names).items()):
        if times > 1:
            wrong += 1
            yield Finding(FAULT, "twice", f"文件重复出现 {times} 次：{name}", f"File is there {times} times: {name}")
    known = {name for name, _size, _digest in listed}
    for name in sorted(set(pack.names) - known - {MANIFEST}):
        wrong += 1
        yield Finding(FAULT, "added", f"多出的文件（清单里没有）：{name}", f"Added file (not in the manifest): {name}")
    for name, size, digest in listed:
        if name not in pack.names:
            wrong += 1
            yield Finding(FAULT, "missing", f"缺少文件：{name}", f"Missing file: {name}")
            continue
        try:
            same = _measured(pack, name) == (size, digest)
        except UNREADABLE:
            same = False
        if not same:
            wrong += 1
            yield Finding(FAULT, "changed", f"文件被改动：{name}", f"Changed file: {name}")
    if not wrong:
        yield Finding(OK, "files", f"{len(listed)} 个文件与清单一致。", f"{len(listed)} files fit the manifest.")


def _measured(pack: Pack, name: str) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with pack.open(name) as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def link(previous: str, chain: str, entry: dict[str, Any]) -> str:
    """The hash of a journal's entry: SHA-256 over the hash before it and the entry as canonical JSON."""
    row = [
        chain, entry["number"], entry["kind"], entry["actor_id"], entry["behalf_id"], entry["at"], entry["door"],
        entry["address"], entry["detail"],
    ]  # fmt: skip
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(bytes.fromhex(previous) + text.encode()).hexdigest()


def _journal(pack: Pack, facts: dict[str, Any], entries: list[dict[str, Any]], head: str) -> Iterator[Finding]:
    """Each entry's hash covers it and the one before it, from the first to the head that the manifest names."""
    said = pack.read(JOURNAL)
    chain, rows = said["chain"], said["entries"]
    entries += rows
    previous, wrong = "00" * 32, 0
    for place, entry in enumerate(rows, start=1):
        if entry["number"] != place:
            wrong += 1
            yield Finding(
                FAULT, "gap", f"日志缺条目或顺序不对：第 {place} 条处是 {entry['number']} 号。",
                f"The log has a gap: entry {entry['number']} stands where {place} should.",
            )  # fmt: skip
            break
        if link(previous, chain, entry) != entry["hash"]:
            wrong += 1
            yield Finding(
                FAULT, "broken", f"日志第 {place} 条（{entry['kind']}）被改动：与哈希链不符。",
                f"Log entry {place} ({entry['kind']}) was changed: it does not fit the hash chain.",
            )  # fmt: skip
        previous = entry["hash"]
    if (facts["chain"], facts["length"], facts["head"]) != (chain, len(rows), previous):
        wrong += 1
        yield Finding(
            FAULT, "head", f"日志的条数或末尾哈希与清单不符：清单 {facts['length']} 条，实有 {len(rows)} 条。",
            f"The log's length or head is not the manifest's: {facts['length']} entries said, {len(rows)} there.",
        )  # fmt: skip
    if not wrong:
        yield Finding(
            OK, "journal", f"日志 {len(rows)} 条，哈希链完整，末尾哈希 {previous}。",
            f"The log's {len(rows)} entries form one unbroken chain; its head is {previous}.",
        )  # fmt: skip
    if facts.get("grew"):
        yield Finding(
            NOTE, "grew", "生成证据包时单据仍在进行：打印件可能比日志新，可稍后重新生成。",
            "The case went on while the pack was made: prints may be newer than the log.",
        )  # fmt: skip
    yield from _against_house(rows, head)


def _against_house(rows: Sequence[dict[str, Any]], head: str) -> Iterator[Finding]:
    if not head:
        yield Finding(
            NOTE, "not-compared", "末尾哈希尚未与公司系统核对：--head 后填 huiqian verify-journal --case 给出的哈希。",
            "The head is not compared with the house's: give --head what `huiqian verify-journal --case NUMBER` tells.",
        )  # fmt: skip
    elif rows and rows[-1]["hash"] == head.strip().lower():
        yield Finding(OK, "house", "末尾哈希与公司系统给出的一致。", "The head is the one that the house tells.")
    else:
        yield Finding(
            FAULT, "other-head", "末尾哈希与公司系统给出的不同：日志被改写过，或单据又有进展（请比对同一条号的哈希）。",
            "The head is not the house's: the log was rewritten, or the case has gone on (compare the same entry's).",
        )  # fmt: skip


def _seals(pack: Pack, facts: dict[str, Any], entries: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    """The daily seals that saw this log cover it as it stands here."""
    wrong, seals = 0, pack.read(SEALS)["seals"]
    for seal in seals:
        length, head = seal["length"], seal["head"]
        fits = 0 < length <= len(entries) and entries[length - 1]["hash"] == head
        if not fits or (seal["heads"] is not None and not _root_fits(seal, [facts["chain"], length, head])):
            wrong += 1
            yield Finding(
                FAULT, "seal", f"{seal['day']} 的每日封存与日志不符。",
                f"The daily seal of {seal['day']} does not fit the log.",
            )  # fmt: skip
    if not seals:
        yield Finding(NOTE, "no-seal", "还没有每日封存覆盖这份日志。", "No daily seal covers this log yet.")
    elif not wrong:
        last = seals[-1]
        yield Finding(
            OK, "seals", f"{len(seals)} 个每日封存与日志一致，最近一个是 {last['day']}：{last['root']}。",
            f"{len(seals)} daily seals cover the log; the latest is of {last['day']}: {last['root']}.",
        )  # fmt: skip
        if any(seal["heads"] is None for seal in seals):
            yield Finding(
                NOTE, "seals-short", "封存的根哈希只有管理员生成的包可以重算（需要其他单据的哈希），请与公司系统核对。",
                "Only an administrator's pack can work the seals' roots out (from other cases' heads): ask the house.",
            )  # fmt: skip


def _root_fits(seal: dict[str, Any], own: list[Any]) -> bool:
    digest = hashlib.sha256(bytes.fromhex(seal["previous"]))
    for chain, length, head in sorted(map(tuple, seal["heads"])):
        digest.update(f"{chain}\n{length}\n{head}\n".encode())
    return digest.hexdigest() == seal["root"] and own in seal["heads"]


def _case(pack: Pack, manifest: dict[str, Any], entries: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    """What documents, files and signatures say is what the log says."""
    case, hashes = pack.read(CASE), {one["path"]: one["sha256"] for one in manifest["files"]}
    wrong, versions, signatures, uncovered = 0, 0, 0, 0
    covered = {entry["detail"]["document_digest"] for entry in entries if entry["detail"].get("document_digest")}
    present: set[str] = set()
    for file in case["files"]:
        if hashes.get(file["path"]) != file["sha256"]:
            wrong += 1
            yield Finding(
                FAULT, "file", f"附件不是当初上传的内容：{file['path']}",
                f"Not the file that was uploaded: {file['path']}"
            )  # fmt: skip
    for document in case["documents"]:
        for version in document["versions"]:
            versions += 1
            present.add(version["digest"])
            uncovered += version["digest"] not in covered
            if digest_of(document, version) != version["digest"]:
                wrong += 1
                yield Finding(
                    FAULT, "document",
                    f"单据 {document['number']} 第 {version['number']} 版的内容被改动：与其指纹不符。",
                    f"Document {document['number']} version {version['number']} was changed: not its fingerprint's.",
                )  # fmt: skip
        files = {one["number"]: set(one["files"]) for one in document["versions"]}
        for signature in document["signatures"]:
            signatures += 1
            signed = set(signature["files"])
            other = signed and signed != files.get(signature["version"], signed)
            if other or not any(_says(entry, signature) for entry in entries):
                wrong += 1
                yield Finding(
                    FAULT, "signature", f"单据 {document['number']}：{signature['person_name']} 的签署与记录不符。",
                    f"Document {document['number']}: {signature['person_name']}'s signature: not the log's or files'.",
                )  # fmt: skip
    for digest in sorted(covered - present):
        wrong += 1
        yield Finding(
            FAULT, "no-version", f"日志里记有一版单据，包里没有（指纹 {digest[:16]}…）。",
            f"The log tells of a document's version that is not here (fingerprint {digest[:16]}…).",
        )  # fmt: skip
    if uncovered and not wrong:
        yield Finding(
            NOTE, "uncovered", f"{uncovered} 版单据由系统写成或早于指纹入链，日志里没有它们的指纹。",
            f"{uncovered} versions were written by the product itself, or before fingerprints were logged.",
        )  # fmt: skip
    if not wrong:
        yield Finding(
            OK, "case", f"{versions} 版单据、{signatures} 个签署、{len(case['files'])} 个附件与日志和指纹一致。",
            f"{versions} versions, {signatures} signatures, {len(case['files'])} files fit the log and fingerprints.",
        )  # fmt: skip


def digest_of(document: dict[str, Any], version: dict[str, Any]) -> str:
    """A version's fingerprint: SHA-256 over all it says, its files' checksums included."""
    said = (
        document["number"], version["number"], version["process_version_id"], version["form"], version["values"],
        version["files"],
    )  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _says(entry: dict[str, Any], signature: dict[str, Any]) -> bool:
    """Whether a log's entry is this signature: the same person, moment, step, answer and opinion."""
    detail = entry["detail"]
    outcome = {"task_decided": detail.get("outcome"), "case_returned": signature["outcome"]}.get(entry["kind"])
    told = (entry["at"], entry["actor_id"], detail.get("element"), outcome, detail.get("opinion"))
    said = (signature["signed_at"], signature["person"], signature["step"], signature["outcome"], signature["opinion"])
    return told == said


LIMITS = (
    "说明：以上核对能发现生成之后的改动，以及包内各部分之间的矛盾。清单没有另外签名：谁若把整个包（连同清单和日志）"
    "重新编造一遍，单凭本包看不出来。要排除这一点，请向公司核对两个值：日志的末尾哈希（huiqian verify-journal），"
    "和交接时记下的清单指纹。",
    "What this proves: nothing was changed since the pack was made, and its parts agree. The manifest is not signed: "
    "whoever makes up a whole pack anew, manifest and log included, is not found out by the pack alone. Compare two "
    "values with the house: the log's head (huiqian verify-journal), the manifest's fingerprint noted at hand-over.",
)


def told(place: Path, language: str, head: str = "") -> int:
    """Print what was found, in Chinese or English; the exit code."""
    zh, signs = language == "zh", {OK: "✓", NOTE: "·", FAULT: "✗"}
    try:
        findings = list(check(place, head))
    except NoPack as refusal:
        print(refusal.zh if zh else refusal.en, file=sys.stderr)
        return 2
    for finding in findings:
        print(_plain(f"{signs[finding.level]} {finding.zh if zh else finding.en}"))
    faults = sum(finding.level == FAULT for finding in findings)
    if faults:
        print(f"\n结论：发现 {faults} 处改动或缺失，此包不可采信。" if zh else f"\nTampered with: {faults} faults.")
    else:
        print("\n结论：一致，未发现改动。" if zh else "\nAll fits; nothing was found to be changed.")
    print(LIMITS[not zh])
    return 1 if faults else 0


def _plain(text: str) -> str:
    """Names from a file are shown, never obeyed: a terminal's control characters are taken out."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "?", text)


def own_language() -> str:
    """Chinese where the machine's language is, or cannot be told; else English."""
    said = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or "zh"
    return "en" if said.lower().startswith(("en", "c.", "posix")) or said == "C" else "zh"


def add_arguments(parser: argparse.ArgumentParser, default: Path | None = None) -> None:
    """What the checker can be told."""
    parser.add_argument(
        "pack", type=Path, nargs="?" if default else None, default=default, metavar="FILE",
        help="证据包 the pack: a .zip, or the folder it was unpacked into",
    )  # fmt: skip
    parser.add_argument("--head", default="", metavar="HASH", help="末尾哈希 the hash that the house tells")
    parser.add_argument("--language", choices=("zh", "en"), default=own_language(), help="语言 language")


def main() -> int:
    """Check the pack that is named, or the folder that this file lies in."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(description="核对会签证据包 Check an evidence pack of Huiqian.")
    add_arguments(parser, Path(__file__).resolve().parent)
    arguments = parser.parse_args()
    return told(arguments.pack, arguments.language, arguments.head)


if __name__ == "__main__":
    sys.exit(main())
