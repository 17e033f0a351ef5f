"""Words are found whatever their width, case and spacing, and left alone where they are all right."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from huiqian.base.errors import Invalid
from huiqian.claims.models import Phrase
from huiqian.claims.rules import Matcher, PhraseCard, Word, check_claims, check_phrase, findings_of, normal
from huiqian.forms.rules import Form, read_form


def word(text: str, number: int = 1, level: str = "warn", *exceptions: str) -> Word:
    return Word(number, text, "absolute", level, "《广告法》第九条", "", exceptions)


@pytest.mark.parametrize(
    "text",
    ["国家级", "国 家 级", "国家\u200b级", "国·家-级", "国家\n级", "“国家”级", "我们是国家级工程"],
)  # fmt: skip
def test_spacing_makes_no_difference(text: str) -> None:
    [found] = Matcher([word("国家级")]).find(text)
    assert found.found == text[text.index("国") : text.index("级") + 1]


@pytest.mark.parametrize("text", ["NO.1", "no1", "ＮＯ．１", "Ｎo. １", "No·1"])
def test_width_and_case_make_no_difference(text: str) -> None:
    assert [found.found for found in Matcher([word("No.1")]).find(f"行业{text}！")] == [text]


def test_the_longest_word_is_found_and_none_twice() -> None:
    matcher = Matcher([word("最先进", 1), word("最先进科学", 2), word("先进", 3)])
    assert [found.word.id for found in matcher.find("最先进科学，最先进，先进")] == [2, 1, 3]


def test_exceptions_leave_a_word_alone_there_only() -> None:
    matcher = Matcher([word("最大", 1, "warn", "最大风量", "标称最大值")])
    assert matcher.find("最大风量 350；标称 最 大值") == []
    assert [found.start for found in matcher.find("最大风量，最大的厂")] == [5]


def test_what_is_found_is_shown_with_what_stands_around_it() -> None:
    text = "甲" * 20 + "最佳" + "乙" * 20
    [found] = Matcher([word("最佳")]).find(text)
    assert (found.before, found.found, found.after) == ("…" + "甲" * 12, "最佳", "乙" * 12 + "…")
    assert text[found.start : found.end] == "最佳"


def test_odd_texts_are_walked_through() -> None:
    matcher = Matcher([word("最佳"), word("ss", 2)])
    assert matcher.find("") == []
    assert matcher.find("最") == []
    assert [found.found for found in matcher.find("Straße ﷺ 最 佳")] == ["ß", "最 佳"]


FORM = {
    "key": "ad", "name": {"zh": "广告"},
    "sections": [{"fields": [
        {"name": "slogan", "type": "text", "claims": "claims_reason", "label": {"zh": "广告语"}},
        {"name": "notes", "type": "text", "label": {"zh": "内部说明"}},
        {"name": "claims_reason", "type": "long_text", "label": {"zh": "用语说明"}},
    ]}],
}  # fmt: skip


def form() -> Form:
    return read_form(FORM)


def test_only_marked_fields_are_checked_and_a_reason_lets_words_stay() -> None:
    matcher = Matcher([word("最佳")])
    assert list(findings_of(form(), {"slogan": "最佳", "notes": "最佳"}, matcher)) == ["slogan"]
    with pytest.raises(Invalid) as refused:
        check_claims(form(), {"slogan": "最佳", "claims_reason": " "}, matcher)
    assert list(refused.value.errors) == ["claims_reason"]
    assert list(check_claims(form(), {"slogan": "最佳", "claims_reason": "奖项名称"}, matcher)) == ["slogan"]
    assert check_claims(form(), {"slogan": "静音", "notes": "最佳"}, matcher) == {}


def test_a_refused_word_stays_out_whatever_the_reason() -> None:
    with pytest.raises(Invalid) as refused:
        check_claims(form(), {"slogan": "国旗", "claims_reason": "好看"}, Matcher([word("国旗", 1, "refuse")]))
    assert list(refused.value.errors) == ["slogan"]


@pytest.mark.parametrize(
    ("card", "wrong"),
    [
        (PhraseCard("最", "absolute", "warn", "第九条"), "text"),
        (PhraseCard(" · ", "absolute", "warn", "第九条"), "text"),
        (PhraseCard("最佳", "nonsense", "warn", "第九条"), "kind"),
        (PhraseCard("最佳", "absolute", "stop", "第九条"), "level"),
        (PhraseCard("最佳", "absolute", "warn", ""), "why"),
        (PhraseCard("最佳", "absolute", "warn", "第九条", exceptions="最好的"), "exceptions"),
    ],
)  # fmt: skip
def test_a_word_that_says_too_little_is_refused(card: PhraseCard, wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_phrase(card, Phrase.Kind.values)
    assert list(refused.value.errors) == [wrong]


def test_the_list_we_ship_has_each_word_once_and_says_why() -> None:
    groups = json.loads((Path(settings.HANDBOOK) / "claims.json").read_text(encoding="utf-8"))
    words = [normal(text) for group in groups for text in group["words"]]
    assert len(words) == len(set(words)) > 200
    for group in groups:
        for text in group["words"]:
            check_phrase(PhraseCard(text, group["kind"], "warn", group["why"], group["suggestion"]), Phrase.Kind.values)
