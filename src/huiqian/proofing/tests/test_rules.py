"""Where a pin may stand, and on which version's file it shows."""

from decimal import Decimal

import pytest

from huiqian.base.errors import Invalid
from huiqian.forms.rules import FormRefused, read_form
from huiqian.proofing.rules import PinCard, Sheet, check_pin, check_remark, proof_files, shown_on


def test_a_position_is_a_share_of_the_page() -> None:
    spot = check_pin(PinCard(" 2 ", "12.34", "100", " 换成实景。\r\n谢谢 "), pages=3)
    assert (spot.page, spot.x, spot.y, spot.text) == (2, Decimal("0.1234"), Decimal(1), "换成实景。\n谢谢")


@pytest.mark.parametrize(
    ("page", "left", "top", "text", "wrong"),
    [
        ("4", "1", "1", "改", {"page"}), ("0", "1", "1", "改", {"page"}), ("-1", "1", "1", "改", {"page"}),
        ("1", "100.1", "-1", "改", {"left", "top"}), ("1", "NaN", "Infinity", "改", {"left", "top"}),
        ("1", "", "左", "改", {"left", "top"}), ("1", "1", "1", " \x00 ", {"text"}),
        ("1", "1", "1", "字" * 2001, {"text"}), ("9" * 30, "1e9999999", "1", "改", {"page", "left"}),
    ],
)  # fmt: skip
def test_what_is_not_on_the_page_is_refused(page: str, left: str, top: str, text: str, wrong: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        check_pin(PinCard(page, left, top, text), pages=3)
    assert set(refused.value.errors) == wrong


@pytest.mark.parametrize("kind", ["reply", "reopened"])
def test_a_reply_and_opening_again_need_words(kind: str) -> None:
    with pytest.raises(Invalid):
        check_remark(kind, "  ")
    assert check_remark(kind, " 还是旧标识 ") == "还是旧标识"
    assert check_remark("settled", "") == ""


def test_there_is_no_other_answer() -> None:
    with pytest.raises(Invalid):
        check_remark("open", "")


def test_a_pin_follows_its_content_and_else_the_place() -> None:
    first = [Sheet(0, "a"), Sheet(1, "b")]
    assert [shown_on(1, 0, "a", sheet, 1, first) for sheet in first] == [True, False]
    # The new version's files stand in another order, and one of them is new.
    second = [Sheet(0, "b"), Sheet(1, "c")]
    assert [shown_on(1, 1, "b", sheet, 2, second) for sheet in second] == [True, False]
    assert [shown_on(1, 0, "a", sheet, 2, second) for sheet in second] == [True, False]
    # What was said of the second version was not said of the first.
    assert not any(shown_on(2, 0, "a", sheet, 1, first) for sheet in first)


def _form(kind: str) -> object:
    fields = [{"name": "art", "type": kind, "proof": True, "label": {"zh": "稿件"}},
              {"name": "more", "type": "files", "label": {"zh": "附件"}}]  # fmt: skip
    return {"key": "art", "name": {"zh": "稿"}, "sections": [{"fields": fields}]}


def test_the_form_says_which_files_are_proofed() -> None:
    form = read_form(_form("files"))
    assert proof_files(form, {"art": ["x", "y", "x"], "more": ["z"]}) == ("x", "y")
    assert proof_files(form, {"art": None}) == ()
    with pytest.raises(FormRefused):
        read_form(_form("text"))
