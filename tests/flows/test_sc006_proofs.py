"""SC-006: the proofing page, its forms and its later pages, as a browser asks for them."""

import io
from uuid import uuid4

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.test import Client

from huiqian.base.actors import SYSTEM
from huiqian.documents.commands import ask_for_page, keep_page, keep_preview
from huiqian.documents.models import File, Page
from huiqian.documents.previewing import draw
from huiqian.documents.queries import contents
from huiqian.org.models import Person
from huiqian.proofing.models import Pin
from huiqian.proofing.tests.scene import DESIGNER, LOOKING, OTHER, file_of, hand_in, in_review, pin, say, upload
from tests.api.program import Program
from tests.people import actor, answer

pytestmark = pytest.mark.usefixtures("company")


def client_of(login: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def leaflet(pages: int) -> bytes:
    """A PDF of so many pages, each wider than the one before."""
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for number in range(pages):
        document.new_page(400 + 100 * number, 400)
    document.save(out)
    return out.getvalue()


def drawn(file: object) -> File:
    """The file with its preview drawn, as a worker does it."""
    found = File.objects.get(pk=str(file))
    keep_preview(SYSTEM, found.blob_id, draw(contents(found.blob_id), found.type))
    return found


def test_the_page_takes_a_pin_refuses_one_without_words_and_offers_the_answers() -> None:
    number = in_review()
    drawn(file_of(number))
    address, browser = f"/cases/{number}/proofs/{file_of(number)}", client_of(LOOKING)
    key = str(uuid4())
    refused = browser.post(address, {"left": "30", "top": "40", "text": " ", "key": key})
    assert refused.status_code == 422
    assert 'value="30"' in refused.content.decode()
    for _time in range(2):
        browser.post(address, {"left": "30", "top": "40", "text": "换新版标识 <b>", "key": key})
    [one] = Pin.objects.all()
    shown = browser.get(address).content.decode()
    assert "换新版标识 &lt;b&gt;" in shown
    assert 'x="30.00%"' in shown
    assert 'value="confirmed"' in shown
    assert 'value="settled"' not in shown
    assert 'value="settled"' in client_of(DESIGNER).get(address).content.decode()
    answered = browser.post(f"/pins/{one.pk}/answers", {"kind": "confirmed", "next": "//elsewhere.example", "key": key})
    assert answered["Location"] == f"{address}#pin-1"
    assert client_of("finance_manager").get(address).status_code == 404


def test_two_versions_are_laid_side_by_side_and_one_over_the_other() -> None:
    number = in_review()
    old = file_of(number)
    for login in ("product_marketing_director", "key_account_director", OTHER, LOOKING):
        answer(number, login, "refuse", "请修改")
    hand_in(number, upload("第二稿.png"), handling="已改")
    drawn(old)
    address = f"/cases/{number}/proofs/{file_of(number)}"
    browser = client_of(LOOKING)
    for mode, mark in (("side", "proof-sides"), ("over", "proof-over")):
        page = browser.get(address, {"with": "1", "mode": mode}).content.decode()
        assert f'class="{mark}"' in page
        assert str(old) in page
    assert browser.get(address, {"with": "7"}).status_code == 200


def test_a_pdf_s_later_pages_are_drawn_when_somebody_looks() -> None:
    number = in_review(upload("彩页.pdf", leaflet(3)))
    file = drawn(file_of(number))
    address, browser = f"/cases/{number}/proofs/{file.pk}", client_of(LOOKING)
    assert "hx-trigger" in browser.get(address, {"page": "2"}).content.decode()
    assert browser.get(address, {"page": "4"}).status_code == 404
    assert ask_for_page(actor(LOOKING), file.pk, 2) == "waiting"
    picture = draw(contents(file.blob_id), file.type, page=2)
    assert picture is not None
    assert (picture.wide, picture.pages) == (500, 3)
    keep_page(SYSTEM, file.blob_id, 2, picture)
    keep_page(SYSTEM, file.blob_id, 2, picture)
    assert Page.objects.count() == 1
    assert f"/files/{file.pk}/preview?size=large&amp;page=2" in browser.get(address, {"page": "2"}).content.decode()
    seen = browser.get(f"/files/{file.pk}/preview", {"size": "large", "page": "2"})
    assert seen.content == picture.large
    assert browser.get(f"/files/{file.pk}/preview", {"page": "3"}).status_code == 404
    assert pin(number, page="3").page == 3


def test_programs_read_pins_and_what_was_signed() -> None:
    number = in_review()
    one = pin(number)
    say(one, DESIGNER, "settled", "已换")
    for login in ("product_marketing_director", "key_account_director", OTHER, LOOKING):
        answer(number, login, "approve")
    program = Program(LOOKING)
    [told] = program.get(f"/cases/{number}/pins").json()
    assert (told["left"], told["state"], told["sha256"]) == ("25.00", "settled", one.sha256)
    assert [(remark["kind"], remark["text"]) for remark in told["remarks"]] == [("settled", "已换")]
    signed = program.get(f"/documents/{number}-02").json()["signatures"]
    assert [one.sha256] in [one["files"] for one in signed if one["outcome"] == "approve"]
    printed = client_of(LOOKING).get(f"/documents/{number}-02/pdf")
    assert printed.status_code == 200
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed.content))
    assert "图不清楚" in words
    assert "SHA-256" in words
