"""Saying something about a case, at any time, by whoever may read it."""

import pytest

from huiqian.base.errors import Invalid, NotFound
from huiqian.journal.models import Entry
from huiqian.work.commands import comment_on_case
from huiqian.work.models import Comment
from tests.people import actor, start

pytestmark = pytest.mark.usefixtures("company")


def test_it_is_kept_and_told() -> None:
    number = start()
    comment_on_case(actor("product_marketing_director"), number, "  样本量是否足够？\n请说明。 ")
    said = Comment.objects.get()
    assert said.text == "样本量是否足够？\n请说明。"
    assert said.author_id == actor("product_marketing_director").id
    assert Entry.objects.get(kind="case_commented").detail["comment"] == said.pk


@pytest.mark.parametrize("text", ["", "  \n ", "字" * 5001])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    number = start()
    with pytest.raises(Invalid):
        comment_on_case(actor("marketing_manager"), number, text)
    assert not Comment.objects.exists()


def test_a_stranger_does_not_learn_that_the_case_exists() -> None:
    number = start()
    with pytest.raises(NotFound):
        comment_on_case(actor("purchasing_officer"), number, "你好")
