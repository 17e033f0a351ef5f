"""Words: how wide, and where they break."""

from hypothesis import given
from hypothesis import strategies as st

from huiqian.diagram.text import ELLIPSIS, balanced, width_of, wrap

TEXTS = st.text(alphabet="编制市场调研策划书，。（）ABC abc xyz 0123-", max_size=60)


@given(TEXTS, st.integers(30, 200), st.integers(1, 4))
def test_lines_keep_to_width_and_number_and_lose_nothing_but_the_rest(text: str, width: int, lines: int) -> None:
    broken = wrap(text, 12, width, lines)
    assert len(broken) <= lines
    assert all(width_of(line, 12) <= width for line in broken)
    said, whole = "".join(broken).replace(" ", ""), text.replace(" ", "")
    if said.endswith(ELLIPSIS) and said != whole:
        assert whole.startswith(said[:-1])
    else:
        assert said == whole


@given(TEXTS, st.integers(30, 200))
def test_balanced_lines_say_the_same_in_as_many_lines(text: str, width: int) -> None:
    assert len(balanced(text, 12, width, 3)) == len(wrap(text, 12, width, 3))
    assert "".join(balanced(text, 12, width, 3)).replace(" ", "") == "".join(wrap(text, 12, width, 3)).replace(" ", "")


def test_a_line_does_not_begin_with_a_closing_mark() -> None:
    assert wrap("编制市场，审核", 12, 48, 3) == ("编制市", "场，审核")
    assert wrap("年度、月度、重大专项", 12, 60, 3) == ("年度、月", "度、重大专", "项")


def test_english_breaks_between_words() -> None:
    assert wrap("Approve the research budget", 12, 100, 2) == ("Approve the", "research budget")


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    assert wrap("编制市场调研策划书", 12, 60, 1) == ("编制市场…",)


def test_chinese_is_one_em_wide_and_latin_less() -> None:
    assert width_of("市场", 14) == 28
    assert 4 < width_of("a", 12) < 9


def test_two_lines_break_between_words_where_they_can() -> None:
    assert balanced("编制调研问卷与收集表", 13, 126) == ("编制调研问卷", "与收集表")
    assert balanced("是否须总经理审核？", 12, 96) == ("是否须", "总经理审核？")
    assert balanced("年度、月度、重大专项", 12, 112) == ("年度、月度、", "重大专项")
    assert balanced("Approve the research budget", 13, 126) == ("Approve the", "research budget")
    assert balanced("SC-001 市场调研策划流程", 13, 126) == ("SC-001", "市场调研策划流程")
    assert balanced("按紧急程度定时限", 12.5, 90) == ("按紧急程度", "定时限")
