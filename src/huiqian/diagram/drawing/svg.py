"""SVG as text, with every value escaped."""

import re
from xml.sax.saxutils import quoteattr

FONT = (
    "'Inter Variable', Inter, -apple-system, 'PingFang SC', 'HarmonyOS Sans SC', 'Microsoft YaHei UI', "
    "'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_of(value: str) -> str:
    """Escaped character data; characters that XML forbids are left out."""
    return _clean(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element. Underscores in attribute names become hyphens, a trailing one goes; None leaves an attribute out."""
    said = "".join(
        f" {key.rstrip('_').replace('_', '-')}={_value(value)}"
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(inside)
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def write(x: float, y: float, words: str, size: float, fill: str, **attributes: object) -> str:
    """A line of text."""
    return tag("text", text_of(words), x=x, y=y, font_size=size, fill=fill, **attributes)


def _value(value: object) -> str:
    if isinstance(value, float):
        return f'"{value:.2f}"' if value % 1 else f'"{value:.0f}"'
    if isinstance(value, int):
        return f'"{value}"'
    return quoteattr(_clean(str(value)))


def _clean(value: str) -> str:
    """Without what XML 1.0 cannot hold: control characters, surrogates, two non-characters (XML 1.0 §2.2)."""
    return FORBIDDEN.sub("", value)
