"""Files are taken in for what they are, whatever they are called."""

import io
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import override_settings

from huiqian.base import clock
from huiqian.base.actors import SYSTEM, Actor
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.documents import commands
from huiqian.documents.commands import discard_file, forget_unattached_files, upload_file
from huiqian.documents.models import Blob, Chunk, File
from huiqian.documents.rules.kinds import OFFICE
from huiqian.documents.tests.samples import PDF, archive, bomb, huge_png, office, overlapping, picture
from huiqian.journal.models import Entry
from huiqian.org.models import Person

Who = Callable[[str], Actor]
PNG = picture()


def take(actor: Actor, name: str, content: bytes) -> File:
    return upload_file(actor, name, io.BytesIO(content), len(content))


@pytest.mark.parametrize(
    ("name", "content", "kept", "kind"),
    [
        ("计划.pdf", PDF, "计划.pdf", "application/pdf"), ("photo.PNG", PNG, "photo.PNG", "image/png"),
        ("照片.jpg", picture("JPEG"), "照片.jpg", "image/jpeg"), ("a.gif", picture("GIF"), "a.gif", "image/gif"),
        ("a.webp", picture("WEBP"), "a.webp", "image/webp"), ("a.bmp", picture("BMP"), "a.bmp", "image/bmp"),
        ("really.png", PDF, "really.png.pdf", "application/pdf"), ("no ending", PNG, "no ending.png", "image/png"),
        ("表.xlsx", office("xl"), "表.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("书.docx", office(), "书.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("表.zip", office("ppt"), "表.zip.pptx", OFFICE["ppt/"][0]),
        ("旧.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "旧.doc", "application/msword"),
        ("数据.csv", "地区,数量\n华东,24\n".encode(), "数据.csv", "text/plain"),
        ("数据.txt", "地区，数量".encode("gb18030"), "数据.txt", "text/plain"),
        ("a.exe", b"just words", "a.exe.txt", "text/plain"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_accepted(who: Who, name: str, content: bytes, kept: str, kind: str) -> None:
    file = take(who("marketing_manager"), name, content)
    assert (file.name, file.type, file.size) == (kept, kind, len(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""), ("page.png", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("page.txt", b"  <html><body>hi"),
        ("page.csv", b"name\n<script>alert(1)</script>"), ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.png", b'<?xml version="1.0"?><svg onload="x"/>'), ("a.txt", b"\xef\xbb\xbf<!-- x --> <svg>"),
        ("not.pdf", b"%PDF-1.7\njust words"), ("cut.pdf", PDF[:-8]), ("not.png", b"\x89PNG\r\n\x1a\nnothing"),
        ("cut.png", PNG[:-20]), ("bomb.png", huge_png(50_000, 50_000)), ("large.png", huge_png(9_000, 9_000)),
        ("macro.docm", office(**{"word/vbaProject.bin": b"x"})), ("bomb.docx", bomb()), ("overlap.docx", overlapping()),
        ("cut.docx", office()[:-30]), ("a.zip", archive({"a.txt": b"x"})), ("a.exe", b"MZ\x90\x00" + b"\0" * 200),
        ("a.elf", b"\x7fELF" + b"\0" * 200), ("a.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 200),
        ("a.bin", bytes(range(256)) * 10),
        ("ole.exe", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600), ("nul.txt", b"words\0words"),
        ("a.rar", b"Rar!\x1a\x07\x00" + b"x" * 99),
        ("a.gz", b"\x1f\x8b\x08" + b"\0" * 100), ("zip64.docx", b"PK\x03\x04" + b"\xff" * 400),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_refused_and_leaves_nothing_behind(who: Who, name: str, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        take(who("marketing_manager"), name, content)
    assert [str(sentence) for sentence in refused.value.errors["file"]]
    assert not File.objects.exists()
    assert not Blob.objects.exists()


@override_settings(HUIQIAN_MAX_FILE_SIZE=1024 * 1024)
def test_too_large_is_refused_whatever_size_was_said(who: Who) -> None:
    content = b"x" * (1024 * 1024 + 1)
    for said in (None, 10, len(content)):
        with pytest.raises(Invalid):
            upload_file(who("marketing_manager"), "a.txt", io.BytesIO(content), said)


def test_one_content_is_kept_once(who: Who) -> None:
    content = ("市场" * 200_000).encode()
    first = take(who("marketing_manager"), "一.txt", content)
    second = take(who("general_manager"), "二.txt", content)
    assert first.blob_id == second.blob_id
    assert Blob.objects.count() == 1
    pieces = list(Chunk.objects.filter(blob=first.blob_id).order_by("number").values_list("content", flat=True))
    assert len(pieces) == -(-len(content) // (256 * 1024))
    assert b"".join(map(bytes, pieces)) == content


def test_an_upload_is_written_down(who: Who) -> None:
    actor = who("marketing_manager")
    file = take(actor, "计划.pdf", PDF)
    fact = Entry.objects.get(kind="file_uploaded")
    assert (fact.actor_id, fact.detail["file"], fact.detail["sha256"]) == (actor.id, str(file.pk), file.blob_id)


def test_a_file_of_one_s_own_can_be_taken_back_until_it_is_attached(who: Who) -> None:
    file = take(who("marketing_manager"), "计划.pdf", PDF)
    with pytest.raises(NotFound):
        discard_file(who("general_manager"), file.pk)
    discard_file(who("marketing_manager"), file.pk)
    assert not File.objects.exists()


def test_one_person_cannot_fill_the_store_with_what_is_attached_to_nothing(
    who: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "WAITING", 100)
    take(who("marketing_manager"), "a.txt", b"x" * 80)
    with pytest.raises(Invalid):
        take(who("marketing_manager"), "b.txt", b"y" * 21)
    assert take(who("general_manager"), "b.txt", b"y" * 21)


def test_what_was_never_attached_is_forgotten_in_time(who: Who) -> None:
    actor = who("marketing_manager")
    with clock.moved_to(clock.now() - timedelta(days=200)):
        take(actor, "old.txt", b"old")
        take(actor, "same.txt", b"same")
    kept = take(actor, "same again.txt", b"same")
    assert forget_unattached_files(SYSTEM) == 2
    assert list(File.objects.values_list("pk", flat=True)) == [kept.pk]
    assert Blob.objects.count() == 1
    with pytest.raises(Forbidden):
        forget_unattached_files(actor)


@pytest.mark.usefixtures("real_company")
def test_one_content_sent_twice_at_once_is_kept_once() -> None:
    actor = Person.objects.get(login="marketing_manager").actor
    content, barrier, failures = b"the same words " * 50_000, Barrier(4), []

    def send(name: str) -> None:
        try:
            barrier.wait()
            take(actor, name, content)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=send, args=(f"{place}.txt",)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert (File.objects.count(), Blob.objects.count()) == (4, 1)
    pieces = Chunk.objects.order_by("number").values_list("content", flat=True)
    assert b"".join(map(bytes, pieces)) == content
