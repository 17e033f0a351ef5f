"""QR codes, drawn by the server."""

import io

import segno


def qr_svg(address: str) -> str:
    """An address as a QR code: SVG that takes the size of its place, black on white with its quiet zone."""
    return segno.make(address, error="m", micro=False).svg_inline(
        border=4, omitsize=True, svgclass="qr", lineclass=None, light="#fff"
    )


def qr_file(address: str) -> bytes:
    """The same as a picture (PNG), to put into a letter or on a poster with any office program."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=24, border=4)
    return out.getvalue()
