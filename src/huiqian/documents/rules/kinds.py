"""What an uploaded file is, as its content says; its name and what the browser claims count for nothing."""

import codecs
import re
import struct
import zipfile
from dataclasses import dataclass
from typing import IO

import filetype  # type: ignore[import-untyped]
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

MEGAPIXELS = 50
PARTS = 10_000
UNPACKED = 1024 * 1024 * 1024
RATIO = 200
HEAD = 8192
OFFICE = {
    "word/": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)),
    "xl/": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
    "ppt/": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",)),
}
OLD_OFFICE = {
    "xls": "application/vnd.ms-excel", "et": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
    "dps": "application/vnd.ms-powerpoint", "doc": "application/msword", "wps": "application/msword",
}  # fmt: skip
PICTURES = {
    "PNG": ("image/png", ("png",)), "JPEG": ("image/jpeg", ("jpg", "jpeg", "jfif")), "GIF": ("image/gif", ("gif",)),
    "WEBP": ("image/webp", ("webp",)), "BMP": ("image/bmp", ("bmp",)), "TIFF": ("image/tiff", ("tif", "tiff")),
}  # fmt: skip
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MARKUP = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(\?xml|!doctype|html|head|body|script|svg|iframe|style|img|a\s|table|div|p>|br|h1|title|font|b>)",
    re.IGNORECASE | re.DOTALL,
)
ACCEPTED = _("PDF, Word, Excel, PowerPoint, pictures and plain text")


@dataclass(frozen=True, slots=True)
class Kind:
    """A file's media type and the endings that fit it, the usual one first."""

    type: str
    endings: tuple[str, ...]


class Unfit(Exception):
    """A file that is not taken in, with the sentence that says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def find_kind(stream: IO[bytes], size: int, name: str) -> Kind:
    """What the content is; Unfit for what is not accepted, damaged, or made to hurt. Reads only what it must."""
    stream.seek(0)
    head = stream.read(HEAD)
    guess = filetype.guess(head)
    mime = guess.mime if guess else ""
    if head.startswith(b"%PDF-"):
        return _pdf(stream, size)
    if head.startswith(OLE):
        return _old_office(name)
    if head.startswith(b"PK\x03\x04"):
        return _office(stream, size)
    if mime.startswith("image/"):
        return _picture(stream)
    if not mime:
        return _text(stream, head)
    raise Unfit(_not_accepted())


def _not_accepted() -> str | Promise:
    return format_lazy(_("Files of this kind are not accepted. Accepted are {kinds}."), kinds=ACCEPTED)


def _pdf(stream: IO[bytes], size: int) -> Kind:
    # Where its table of contents begins stands in its last lines; a file cut short, or only called a PDF, has none.
    stream.seek(max(0, size - 4096))
    tail = stream.read(4096)
    if not re.search(rb"startxref\s+\d+\s+%%EOF", tail):
        raise Unfit(_("This PDF is incomplete or damaged. Save it again and upload it again."))
    return Kind("application/pdf", ("pdf",))


def _old_office(name: str) -> Kind:
    ending = name.rsplit(".", 1)[-1].lower()
    if ending not in OLD_OFFICE:
        raise Unfit(_not_accepted())
    return Kind(OLD_OFFICE[ending], (ending,))


def _office(stream: IO[bytes], size: int) -> Kind:
    try:
        stream.seek(0)
        parts = zipfile.ZipFile(stream).infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError, EOFError, OverflowError):
        raise Unfit(_("This file is incomplete or damaged. Save it again and upload it again.")) from None
    _check_parts(parts, size)
    names = [part.filename for part in parts]
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unfit(_("This file contains macros. Save it without them (docx, xlsx, pptx) and upload it again."))
    for folder, (mime, endings) in OFFICE.items():
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return Kind(mime, endings)
    raise Unfit(_not_accepted())


def _check_parts(parts: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse what unpacks to far more than it is: too many parts, too much, or parts that lie over each other."""
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > PARTS or unpacked > UNPACKED or unpacked > max(size, 4096) * RATIO or packed > size:
        raise Unfit(_("This file unpacks to far more than an office file does. It is not accepted."))


def _picture(stream: IO[bytes]) -> Kind:
    stream.seek(0)
    try:
        picture = Image.open(stream, formats=tuple(PICTURES))
        wide, high = picture.size
        if wide * high > MEGAPIXELS * 1_000_000:
            raise Unfit(
                format_lazy(_("This picture is larger than {most} megapixels. Make it smaller."), most=MEGAPIXELS)
            )
        kind = picture.format or ""
        picture.verify()
    except Image.DecompressionBombError:
        raise Unfit(
            format_lazy(_("This picture is larger than {most} megapixels. Make it smaller."), most=MEGAPIXELS)
        ) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, OverflowError):
        raise Unfit(_("This picture is incomplete or damaged, or of a kind that is not accepted.")) from None
    return Kind(*PICTURES[kind])


def _text(stream: IO[bytes], head: bytes) -> Kind:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if MARKUP.match(plain) or b"<script" in plain.lower() or b"<svg" in plain.lower():
        raise Unfit(_("Web pages and drawings with scripts (HTML, SVG, XML) are not accepted. Save it as a PDF."))
    stream.seek(0)
    if b"\x00" in plain or not (_decodes(stream, "utf-8") or _decodes(stream, "gb18030")):
        raise Unfit(_not_accepted())
    return Kind("text/plain", ("txt", "csv", "md", "log", "tsv"))


def _decodes(stream: IO[bytes], encoding: str) -> bool:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := stream.read(65536):
            if b"\x00" in piece:
                return False
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
