"""Names of uploaded files: what is dangerous or meaningless in them is taken out, the rest stays as people wrote it."""

import re
import unicodedata

LONGEST = 200
MOST_BYTES = 240
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """A file's name without path, control and direction characters or reserved words; emoji stay. Never empty.

    At most 200 characters and 240 bytes (what file systems take), the ending kept.
    """
    words = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode())
    words = re.split(r"[/\\]", words)[-1]
    words = "".join(char for char in words if _visible(char))
    words = FORBIDDEN.sub("_", " ".join(words.split())).strip(". ")
    if not words:
        return "file"
    if RESERVED.fullmatch(words):
        words = f"_{words}"
    return _cut(words)


def _visible(char: str) -> bool:
    """Everything but controls, direction marks and private or unassigned characters; the joiner of emoji stays."""
    if char == "\u200d":
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char in "\t\n"


def _cut(words: str) -> str:
    found = ENDING.search(words)
    ending = found.group() if found else ""
    stem = words[: len(words) - len(ending)][: LONGEST - len(ending)]
    while len((stem + ending).encode()) > MOST_BYTES:
        stem = stem[:-1]
    return (stem.rstrip(". ") or "file") + ending


def with_ending(name: str, endings: tuple[str, ...]) -> str:
    """The name with an ending that fits its content: "report.png" that is a PDF becomes "report.png.pdf"."""
    found = ENDING.search(name)
    if found and found.group()[1:].lower() in endings:
        return name
    return _cut(f"{name}.{endings[0]}")
