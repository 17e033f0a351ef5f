"""Evidence packs: what is in them, who gets one, and that the checker finds every change."""

import io
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.test import Client
from django.utils import translation

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.errors import NotFound
from huiqian.documents.commands import upload_file
from huiqian.insight.evidence.check_evidence import FAULT, NoPack, check, link
from huiqian.insight.evidence.gathering import short
from huiqian.insight.evidence.packing import CHECKER, evidence
from huiqian.journal.commands import anchor_journal
from huiqian.journal.models import Entry
from huiqian.journal.rules import GENESIS, Sealed
from huiqian.journal.rules import link as journal_link
from huiqian.process.models import Instance
from tests.people import actor, answer, plan, start

TOPIC = "第二版：&lt;b&gt;市场&lt;/b&gt; 调研"
TEXT = "附件的内容\n".encode()
Files = dict[str, bytes]


def returned_case() -> str:
    """A case that was sent back once, with two files of the same dangerous name."""
    ids = [str(upload_file(actor("marketing_manager"), name, io.BytesIO(TEXT)).pk) for name in NAMES]
    number = start(attachments=ids)
    answer(number, "product_marketing_director", "return", "请补充预算说明。", to="draft")
    answer(number, "marketing_manager", "submit", values=plan(topic="第二版：<b>市场</b> 调研", attachments=ids))
    answer(number, "product_marketing_director", opinion="可行。")
    return number


NAMES = ("../../附件😀.txt", "../../附件😀.txt", f"{'很长的名字' * 60}.txt")


def packed(number: str) -> Files:
    """What a pack holds, by path."""
    body = b"".join(evidence(SYSTEM, number).chunks)
    with ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        return {one.filename: archive.read(one) for one in archive.infolist()}


