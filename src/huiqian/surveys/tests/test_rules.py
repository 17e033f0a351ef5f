"""Questionnaires as rules: what is asked, what an answer is kept as, what is refused, what came of it."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from huiqian.surveys.rules import (
    check_answers,
    check_template,
    editing,
    problems,
    question_problems,
    raw_from,
    read_questionnaire,
    tally,
    to_json,
)
from huiqian.surveys.tests.samples import QUESTIONS, WHOLE

ASKED = read_questionnaire(QUESTIONS)


def test_a_questionnaire_is_read_and_written_without_loss() -> None:
    again = read_questionnaire(to_json(ASKED))
    assert again == ASKED
    assert to_json(again) == to_json(ASKED)
    assert [ASKED.numbers[name] for name in ("use", "photo")] == [1, 8]
    assert problems(ASKED) == {}
    check_template(QUESTIONS)


def test_what_is_not_asked_is_dropped_and_not_required() -> None:
    checked = check_answers(ASKED, {**WHOLE, "use": "no"})
    assert checked.errors == {}
    assert checked.values == {"use": "no", "points": {"noise": "good", "price": "bad"}}
    assert checked.asked == ("use", "points", "area", "bought", "photo")


def test_a_condition_about_what_is_not_asked_does_not_hold() -> None:
    checked = check_answers(ASKED, {"use": "no", "score": "1"})
    assert "why" not in checked.asked
    assert set(check_answers(ASKED, {"use": "yes", "score": "1"}).errors) == {"why"}
    assert check_answers(ASKED, {"use": "yes", "score": "3"}).errors == {}


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        ("use", "perhaps"), ("use", ["yes", "no"][0:0] or {"x": 1}), ("brands", ["a", "z"]), ("brands", {"a": 1}),
        ("score", "6"), ("score", "0"), ("score", "1.5"), ("score", "٣"), ("score", True), ("points", {"noise": "x"}),
        ("points", {"other": "good"}), ("points", "good"), ("area", "abc"), ("area", "0"), ("area", "1001"),
        ("area", "1e9"), ("bought", "2026-02-30"), ("bought", "yesterday"), ("photo", ["../etc/passwd"]),
        ("why", "x" * 3001),
    ],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_refused_at_its_question(question: str, raw: Any) -> None:
    given = {**WHOLE, **({"score": "1", "why": "吵"} if question == "why" else {}), question: raw}
    assert list(check_answers(ASKED, given).errors) == [question]


def test_answers_are_kept_in_one_form_however_they_were_typed() -> None:
    typed = {"use": ["yes"], "brands": ["c", "a"], "score": "4", "area": "１,０００", "bought": "2026年3月1日"}
    checked = check_answers(ASKED, typed)
    assert checked.errors == {}
    assert checked.values == {"use": "yes", "brands": ["a", "c"], "score": 4, "area": "1000", "bought": "2026-03-01"}


def test_a_required_matrix_wants_every_line() -> None:
    asked = read_questionnaire(
        {"pages": [{"questions": [{**to_json(ASKED)["pages"][1]["questions"][0], "required": True}]}]}
    )
    assert "points" in check_answers(asked, {"points": {"noise": "good"}}).errors
    assert check_answers(asked, {"points": {"noise": "good", "price": "good"}}).errors == {}


def test_what_a_page_posts_is_gathered_by_question() -> None:
    posted = {"use": ["yes"], "brands": ["a", "b"], "points.noise": ["bad"], "points.price": [""], "stranger": ["1"]}
    assert raw_from(ASKED, posted) == {"use": "yes", "brands": ["a", "b"], "points": {"noise": "bad"}}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"label": {"zh": ""}}, "label"), ({"options": [{"code": "a", "zh": "一"}]}, "options"),
        ({"options": [{"code": "a", "zh": "一"}, {"code": "b", "zh": "一"}]}, "options"),
        ({"show_if": {"question": "score", "op": "is", "value": "1"}}, "show_if"),
        ({"show_if": {"question": "use", "op": "contains", "value": "yes"}}, "show_if"),
        ({"show_if": {"question": "use", "op": "is", "value": "gone"}}, "show_if"),
    ],
)  # fmt: skip
def test_what_is_not_finished_is_told_at_its_field(change: dict[str, Any], field: str) -> None:
    said = {**to_json(ASKED)["pages"][0]["questions"][1], **change}
    one = next(iter(read_questionnaire({"pages": [{"questions": [said]}]})))
    assert list(question_problems(one, [ASKED.by_name["use"]])) == [field]


def test_a_questionnaire_without_questions_cannot_be_asked() -> None:
    assert list(problems(read_questionnaire({"pages": []}))) == [""]
    with pytest.raises(ValueError, match="is there twice"):
        read_questionnaire({"pages": [{"questions": [{"name": "a", "kind": "text"}] * 2}]})
    with pytest.raises(ValueError, match="no kind of question"):
        read_questionnaire({"pages": [{"questions": [{"name": "a", "kind": "dance"}]}]})
    with pytest.raises(ValueError, match="label"):
        check_template({"pages": [{"questions": [{"name": "a", "kind": "text"}]}]})


def test_moving_goes_over_the_edge_of_a_page() -> None:
    def order(asked: Any) -> list[list[str]]:
        return [[one.name for one in page.questions] for page in asked.pages]

    assert order(editing.moved(ASKED, "brands", -1))[0] == ["brands", "use", "score"]
    assert order(editing.moved(ASKED, "score", 1)) == [["use", "brands"], ["score", *order(ASKED)[1]]]
    assert order(editing.moved(ASKED, "points", -1))[0] == ["use", "brands", "score", "points"]
    assert editing.moved(ASKED, "use", -1) == ASKED
    assert editing.moved(ASKED, "photo", 1) == ASKED
    one_page = editing.without_page(ASKED, 1)
    assert order(one_page) == [[one.name for one in ASKED]]
    assert editing.without_page(one_page, 0) == one_page
    assert order(editing.without_page(ASKED, 0)) == order(one_page)
    assert order(editing.copied(ASKED, "use"))[0] == ["use", "q1", "brands", "score"]


def test_an_option_keeps_its_code_when_its_words_change_or_move() -> None:
    before = ASKED.by_name["brands"].options

    def codes(lines: list[str]) -> list[str]:
        return [one.code for one in editing.options_from(lines, before)]

    assert codes(["清风", "和风", "其他"]) == ["a", "b", "c"]
    assert codes(["其他", "清风", "和风"]) == ["c", "a", "b"]
    assert codes(["清风", "和风（上海）", "其他"]) == ["a", "b", "c"]
    assert codes(["清风", "新的", "和风", "其他"]) == ["a", "o1", "b", "c"]
    assert codes(["", "清风 | Breeze", "  "]) == ["a"]


def test_results_count_and_say_it_in_a_sentence() -> None:
    whole = {"use": "yes", "brands": ["a"], "points": {"noise": "good"}}
    given = [
        {"score": "5", "area": "80"},
        {"score": "5", "area": "120"},
        {"score": "1", "area": "100", "why": "太吵\n真的"},
    ]
    answers = [
        (n, check_answers(ASKED, {**whole, **one}).values) for n, one in enumerate([*given, {"score": "4"}], start=1)
    ]
    found = {one.question.name: one for one in tally(ASKED, answers)}
    assert [(bar.code, bar.count, bar.share) for bar in found["use"].bars] == [
        ("yes", 4, Decimal("100.0")), ("no", 0, Decimal("0.0")),
    ]  # fmt: skip
    assert (found["score"].mean, found["area"].mean, found["area"].middle) == (Decimal("3.75"), Decimal("100.00"), 100)
    assert [(line.label, line.answered) for line in found["points"].lines] == [("噪声", 4), ("价格", 0)]
    assert found["why"].texts == ((3, "太吵\n真的"),)
    with override("zh-hans"):
        assert found["score"].summary == "1 分 1（25%），4 分 1（25%），5 分 2（50%）；平均 3.75"
        assert found["area"].summary == "平均 100；80 至 120"
        assert found["why"].summary == "1 条回答：太吵 真的"
        assert found["photo"].summary == "无人作答"
        assert found["points"].summary.startswith("噪声：好 4（100%）")


def test_many_numbers_are_told_in_ranges_that_hold_each_once() -> None:
    answers = [(n, {"area": str(n)}) for n in range(1, 101)]
    bars = next(one for one in tally(ASKED, answers) if one.question.name == "area").bars
    assert len(bars) == 8
    assert sum(bar.count for bar in bars) == 100
