"""How wide words are and where they break: estimates good enough to place labels without a font at hand."""

import unicodedata
from functools import lru_cache

# A line must not begin with these (GB/T 15834 and English usage).
CLOSING = frozenset("，。、；：？！）》」』】〉”’,.;:?!)]}%…")
# Lines of a Chinese name break best before the first and after the second, and not within the words of the trade.
JOINING, PARTING = frozenset("与和并及或（"), frozenset("、，的")
WORDS = (
    "总经理 经理 总监 客户 市场 产品 销售 财务 调研 推广 策划 计划 方案 预算 费用 问卷 收集 信息 "
    "报告 指导书 任务 意见 审核 审批 批准 培训 反馈 生产 存档 编制 编写 分析 汇总 重大 专项 年度 "
    "月度 月份 重新 移交 组织 实施 执行 接受 需要 紧急程度 时限"
)
WHOLE = tuple(WORDS.split())
NARROW = frozenset("iIljtfr.,:;'|!()[] ")
ELLIPSIS = "…"


@lru_cache(maxsize=8192)
def em_width(character: str) -> float:
    """The width of one character in em: 1 for Chinese, less for Latin letters."""
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in NARROW:
        return 0.33
    if character == "-":
        return 0.46
    if character.isdigit():
        return 0.62
    return 0.88 if character in "mwMW@%" else 0.68 if character.isupper() else 0.56


def width_of(text: str, size: float) -> float:
    """The width of a line in px at a font size in px."""
    return sum(map(em_width, text)) * size


def wrap(text: str, size: float, width: float, lines: int = 2) -> tuple[str, ...]:
    """Break a name into at most `lines` lines of `width` px; what does not fit is cut with an ellipsis."""
    words = _pieces(" ".join(text.split()), size, width)
    broken: list[str] = []
    for place, word in enumerate(words):
        line = broken[-1] + word if broken else word
        if broken and width_of(line.rstrip(), size) <= width:
            broken[-1] = line
        elif len(broken) == lines:
            return (*(line.rstrip() for line in broken[:-1]), _cut(broken[-1] + "".join(words[place:]), size, width))
        else:
            broken.append(word.lstrip() or word)
    return tuple(line.rstrip() for line in broken)


def balanced(text: str, size: float, width: float, lines: int = 2) -> tuple[str, ...]:
    """Like wrap, with lines of about the same length and, where there are two, broken where the words allow it best."""
    broken = wrap(text, size, width, lines)
    if len(broken) == 2 and not broken[-1].endswith(ELLIPSIS):
        return _best_break(" ".join(text.split()), size, width) or broken
    while len(broken) > 1 and not broken[-1].endswith(ELLIPSIS):
        width -= size / 2
        narrower = wrap(text, size, width, lines)
        if len(narrower) > len(broken) or narrower[-1].endswith(ELLIPSIS) or _splits_a_word(text, narrower):
            break
        broken = narrower
    return broken


def _best_break(text: str, size: float, width: float) -> tuple[str, str] | None:
    """The break into two lines that tears no word and leaves them most alike."""
    pieces = _pieces(text, size, width)
    found: list[tuple[float, int, str, str]] = []
    for place in range(1, len(pieces)):
        first, second = "".join(pieces[:place]).rstrip(), "".join(pieces[place:]).lstrip()
        one, other = width_of(first, size), width_of(second, size)
        if first and second and max(one, other) <= width:
            found.append((abs(one - other) / size + _tear(text, len("".join(pieces[:place]))), place, first, second))
    return min(found)[2:] if found else None


def _tear(text: str, place: int) -> float:
    """What breaking a text at a place is worth in em of unevenness: good before a conjunction, bad within a word."""
    if text[place - 1] == " " and em_width(text[place]) == 1:
        return -5.0  # between a code and its Chinese name
    price = -3.0 if text[place : place + 1] in JOINING or text[place - 1] in PARTING else 0.0
    for word in WHOLE:
        at = text.rfind(word, max(0, place - len(word) + 1), place + len(word) - 1)
        if at >= 0 and at < place < at + len(word):
            price += 2.5
    return price


def _splits_a_word(text: str, lines: tuple[str, ...]) -> bool:
    words = set(text.split())
    return any(part not in words for line in lines for part in line.split() if part.isascii())


def _pieces(text: str, size: float, width: float) -> list[str]:
    """The parts between which a line may break: Chinese characters (closing marks kept with them), Latin words."""
    pieces: list[str] = []
    for character in text:
        together = pieces and (character in CLOSING or (_latin(character) and _latin(pieces[-1][-1])))
        if together and width_of(pieces[-1] + character, size) <= width:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _latin(character: str) -> bool:
    return character != " " and em_width(character) < 1


def _cut(text: str, size: float, width: float) -> str:
    while text and width_of(text + ELLIPSIS, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
