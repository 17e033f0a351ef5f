"""Damaged and forged content is accepted for what it is or refused with a sentence; nothing else ever happens."""

import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from huiqian.documents.rules import Kind, Unfit, find_kind
from huiqian.documents.tests.samples import PDF, office, picture

# Pillow says what it skips in damaged pictures; that is what is looked for here.
pytestmark = pytest.mark.filterwarnings("ignore")
GOOD = [
    PDF,
    office(),
    office("xl"),
    *(picture(kind, (20, 20)) for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")),
]


def verdict(content: bytes, name: str = "a.bin") -> Kind | str:
    """The kind that was found, or the sentence of the refusal."""
    try:
        return find_kind(io.BytesIO(content), len(content), name)
    except Unfit as unfit:
        return str(unfit.sentence)


def mutated(content: bytes, changes: list[tuple[int, int]], cut: int) -> bytes:
    """A good file with some bytes changed and its end cut off."""
    mutable = bytearray(content)
    for place, value in changes:
        mutable[place % len(mutable)] = value
    return bytes(mutable[: max(1, len(mutable) - cut)])


@settings(max_examples=400, deadline=None)
@given(
    st.builds(
        mutated,
        st.sampled_from(GOOD),
        st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=12),
        st.integers(0, 60),
    )
)
def test_damaged_files_never_do_more_than_be_refused(content: bytes) -> None:
    assert verdict(content)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(min_size=1, max_size=600),
    st.sampled_from(["", "PK\x03\x04", "%PDF-", "GIF89a", "BM", "II*\x00", "\x89PNG\r\n\x1a\n"]),
)
def test_any_bytes_get_a_verdict(content: bytes, start: str) -> None:
    assert verdict(start.encode("latin-1") + content)


@given(st.text(max_size=300))
@example("\ufeff<!DOCTYPE html>")
@example("x\n<SCRIPT src=//a>")
@example("<!-- a --><!-- b --> <Svg/onload=x>")
def test_text_is_text_or_refused_and_never_a_page(words: str) -> None:
    found = verdict(words.encode("utf-8", "surrogatepass"), "a.html")
    if isinstance(found, Kind):
        assert (found.type, found.endings[0]) == ("text/plain", "txt")
        assert "<script" not in words.lower()
        assert not words.lstrip("\ufeff \n\t").lower().startswith(("<!doctype", "<html", "<svg"))
