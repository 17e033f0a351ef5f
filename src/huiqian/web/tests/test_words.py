"""How pages write money, moments and deadlines, and what they read from a request."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.utils import translation

from huiqian.base import clock
from huiqian.base.errors import Invalid
from huiqian.org.rules import span_words
from huiqian.web.requests import day_from, day_or_none, safe_next
from huiqian.web.templatetags.huiqian import (
    amounts,
    deadline_of,
    filesize_short,
    moment,
    money,
    span_text,
    upto99,
)

NOON = datetime(2026, 9, 14, 4, 0, tzinfo=UTC)  # noon in Shanghai, a Monday


@pytest.mark.parametrize(
    ("amount", "text"),
    [(Decimal("1234"), "1,234.00"), ("128000.5", "128,000.50"), (0, "0.00"), (None, ""), ("-7", "−7.00"), ("x", "x")],
)
def test_money_has_thousands_and_two_places(amount: object, text: str) -> None:
    assert money(amount) == text


def test_moments_are_short_and_in_the_company_s_zone() -> None:
    with clock.moved_to(NOON), translation.override("zh-hans"):
        assert moment(NOON - timedelta(hours=3)) == "今天 09:00"
        assert moment(NOON - timedelta(hours=13)) == "昨天 23:00"
        assert moment(NOON - timedelta(days=2)) == "09-12 12:00"
        assert moment(NOON - timedelta(days=400)) == "2025-08-10 12:00"
        assert moment(None) == ""


@pytest.mark.parametrize(
    ("due", "tone", "text"),
    [
        (timedelta(hours=-26), "red", "超时 1 天 2 小时"),
        (timedelta(hours=3), "amber", "剩 3 小时"),
        (timedelta(minutes=25), "amber", "剩 25 分钟"),
        (timedelta(days=2, hours=1), "", "剩 2 天 1 小时"),
        (timedelta(days=5, hours=1), "", "剩 5 天"),
    ],
)
def test_a_deadline_says_how_it_stands(due: timedelta, tone: str, text: str) -> None:
    with translation.override("zh-hans"):
        found = deadline_of(NOON + due, NOON)
        assert found is not None
        assert (found.tone, found.text) == (tone, text)


def test_english_counts_in_plural() -> None:
    with translation.override("en"):
        assert span_text(timedelta(days=1, hours=2)) == "1 day 2 hours"
        assert span_words("P2D") == "2 working days"
        assert span_words("PT4H") == "4 working hours"


def test_sizes_and_bounded_counts() -> None:
    assert [filesize_short(size) for size in (12, 86_000, 2_200_000)] == ["12 B", "84 KB", "2.1 MB"]
    assert (upto99(99), upto99(100)) == ("99", "99+")


@pytest.mark.parametrize("text", ["2026-09-12", "2026/9/12", "20260912", " 2026.09.12 ", "2026年9月12日"])
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert day_from(text, "since") == date(2026, 9, 12)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-01", "2026-02-30"])
def test_a_date_that_is_none_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        day_from(text, "since")
    assert list(refused.value.errors) == ["since"]
    assert day_or_none("  ", "until") is None


@pytest.mark.parametrize(
    ("address", "goes"),
    [
        ("/tasks?tab=done", "/tasks?tab=done"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_sent_to_a_stranger_s_page(address: str, goes: str) -> None:
    assert safe_next(RequestFactory().get("/"), address, "/") == goes


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("预算 28800.00 元", "预算 <b>28,800.00</b> 元"),
        ("目标 -1200.50，上月 900.00", "目标 <b>−1,200.50</b>，上月 <b>900.00</b>"),
        ("2026.12.01 起 1.25.00 版，单价 48", "2026.12.01 起 1.25.00 版，单价 48"),
        ("SC-001.00 <b>5.00</b>", "SC-001.00 &lt;b&gt;<b>5.00</b>&lt;/b&gt;"),
        ("", ""),
    ],
)
def test_amounts_within_a_sentence(said: str, shown: str) -> None:
    assert amounts(said) == shown
