"""Amounts in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqian.forms.rules import capitals

DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"), ("128000", "壹拾贰万捌仟元整"), ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"), ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"), ("0.5", "伍角整"), ("0.05", "伍分"), ("100000005", "壹亿零伍元整"),
        ("100010000", "壹亿零壹万元整"), ("10000000000", "壹佰亿元整"), ("1000000000000", "壹万亿元整"),
        ("1000000000001", "壹万亿零壹元整"), ("10000001", "壹仟万零壹元整"), ("-5.01", "负伍元零壹分"),
        ("-0.001", "零元整"),
        ("0.995", "壹元整"),
    ],
)  # fmt: skip
def test_amounts_as_the_central_bank_writes_them(amount: str, words: str) -> None:
    assert capitals(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["1e16", "-1e16", "NaN", "Infinity"])
def test_what_has_no_words_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="16 digits"):
        capitals(Decimal(amount))


@given(st.decimals(min_value=0, max_value=Decimal("9999999999999999.99"), places=2))
def test_words_say_exactly_the_amount(amount: Decimal) -> None:
    assert _amount(capitals(amount)) == amount


def _amount(words: str) -> Decimal:
    """The amount that words say: the way back, written independently."""
    yuan, _, rest = words.removesuffix("整").rpartition("元") if "元" in words else ("", "", words.removesuffix("整"))
    total = group = digit = 0
    high = 0
    for sign in yuan:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in "拾佰仟":
            group += digit * {"拾": 10, "佰": 100, "仟": 1000}[sign]
            digit = 0
        elif sign == "万":
            total += (group + digit) * 10_000
            group = digit = 0
        else:
            # 亿 raises what stands before it since the last 亿: 壹万亿 is ten thousand of them.
            high += (total + group + digit) * 100_000_000
            total = group = digit = 0
    amount = Decimal(high + total + group + digit)
    for sign, unit in (("角", Decimal("0.1")), ("分", Decimal("0.01"))):
        if sign in rest:
            amount += DIGITS[rest[rest.index(sign) - 1]] * unit
    return amount
