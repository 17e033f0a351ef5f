"""A picture, or a page of a PDF, drawn small: run as a process of its own, with little memory and little time.

Reads the file from standard input, which can be sought in; writes a line of JSON and two JPEGs to standard output.
Whatever goes wrong ends this process and nothing else. Imports nothing of the house, so that it starts at once.
"""

import io
import json
import resource
import sys
import warnings
from typing import IO

from PIL import Image, ImageOps

SMALL, LARGE = 320, 1600
MEGAPIXELS = 50
MEMORY = 1024 * 1024 * 1024
SECONDS = 20
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")


def draw(stream: IO[bytes], kind: str, page: int = 1) -> tuple[dict[str, int], bytes, bytes]:
    """What a page looks like: its size in points and pages, a small JPEG and a large one. Raises whatever it likes."""
    picture, about = _pdf(stream, page) if kind == "application/pdf" else _picture(stream, page)
    large = _on_white(picture)
    large.thumbnail((LARGE, LARGE), reducing_gap=2.0)
    small = large.copy()
    small.thumbnail((SMALL, SMALL), reducing_gap=2.0)
    about |= {"small_wide": small.width, "small_high": small.height}
    return about, _jpeg(small), _jpeg(large)


def _picture(stream: IO[bytes], page: int) -> tuple[Image.Image, dict[str, int]]:
    picture: Image.Image = Image.open(stream, formats=FORMATS)
    wide, high = picture.size
    if wide * high > MEGAPIXELS * 1_000_000:
        raise ValueError("too many points")
    pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    if page > 1:
        picture.seek(page - 1)
    # A JPEG is decoded at a fraction of its size where that is enough.
    picture.draft("RGB", (LARGE * 2, LARGE * 2))
    picture.thumbnail((LARGE, LARGE), reducing_gap=2.0)
    return ImageOps.exif_transpose(picture), {"wide": wide, "high": high, "pages": pages}


def _pdf(stream: IO[bytes], number: int) -> tuple[Image.Image, dict[str, int]]:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(stream)
    page = document[number - 1]
    wide, high = page.get_size()
    scale = min(LARGE / max(wide, high, 1), 4)
    return page.render(scale=scale).to_pil(), {"wide": round(wide), "high": round(high), "pages": len(document)}


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in plain colours; what can be seen through is white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(white, seen).convert("RGB")
    if picture.mode.startswith("I"):
        # 16 bits a point: the upper eight are what a screen shows.
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return picture.convert("RGB")


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


def main() -> None:
    """Draw what comes in, within limits that hold for this process alone."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    warnings.simplefilter("ignore")
    about, small, large = draw(sys.stdin.buffer, sys.argv[1], int(sys.argv[2]))
    head = json.dumps({**about, "small": len(small), "large": len(large)}).encode()
    sys.stdout.buffer.write(head + b"\n" + small + large)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
