"""Amounts in words (大写金额), as the rules of China's central bank for payment documents have them."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
LIMIT = Decimal(10) ** 16


def capitals(amount: Decimal) -> str:
    """An amount in yuan in words: 128000 → 壹拾贰万捌仟元整. Rounded to the fen; ValueError from 10^16 on."""
    if not amount.is_finite() or abs(amount) >= LIMIT:
        raise ValueError("an amount in words has at most 16 digits before the point")
    fen = int((abs(amount) * 100).to_integral_value(ROUND_HALF_UP))
    yuan, cents = divmod(fen, 100)
    sign = "负" if amount < 0 and fen else ""
    return sign + _yuan(yuan, cents) + _cents(yuan, cents)


def _yuan(yuan: int, cents: int) -> str:
    if not yuan:
        return "" if cents else "零元"
    words, gap = "", False
    for place in range(3, -1, -1):
        group = yuan // 10_000**place % 10_000
        if not group:
            gap = gap or bool(words)
            continue
        if words and (gap or group < 1000):
            words += "零"
        words += _group(group) + GROUPS[place]
        gap = False
    return words + "元"


def _group(group: int) -> str:
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if not digit:
            gap = gap or bool(words)
            continue
        words += ("零" if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return words


def _cents(yuan: int, cents: int) -> str:
    jiao, fen = divmod(cents, 10)
    if not cents:
        return "整"
    # Between yuan and fen a missing jiao is said; before the first digit nothing is.
    tenths = f"{DIGITS[jiao]}角" if jiao else ("零" if yuan else "")
    return tenths + (f"{DIGITS[fen]}分" if fen else "整")
