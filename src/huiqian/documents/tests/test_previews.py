"""Previews: pictures and PDFs are drawn small by a process of its own; what cannot be drawn can still be downloaded."""

import io
import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.db import connection
from PIL import Image

from huiqian.base import wires
from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.documents.commands import ask_for_previews, keep_preview, upload_file
from huiqian.documents.models import Chunk, File, Preview
from huiqian.documents.previewing import draw
from huiqian.documents.queries import contents, download, file_faces, preview
from huiqian.documents.rules import pictures
from huiqian.documents.tests.samples import PDF, huge_png, office, picture
from tests.people import actor


def pdf(pages: int = 2, size: tuple[float, float] = (595, 842)) -> bytes:
    """A real PDF with empty pages."""
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _page in range(pages):
        document.new_page(*size)
    document.save(out)
    return out.getvalue()


def one_piece(content: bytes) -> Iterator[bytes]:
    yield content


def size_of(jpeg: bytes) -> tuple[int, int]:
    opened = Image.open(io.BytesIO(jpeg))
    assert opened.format == "JPEG"
    return opened.size


def seen(content: bytes, kind: str) -> tuple[int, int]:
    """Drawn in this process: the large picture's size."""
    _about, small, large = pictures.draw(io.BytesIO(content), kind)
    assert max(size_of(small)) <= pictures.SMALL
    return size_of(large)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_every_kind_of_picture_is_drawn_no_larger_than_it_is(kind: str) -> None:
    assert seen(picture(kind, (640, 480)), f"image/{kind.lower()}") == (640, 480)
    assert seen(picture(kind, (3200, 800)), f"image/{kind.lower()}") == (1600, 400)


def test_a_pdf_s_first_page_is_drawn() -> None:
    about, small, large = pictures.draw(io.BytesIO(pdf(3)), "application/pdf")
    assert (about["pages"], about["wide"], about["high"]) == (3, 595, 842)
    assert max(size_of(large)) == pictures.LARGE
    assert (about["small_wide"], about["small_high"]) == size_of(small)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
def test_colours_of_every_sort_become_plain_ones(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, "TIFF" if mode in ("CMYK", "F", "I") else "PNG")
    assert seen(out.getvalue(), "image/png") == (40, 30)


def test_what_can_be_seen_through_is_white_and_turned_photos_stand_upright() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    _about, small, _large = pictures.draw(io.BytesIO(out.getvalue()), "image/png")
    assert Image.open(io.BytesIO(small)).getpixel((5, 5)) == (255, 255, 255)
    turned, exif = Image.new("RGB", (40, 20)), Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    turned.save(out, "JPEG", exif=exif)
    assert seen(out.getvalue(), "image/jpeg") == (20, 40)


def test_a_16_bit_picture_is_not_just_white() -> None:
    out = io.BytesIO()
    Image.new("I;16", (10, 10), 256 * 100).save(out, "PNG")
    _about, small, _large = pictures.draw(io.BytesIO(out.getvalue()), "image/png")
    found = Image.open(io.BytesIO(small)).getpixel((5, 5))
    assert isinstance(found, tuple)
    assert abs(found[0] - 100) < 4


