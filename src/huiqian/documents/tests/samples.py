"""Files as people upload them, and as somebody who means harm would."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    """A small real picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def huge_png(wide: int, high: int) -> bytes:
    """A PNG of some bytes that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A zip file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def office(folder: str = "word", **more: bytes) -> bytes:
    """A small office file: word, xl or ppt."""
    return archive({"[Content_Types].xml": b"<Types/>", f"{folder}/main.xml": b"<x/>", **more})


def bomb() -> bytes:
    """An office file of 100 KB that unpacks to 100 MB."""
    return office(**{"word/media.bin": b"\0" * 100_000_000})


def overlapping() -> bytes:
    """An office file whose table of contents names one part a hundred times."""
    parts = {"[Content_Types].xml": b"<Types/>", "word/main.xml": bytes(range(256)) * 40}
    small = archive(parts)
    end = small.rindex(b"PK\x05\x06")
    start = small.index(b"PK\x01\x02")
    directory = small[start:end]
    last = directory[directory.rindex(b"PK\x01\x02") :]
    whole = directory + last * 100
    tail = small[end : end + 8] + struct.pack("<HHIIH", 102, 102, len(whole), start, 0)
    return small[:start] + whole + tail