def faults(folder: Path, files: Mapping[str, bytes], head: str = "") -> set[str]:
    """What the checker finds wrong in a zip of these files."""
    place = folder / "pack.zip"
    with ZipFile(place, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return {finding.code for finding in check(place, head) if finding.level == FAULT}


def resealed(files: Mapping[str, bytes]) -> Files:
    """The pack with a manifest made up to fit what the files hold now, as a forger would."""
    from hashlib import sha256

    manifest = json.loads(files["manifest.json"])
    for one in manifest["files"]:
        content = files[one["path"]]
        one |= {"size": len(content), "sha256": sha256(content).hexdigest()}
    return {**files, "manifest.json": json.dumps(manifest).encode()}


def changed(files: Mapping[str, bytes], path: str, change: Callable[[Any], object]) -> Files:
    """The pack with one of its tables changed, and the manifest made to fit."""
    said = json.loads(files[path])
    change(said)
    return resealed({**files, path: json.dumps(said, ensure_ascii=False).encode()})


@pytest.fixture
def pack(company: None) -> Files:
    number = returned_case()
    anchor_journal(SYSTEM)
    answer(number, "business_unit_director", "return", "预算过高。", to="draft")
    return packed(number)


def test_a_pack_as_it_was_made_fits(pack: Files, tmp_path: Path) -> None:
    head = json.loads(pack["manifest.json"])["journal"]["head"]
    assert faults(tmp_path, pack) == set()
    assert faults(tmp_path, pack, head) == set()
    assert faults(tmp_path, pack, "00" * 32) == {"other-head"}
    oks = {finding.code for finding in check(tmp_path / "pack.zip") if finding.level == "ok"}
    assert oks == {"files", "journal", "seals", "case"}


def test_files_that_were_changed_removed_or_added_are_found(pack: Files, tmp_path: Path) -> None:
    name = next(path for path in pack if path.startswith("files/"))
    assert faults(tmp_path, {**pack, name: pack[name] + b" "}) == {"changed"}
    assert faults(tmp_path, {**pack, "index.html": b"<p>all is well"}) == {"changed"}
    assert faults(tmp_path, {path: body for path, body in pack.items() if path != name}) == {"missing"}
    assert faults(tmp_path, {**pack, "documents/extra.pdf": TEXT}) == {"added"}
    # With a manifest that was made to fit, an attachment is still not what was uploaded.
    assert faults(tmp_path, resealed({**pack, name: pack[name] + b" "})) == {"file"}


def test_a_file_that_is_there_twice_is_found(pack: Files, tmp_path: Path) -> None:
    faults(tmp_path, pack)
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(tmp_path / "pack.zip", "a") as archive:
        archive.writestr("index.html", pack["index.html"])
    assert {one.code for one in check(tmp_path / "pack.zip") if one.level == FAULT} == {"twice"}


@pytest.mark.parametrize("field", ["kind", "actor_id", "behalf_id", "at", "door", "address", "detail"])
def test_every_part_of_a_log_entry_is_covered(pack: Files, tmp_path: Path, field: str) -> None:
    def change(said: Any) -> None:
        said["entries"][1][field] = {"text": "other"} if field == "detail" else 99 if "_id" in field else "other"

    assert "broken" in faults(tmp_path, changed(pack, "journal/entries.json", change))


def test_entries_removed_from_the_log_are_found(pack: Files, tmp_path: Path) -> None:
    path = "journal/entries.json"
    assert "gap" in faults(tmp_path, changed(pack, path, lambda said: said["entries"].pop(1)))
    assert "head" in faults(tmp_path, changed(pack, path, lambda said: said["entries"].pop()))
    short_of_sealed = changed(pack, path, lambda said: said["entries"].__delitem__(slice(2, None)))
    assert {"head", "seal"} <= faults(tmp_path, short_of_sealed)


def test_a_log_written_anew_is_found_by_the_seal_and_by_the_house(pack: Files, tmp_path: Path) -> None:
    """Whoever rewrites all hashes makes a chain that fits; the seal that was made before does not fit it."""

    def rewrite(said: Any) -> None:
        previous = "00" * 32
        said["entries"][0]["door"] = "cli"
        for entry in said["entries"]:
            previous = entry["hash"] = link(previous, said["chain"], entry)

    forged = changed(pack, "journal/entries.json", rewrite)
    manifest = json.loads(forged["manifest.json"])
    real = manifest["journal"]["head"]
    manifest["journal"]["head"] = json.loads(forged["journal/entries.json"])["entries"][-1]["hash"]
    forged["manifest.json"] = json.dumps(manifest).encode()
    assert faults(tmp_path, forged) == {"seal"}
    assert faults(tmp_path, forged, real) == {"seal", "other-head"}


def test_seals_that_were_changed_are_found(pack: Files, tmp_path: Path) -> None:
    def root(said: Any) -> None:
        said["seals"][0]["root"] = "11" * 32

    def heads(said: Any) -> None:
        said["seals"][0]["heads"].pop()

    assert faults(tmp_path, changed(pack, "journal/seals.json", root)) == {"seal"}
    assert faults(tmp_path, changed(pack, "journal/seals.json", heads)) == {"seal"}


def test_answers_and_signatures_that_were_changed_are_found(pack: Files, tmp_path: Path) -> None:
    def answers(said: Any) -> None:
        said["documents"][0]["versions"][0]["values"]["topic"] = "另一个主题"

    def opinion(said: Any) -> None:
        said["documents"][0]["signatures"][-1]["opinion"] = "完全同意。"

    def digest_too(said: Any) -> None:
        from huiqian.insight.evidence.check_evidence import digest_of

        answers(said)
        document = said["documents"][0]
        document["versions"][0]["digest"] = digest_of(document, document["versions"][0])

    def without(said: Any) -> None:
        said["documents"][0]["versions"].pop(0)

    def signed_files(said: Any) -> None:
        signature = next(one for one in said["documents"][0]["signatures"] if one["files"])
        signature["files"][0] = "00" * 32

    assert faults(tmp_path, changed(pack, "case.json", signed_files)) == {"signature"}
    assert faults(tmp_path, changed(pack, "case.json", answers)) == {"document"}
    assert faults(tmp_path, changed(pack, "case.json", opinion)) == {"signature"}
    assert faults(tmp_path, changed(pack, "case.json", digest_too)) == {"no-version"}
    assert faults(tmp_path, changed(pack, "case.json", without)) == {"no-version"}


def test_tables_of_nonsense_are_faults_not_crashes(pack: Files, tmp_path: Path) -> None:
    for path in ("case.json", "journal/entries.json", "journal/seals.json"):
        for nonsense in (b"[]", b"{", b'{"entries": [1], "chain": 1, "seals": [1], "files": 3}', b"\xff"):
            assert "unreadable" in faults(tmp_path, resealed({**pack, path: nonsense})), (path, nonsense)
    for manifest in (b"{}", b"[1]", b"\xff", b'{"format": "other", "version": 1, "files": [], "journal": {}}'):
        with pytest.raises(NoPack):
            faults(tmp_path, {**pack, "manifest.json": manifest})
    (tmp_path / "cut.zip").write_bytes((tmp_path / "pack.zip").read_bytes()[:-40])
    with pytest.raises(NoPack):
        list(check(tmp_path / "cut.zip"))


def test_the_checker_in_the_pack_runs_alone(pack: Files, tmp_path: Path) -> None:
    """Unpacked to a folder, with nothing but Python: no product, no site packages."""
    for name, content in pack.items():
        place = tmp_path / "unpacked" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    assert pack[CHECKER.name] == CHECKER.read_bytes()

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", str(tmp_path / "unpacked" / CHECKER.name), *words]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env={"PYTHONUTF8": "1"})

    done = run("--language", "zh")
    assert (done.returncode, "未发现改动" in done.stdout, done.stderr) == (0, True, "")
    (tmp_path / "unpacked" / "index.html").write_text("…", encoding="utf-8")
    done = run("--language", "en")
    assert done.returncode == 1
    assert "Changed file: index.html" in done.stdout
    assert run(str(tmp_path / "nowhere.zip")).returncode == 2


def test_the_checker_hashes_as_the_journal_does() -> None:
    at = datetime(2026, 3, 1, 9, 30, 0, 5, tzinfo=UTC)
    detail: dict[str, object] = {"b": "引号“”", "a": [1, None, True], "c": 1.5}
    fact = Sealed("case:1", 3, "task_decided", 7, None, at, "web", "10.0.0.1", detail)
    entry = {
        "number": 3, "kind": "task_decided", "actor_id": 7, "behalf_id": None,
        "at": at.isoformat(timespec="microseconds"), "door": "web", "address": "10.0.0.1", "detail": detail,
    }  # fmt: skip
    assert link("00" * 32, "case:1", entry) == journal_link(GENESIS, fact).hex()


def test_the_page_tells_the_case_in_both_languages(pack: Files) -> None:
    zh, en = pack["index.html"].decode(), pack["index-en.html"].decode()
    for words in (
        "证据包",
        "请补充预算说明。",
        "作废",
        "产品市场部经理",
        TOPIC,
        "随手册采用",
    ):
        assert words in zh, words
    assert "<b>市场" not in zh
    for words in ("Evidence pack", "Signatures", "Sent back", "adopted with the handbook"):
        assert words in en, words
    for page in (zh, en):
        assert "<script" not in page
        assert "http://" not in page
    assert pack["process/process.bpmn"].startswith(b"<?xml")
    assert pack["process/diagram.svg"].startswith(b"<svg")
    assert {path for path in pack if path.startswith("documents/")} == {
        path for path in pack if path.startswith("documents/") and pack[path].startswith(b"%PDF")
    }


def test_names_in_the_pack_are_safe_and_different(pack: Files) -> None:
    paths = [path for path in pack if path.startswith("files/")]
    assert len(paths) == len(set(paths)) == 3
    assert {pack[path] for path in paths} == {TEXT}
    for path in pack:
        assert ".." not in path.split("/")
        assert not path.startswith("/")
        assert "\\" not in path
        assert len(path.encode()) < 260
    assert short("../../x") == "x"
    assert short("CON.pdf") == "_CON.pdf"
    assert short(f"{'a' * 300}.tar") == f"{'a' * 80}.tar"


def test_the_same_case_gives_the_same_pack(company: None) -> None:
    number = returned_case()
    with clock.moved_to(datetime(2026, 12, 1, tzinfo=UTC)):
        assert packed(number) == packed(number)


def test_prints_follow_the_reader_and_the_manifest_says_who(company: None) -> None:
    number = start()
    with translation.override("en"):
        pack = evidence(actor("marketing_manager"), number)
    assert pack.name == f"{number} evidence.zip"
    with ZipFile(io.BytesIO(b"".join(pack.chunks))) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["made"]["by"] == actor("marketing_manager").name
    assert manifest["journal"]["grew"] is False


def test_only_administrators_are_given_other_cases_heads(company: None, tmp_path: Path) -> None:
    number = start()
    anchor_journal(SYSTEM)
    with ZipFile(io.BytesIO(b"".join(evidence(actor("marketing_manager"), number).chunks))) as archive:
        files = {one.filename: archive.read(one) for one in archive.infolist()}
    assert [seal["heads"] for seal in json.loads(files["journal/seals.json"])["seals"]] == [None]
    assert faults(tmp_path, files) == set()


def test_who_may_not_read_the_case_gets_none(company: None) -> None:
    with pytest.raises(NotFound):
        evidence(actor("finance_manager"), start())


def test_a_case_that_goes_on_meanwhile_is_told(company: None, tmp_path: Path) -> None:
    number = start()
    chunks = evidence(SYSTEM, number).chunks
    body = next(chunks)
    answer(number, "product_marketing_director")
    (tmp_path / "pack.zip").write_bytes(body + b"".join(chunks))
    found = {finding.code: finding.level for finding in check(tmp_path / "pack.zip")}
    assert found["grew"] == "note"
    assert FAULT not in found.values()


def test_what_was_changed_in_the_database_is_found(company: None, tmp_path: Path) -> None:
    """A pack made from tables that somebody edited by hand does not fit the log."""
    from django.db import connection

    number = returned_case()
    with connection.cursor() as cursor:
        cursor.execute("update documents_signature set opinion = '不可行。' where opinion = '可行。'")
        cursor.execute("""update documents_version set values = values || '{"topic": "改过"}' where number = 1""")
    assert faults(tmp_path, packed(number)) == {"signature", "document"}


def test_a_pack_from_the_page_and_the_api_is_one_download(company: None) -> None:
    number = start()
    client = Client()
    client.force_login(_person("marketing_manager"), backend="django.contrib.auth.backends.ModelBackend")
    got = client.get(f"/cases/{number}/evidence")
    assert got["Content-Type"] == "application/zip"
    assert got["Content-Disposition"].startswith("attachment;")
    with ZipFile(io.BytesIO(b"".join(got.streaming_content))) as archive:  # type: ignore[attr-defined]
        assert "manifest.json" in archive.namelist()


def _person(login: str) -> Any:
    from huiqian.org.models import Person

    return Person.objects.get(login=login)


def test_every_entry_of_the_journal_is_in_the_pack(pack: Files) -> None:
    number = json.loads(pack["manifest.json"])["case"]["number"]
    chain = f"case:{Instance.objects.get(number=number).pk}"
    assert len(json.loads(pack["journal/entries.json"])["entries"]) == Entry.objects.filter(chain=chain).count()