def many_frames() -> bytes:
    """A GIF of a thousand frames."""
    frames, out = [Image.new("P", (400, 400), number % 255) for number in range(300)], io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def bomb(side: int) -> bytes:
    """A small PNG of side × side points that is whole: all of them are there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" * (side + 1)
    pixels = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_the_process_of_its_own_draws_what_is_good() -> None:
    drawn = draw(one_piece(picture("JPEG", (2000, 1000))), "image/jpeg")
    assert drawn is not None
    assert (drawn.wide, drawn.high, drawn.pages) == (2000, 1000, 1)
    assert size_of(drawn.small) == (320, 160)
    assert draw(one_piece(many_frames()), "image/gif") is not None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (bomb(8000), "image/png"), (huge_png(50_000, 50_000), "image/png"), (picture()[:45], "image/png"),
        (PDF, "application/pdf"), (b"%PDF-1.7 nothing", "application/pdf"), (b"", "image/png"),
        (office(), "image/png"), (picture(), "application/pdf"), (pdf(1, (1, 14_400)), "text/plain"),
    ],
    ids=["bomb", "enormous", "cut short", "no pages", "no PDF", "empty", "office", "picture as PDF", "PDF as text"],
)  # fmt: skip
def test_what_is_damaged_forged_or_far_too_large_is_not_drawn_and_harms_nobody(content: bytes, kind: str) -> None:
    assert draw(one_piece(content), kind) is None


def test_whoever_takes_too_long_or_says_nonsense_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert draw(one_piece(picture()), "image/png", patience=0.001) is None
    liar = tmp_path / "liar.py"
    said = dict.fromkeys(("wide", "high", "pages", "small_wide", "small_high", "small", "large"), 1)
    liar.write_text(f"print({json.dumps(json.dumps(said))}); print('<html>')")
    monkeypatch.setattr(pictures, "__file__", str(liar))
    assert draw(one_piece(picture()), "image/png") is None
    liar.write_text("print('[1]')")
    assert draw(one_piece(picture()), "image/png") is None


def test_the_process_is_held_to_its_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = tmp_path / "greedy.py"
    source = (
        Path(pictures.__file__).read_text().replace("    about, small", "    bytearray(2 * MEMORY)\n    about, small")
    )
    assert "bytearray" in source
    greedy.write_text(source)
    monkeypatch.setattr(pictures, "__file__", str(greedy))
    assert draw(one_piece(picture()), "image/png") is None


def taken(name: str = "封面.png", content: bytes | None = None, login: str = "marketing_manager") -> File:
    return upload_file(actor(login), name, io.BytesIO(content or picture(size=(640, 480))))


def asked() -> list[dict[str, str]]:
    """What workers are asked to draw."""
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs where task_name = 'documents.draw' order by id")
        return [json.loads(args) for (args,) in cursor.fetchall()]


def draw_file(sha256: str, kind: str) -> None:
    """What a worker does with such a job."""
    wires.hand("job:documents.draw")(sha256=sha256, kind=kind)


@pytest.mark.usefixtures("company")
def test_an_upload_asks_a_worker_once_and_the_page_learns_of_it() -> None:
    file = taken()
    assert asked() == [{"sha256": file.blob_id, "kind": "image/png"}]
    mine = actor("marketing_manager")
    assert file_faces(mine, [file.pk])[str(file.pk)].preview == "waiting"
    with pytest.raises(NotFound):
        preview(mine, file.pk)
    taken("又一次.png")
    assert len(asked()) == 1, "one content is drawn once"
    draw_file(**asked()[0])
    draw_file(**asked()[0])
    face = file_faces(mine, [file.pk])[str(file.pk)]
    assert (face.preview, face.thumb_wide, face.thumb_high) == ("made", 320, 240)
    assert size_of(preview(mine, file.pk).content) == (320, 240)
    assert size_of(preview(mine, file.pk, large=True).content) == (640, 480)


@pytest.mark.usefixtures("company")
def test_previews_go_only_to_whoever_may_have_the_file_and_can_do_nothing() -> None:
    file = taken()
    draw_file(**asked()[0])
    with pytest.raises(NotFound):
        preview(actor("finance_manager"), file.pk)
    shown = preview(actor("marketing_manager"), file.pk)
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert shown.headers["Cache-Control"].startswith("private")
    again = preview(actor("marketing_manager"), file.pk, known=f"W/{shown.headers['ETag']}")
    assert again.content == b""
    with pytest.raises(NotFound):
        preview(actor("finance_manager"), file.pk, known=shown.headers["ETag"])


@pytest.mark.usefixtures("company")
def test_what_cannot_be_drawn_is_kept_and_downloaded_as_it_came() -> None:
    content = PDF.replace(b"/Catalog", b"/Catalog/Damaged")
    file = taken("图纸.pdf", content)
    draw_file(**asked()[0])
    assert Preview.objects.get().state == "none"
    mine = actor("marketing_manager")
    assert file_faces(mine, [file.pk])[str(file.pk)].preview == "none"
    assert b"".join(download(mine, file.pk).chunks) == content
    assert taken("说明.txt", "字".encode()).type == "text/plain"
    assert len(asked()) == 1, "text is not drawn"


@pytest.mark.usefixtures("company")
def test_a_picture_bomb_is_refused_before_anybody_draws_it() -> None:
    with pytest.raises(Invalid):
        taken("炸弹.png", huge_png(50_000, 50_000))
    assert asked() == []


@pytest.mark.usefixtures("company")
def test_what_came_in_before_there_were_previews_is_drawn_too() -> None:
    file = taken()
    Preview.objects.all().delete()
    assert ask_for_previews(SYSTEM) == 1
    assert ask_for_previews(SYSTEM) == 0
    assert Preview.objects.get().blob_id == file.blob_id
    with pytest.raises(Forbidden):
        ask_for_previews(actor("marketing_manager"))
    with pytest.raises(Forbidden):
        keep_preview(actor("marketing_manager"), file.blob_id, None)


@pytest.mark.usefixtures("company")
def test_a_large_file_comes_out_in_pieces() -> None:
    noise = Image.frombytes("RGB", (3200, 3200), Random(1).randbytes(3200 * 3200 * 3))
    out = io.BytesIO()
    noise.save(out, "BMP")
    file = taken("大图.bmp", out.getvalue())
    assert file.size > 30_000_000
    assert Chunk.objects.filter(blob=file.blob_id).count() == -(-file.size // (256 * 1024))
    pieces = contents(file.blob_id)
    assert len(next(pieces)) == 256 * 1024
    draw_file(**asked()[0])
    made = Preview.objects.get()
    assert (made.state, made.wide) == ("made", 3200)
    assert len(bytes(made.small)) < 120_000
