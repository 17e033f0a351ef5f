"""Pins: set, answered, settled, confirmed; who may; what agreeing asks of them."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from huiqian.base.errors import Forbidden, Invalid, NotFound, Stale
from huiqian.documents.models import Signature
from huiqian.documents.queries import document_view
from huiqian.documents.tests.samples import picture
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.process.models import Instance
from huiqian.proofing.access import ProofClosed
from huiqian.proofing.commands import answer_pin, set_pin
from huiqian.proofing.models import Pin, Remark
from huiqian.proofing.queries import pins_of_case, printed_pins, proof_view, proofs_of_case
from huiqian.proofing.rules import PinCard
from huiqian.proofing.tests.scene import DESIGNER, LOOKING, OTHER, file_of, hand_in, in_review, pin, say, upload
from tests.people import actor, answer, asked

company = pytest.mark.usefixtures("company")
MANAGERS = ("product_marketing_director", "key_account_director", "project_director", "technical_director")


@company
def test_a_pin_is_numbered_bound_to_the_content_and_in_the_journal() -> None:
    number = in_review()
    first, second = pin(number), pin(number, OTHER, "换新版标识")
    assert (first.number, second.number, first.version, first.state) == (1, 2, 1, "open")
    assert first.sha256 == proof_view(actor(LOOKING), number, first.file).file.checksum
    fact = Entry.objects.filter(kind="pin_set").earliest("pk")
    assert (fact.detail["pin"], fact.detail["x"], fact.detail["y"], fact.detail["sha256"]) == (
        1, "0.2500", "0.7500", first.sha256,
    )  # fmt: skip
    assert list(verify()) == []


@company
def test_sent_twice_it_is_one_pin_and_one_answer() -> None:
    number, key = in_review(), uuid4()
    one = pin(number, key=key)
    assert pin(number, text="又发了一次", key=key).pk == one.pk
    for _time in range(2):
        answer_pin(actor(DESIGNER), one.pk, "settled", "", key)
    assert (Pin.objects.count(), Remark.objects.count()) == (1, 1)


@company
def test_who_has_no_part_in_the_case_does_not_learn_of_pins_and_who_looks_on_sets_none() -> None:
    number = in_review()
    one, file = pin(number), file_of(number)
    for ask in (lambda who: proof_view(who, number, file), lambda who: pins_of_case(who, number)):
        with pytest.raises(NotFound):
            ask(actor("finance_manager"))
    with pytest.raises(NotFound):
        say(one, "finance_manager", "reply", "我看看")
    with pytest.raises(Forbidden):
        pin(number, "general_manager")
    assert [seen.number for seen in proof_view(actor("general_manager"), number, file).pins] == [1]
    with pytest.raises(NotFound):
        proof_view(actor(LOOKING), number, uuid4())


@company
def test_the_designer_settles_and_whoever_set_it_confirms_or_opens_it_again() -> None:
    number = in_review()
    one = pin(number)
    for login, kind in ((OTHER, "settled"), (DESIGNER, "confirmed"), (OTHER, "confirmed")):
        with pytest.raises(Forbidden):
            say(one, login, kind)
    say(one, OTHER, "reply", "同感")
    assert say(one, DESIGNER, "settled", "已换").state == "settled"
    with pytest.raises(Stale):
        say(one, DESIGNER, "settled")
    assert say(one, LOOKING, "reopened", "还是旧图").state == "open"
    say(one, DESIGNER, "settled")
    assert say(one, LOOKING, "confirmed").state == "confirmed"
    kinds = [remark.kind for remark in Remark.objects.all()]
    assert kinds == ["reply", "settled", "reopened", "settled", "confirmed"]
    assert Entry.objects.filter(kind="pin_answered").count() == 5
    [printed] = printed_pins(Instance.objects.get(number=number).pk, f"{number}-02", 1)
    assert "还是旧图" in printed["text"]


@company
def test_nobody_agrees_while_a_pin_of_theirs_is_open() -> None:
    number = in_review()
    one = pin(number)
    with pytest.raises(Invalid) as refused:
        answer(number, LOOKING, "approve")
    assert "1" in str(refused.value.errors["opinion"][0])
    # Somebody else's pin keeps nobody from agreeing, and asking for changes is always possible.
    answer(number, OTHER, "approve")
    say(one, DESIGNER, "settled")
    answer(number, LOOKING, "approve")
    assert LOOKING not in asked(number)


@company
def test_open_pins_stand_on_the_next_version_and_are_settled_while_it_is_made() -> None:
    number = in_review(upload("一.png"), upload("二.png", picture(size=(80, 40))))
    one, kept = pin(number), pin(number, text="已经没问题")
    say(kept, LOOKING, "confirmed")
    for login in MANAGERS:
        answer(number, login, "refuse", "按图钉修改")
    say(one, DESIGNER, "settled", "新版已换")
    old = file_of(number)
    hand_in(number, upload("三.png", picture(size=(90, 40))), str(file_of(number, 1)), handling="已改")
    view = proof_view(actor(LOOKING), number, file_of(number))
    assert [(seen.number, seen.version, seen.state) for seen in view.waiting] == [(1, 1, "settled")]
    assert [seen.number for seen in view.done] == [2]
    assert [side.version for side in view.sides] == [1, 2]
    assert proof_view(actor(LOOKING), number, file_of(number, 1)).pins == ()
    before = proof_view(actor(LOOKING), number, old)
    assert (before.version, before.current, before.may_pin) == (1, False, False)
    with pytest.raises(Stale):
        set_pin(actor(LOOKING), number, old, PinCard("1", "1", "1", "旧版"), uuid4())
    case = Instance.objects.get(number=number)
    lines = proofs_of_case(actor(LOOKING), case.pk, case.version_id)
    assert [(line.version, line.open, line.settled) for line in lines] == [(2, 0, 1), (2, 0, 0)]


@company
def test_an_approval_is_bound_to_the_files_it_was_given_for() -> None:
    number = in_review()
    file = proof_view(actor(LOOKING), number, file_of(number)).file
    for login in MANAGERS:
        answer(number, login, "approve")
    given = Signature.objects.filter(step="review")
    assert {tuple(one.files) for one in given} == {(file.checksum,)}
    view = document_view(actor(LOOKING), f"{number}-02")
    assert {one.files for one in view.signatures if one.outcome == "approve"} == {(file.checksum,)}
    assert proof_view(actor(LOOKING), number, file_of(number)).signed.count("、") == len(MANAGERS) - 1
    # What is archived takes no more pins.
    with pytest.raises(ProofClosed):
        pin(number)


@company
def test_only_what_the_form_names_is_proofed() -> None:
    number = in_review()
    with pytest.raises(Invalid):
        pin(number, page="2")
    request = Instance.objects.get(number=number)
    assert len(proofs_of_case(actor(LOOKING), request.pk, request.version_id)) == 1


@company
def test_a_file_s_name_leads_nowhere() -> None:
    number = in_review(upload("../../x.png"))
    assert proof_view(actor(LOOKING), number, file_of(number)).file.name == "x.png"


@pytest.mark.usefixtures("real_company")
def test_two_people_pin_at_once_and_each_gets_a_number() -> None:
    number, refused = in_review(), []

    def one(login: str) -> None:
        try:
            pin(number, login)
        except Exception as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(login,)) for login in (LOOKING, OTHER, DESIGNER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    assert sorted(Pin.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert list(verify()) == []
