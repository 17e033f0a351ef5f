"""How a stored file goes back to a browser: as a download, never as a page of ours."""

from urllib.parse import quote

# A picture of ours, shown: its viewer's own style, and nothing else.
SHOWN = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"


def preview_headers(size: int, tag: str) -> dict[str, str]:
    """The headers of a preview: a JPEG that we have drawn ourselves, kept by the reader's browser for an hour."""
    return {
        "Content-Type": "image/jpeg",
        "Content-Length": str(size),
        "Content-Disposition": "inline",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": SHOWN,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, max-age=3600",
        "ETag": f'"{tag}"',
    }


def download_headers(name: str, kind: str, size: int) -> dict[str, str]:
    """The headers of a download of so many bytes."""
    return {"Content-Length": str(size)} | attachment_headers(name, kind)


def attachment_headers(name: str, kind: str) -> dict[str, str]:
    """The headers of a download: always an attachment, its type never guessed, and nothing in it may run."""
    plain = "".join(char if char.isascii() and char.isprintable() and char not in '"\\%;' else "_" for char in name)
    return {
        "Content-Type": "text/plain; charset=utf-8" if kind == "text/plain" else kind,
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
