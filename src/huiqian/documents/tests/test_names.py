"""Names of files keep what people wrote and lose what hurts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqian.documents.rules import clean_name, download_headers, with_ending


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"), (r"C:\Users\王丽\计划.docx", "计划.docx"), ("a\x00b.pdf", "ab.pdf"),
        ("📊 数据 👩‍💼.xlsx", "📊 数据 👩‍💼.xlsx"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"), ("\u200f\u2066a\u2069.pdf", "a.pdf"), ("CON.txt", "_CON.txt"),
        ("nul", "_nul"),
        ("com1.pdf", "_com1.pdf"), ("a<b>:\"c|d?*.pdf", "a_b___c_d__.pdf"), ("...", "file"), ("", "file"),
        ("/", "file"), ("\u202e", "file"),
        (" . hidden . ", "hidden"), ("line\nbreak\t.txt", "line break.txt"), ("\ud800.txt", "txt"), ("é.txt", "é.txt"),
    ],
)  # fmt: skip
def test_names_are_cleaned(name: str, kept: str) -> None:
    assert clean_name(name) == kept


def test_long_names_keep_their_ending() -> None:
    assert clean_name("a" * 300 + ".docx") == "a" * 195 + ".docx"
    chinese = clean_name("调研" * 200 + ".xlsx")
    assert chinese.endswith(".xlsx")
    assert len(chinese.encode()) <= 240
    assert with_ending("a" * 200, ("pdf",)).endswith("a.pdf")


@given(st.text(max_size=400))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    kept = clean_name(name)
    assert kept
    assert len(kept) <= 200
    assert len(kept.encode()) <= 240
    assert not set(kept) & set('/\\<>:"|?*\x00\n\r\u202e\u202d\u2066')
    assert not kept.startswith(".")
    assert clean_name(kept) == kept


@given(st.text(max_size=100).map(clean_name))
def test_headers_say_one_thing_and_never_break(name: str) -> None:
    headers = download_headers(name, "application/pdf", 5)
    assert headers["Content-Disposition"].startswith("attachment; ")
    for value in headers.values():
        assert value.isascii()
        assert "\n" not in value
        assert "\r" not in value
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
