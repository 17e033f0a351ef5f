"""The list's pages, the warning beside a text while it is written, and what an approver checks."""

import pytest
from django.test import Client

from huiqian.claims.models import Phrase
from huiqian.org.models import Person
from huiqian.process.models import Instance
from huiqian.proofing.tests.scene import in_review
from huiqian.work.commands import start_case
from tests.loop import proposed
from tests.people import actor, answer

pytestmark = pytest.mark.usefixtures("company")


def client_of(login: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_administrators_find_and_change_words() -> None:
    browser = client_of("admin")
    assert "最佳" in browser.get("/claims", {"search": "最 佳"}).content.decode()
    assert "最佳" not in browser.get("/claims", {"kind": "price"}).content.decode()
    typed = {"text": "王者之选", "kind": "absolute", "level": "refuse", "why": "第九条", "active": "1"}
    assert browser.post("/claims/new", typed | {"why": ""}).status_code == 422
    assert browser.post("/claims/new", typed).status_code == 303
    word = Phrase.objects.get(text="王者之选")
    assert browser.post(f"/claims/{word.pk}", typed | {"active": ""}).status_code == 303
    assert "王者之选" in browser.get("/claims", {"state": "off"}).content.decode()


def test_while_it_is_written_the_word_is_marked_and_the_reason_asked_for() -> None:
    browser = client_of("key_account_director")
    typed = {"topic": "彩页", "content": "国 家 级静音", "request_claims_reason": ""}
    page = browser.post("/processes/SC-006/start/progress", typed).content.decode()
    assert "<mark>国 家 级</mark>" in page
    assert 'id="field-request_claims_reason" data-path="request_claims_reason">' in page
    plain = browser.post("/processes/SC-006/start/progress", typed | {"content": "静音"}).content.decode()
    assert "<mark>" not in plain
    assert 'data-path="request_claims_reason" hidden' in plain


def test_whoever_approves_reads_what_was_found_and_the_reason() -> None:
    said = {"content": "国家级静音新风机", "request_claims_reason": "引自证书。"}
    number = start_case(actor("key_account_director"), "SC-006", proposed("SC-006", "request", **said)).number
    page = client_of("product_marketing_director").get(f"/cases/{number}").content.decode()
    assert "<mark>国家级</mark>" in page
    assert page.count("引自证书。") >= 2
    answer(number, "product_marketing_director", "submit", values={"design_by": "2099-02-15"})
    assert Instance.objects.get(number=number).status == "running"
    assert "<mark>" not in client_of("technical_director").get(f"/cases/{in_review()}").content.decode()
