"""The list of words: kept by administrators, asked when a step is handed in."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.claims.commands import load_phrases, save_phrase
from huiqian.claims.models import Phrase
from huiqian.claims.queries import matcher
from huiqian.claims.rules import PhraseCard
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.process.models import Instance
from huiqian.work.commands import start_case
from tests.loop import proposed
from tests.people import actor

pytestmark = pytest.mark.usefixtures("company")

CARD = PhraseCard("王者之选", "absolute", "warn", "《广告法》第九条", "写事实", "王者之选奖")


def request(**changes: Any) -> str:
    """孙洁 asks for a leaflet; its number."""
    return start_case(actor("key_account_director"), "SC-006", proposed("SC-006", "request", **changes)).number


def test_a_new_installation_has_the_list_and_is_given_it_once() -> None:
    assert Phrase.objects.filter(active=True, level="warn").count() > 200
    assert load_phrases(SYSTEM, Path(settings.HANDBOOK) / "claims.json") == 0


def test_administrators_keep_it_and_what_they_change_holds_at_once() -> None:
    for login in ("marketing_manager", "general_manager"):
        with pytest.raises(Forbidden):
            save_phrase(actor(login), CARD)
    saved = save_phrase(actor("admin"), CARD)
    assert [found.word.text for found in matcher().find("王者 之选，王者之选奖")] == ["王者之选"]
    with pytest.raises(Invalid):
        save_phrase(actor("admin"), PhraseCard("王 者之选", "absolute", "warn", "重复"))
    with pytest.raises(NotFound):
        save_phrase(actor("admin"), CARD, 0)
    off = PhraseCard(CARD.text, CARD.kind, CARD.level, CARD.why, active=False)
    save_phrase(actor("admin"), off, saved.pk)
    assert matcher().find("王者之选") == []
    told = [one.detail["active"] for one in Entry.objects.filter(kind="phrase_saved", detail__text="王者之选")]
    assert told == [True, False]


def test_words_stay_only_with_a_reason_and_the_journal_keeps_both() -> None:
    with pytest.raises(Invalid) as refused:
        request(content="全国 第一 的静音新风机，附实景照片。")
    assert list(refused.value.errors) == ["request_claims_reason"]
    assert not Instance.objects.exists()
    number = request(content="全国 第一 的静音新风机，附实景照片。", request_claims_reason="引用协会公布的排名。")
    [fact] = Entry.objects.filter(kind="claims_kept")
    assert fact.detail["reason"] == "引用协会公布的排名。"
    assert [one["found"] for one in fact.detail["findings"]] == ["全国 第一"]
    assert Instance.objects.get(number=number).data["request_claims_reason"] == "引用协会公布的排名。"
    assert list(verify()) == []


def test_what_an_administrator_refuses_is_refused() -> None:
    save_phrase(actor("admin"), PhraseCard(CARD.text, CARD.kind, "refuse", CARD.why))
    with pytest.raises(Invalid) as refused:
        request(content="静音新风机，王者之选。", request_claims_reason="就要")
    assert list(refused.value.errors) == ["content"]


def test_without_such_words_nothing_is_asked() -> None:
    request(content="面向学校后勤的静音新风机。")
    assert not Entry.objects.filter(kind="claims_kept").exists()
