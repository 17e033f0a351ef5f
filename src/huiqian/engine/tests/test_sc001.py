"""The first process of the handbook, played through."""

import json

import pytest

from huiqian.engine import CancelTask, EndInstance, NotPossible, OpenTask, Return, RunDecision, RunService, predict
from huiqian.engine.tests.playing import Case
from huiqian.engine.tests.sc001 import sc001

SIGNS = ["sign_general", "sign_key_account", "sign_technical"]


def told(case: Case, kind: type) -> list:
    """The effects of a kind in the last step."""
    return [effect for effect in case.last if isinstance(effect, kind)]


def drafted(**values: object) -> Case:
    play = Case(sc001(), **values).start()
    assert play.open() == ["draft"]
    return play.done("draft", "review", "budget", "opinion_rule")


def test_regular_plan_skips_the_general_manager() -> None:
    play = drafted(needs_opinion=False)
    assert play.open() == ["convene"]
    assert "f_skip" in play.state.passed_flows
    assert "opinion" not in play.state.passed_elements


def test_annual_plan_goes_to_the_general_manager_and_ends_in_the_archive() -> None:
    play = drafted(needs_opinion=True)
    assert play.open() == ["opinion"]
    play.done("opinion", "convene")
    assert play.open() == SIGNS
    play.done("sign_general", "sign_technical")
    assert play.open() == ["sign_key_account"]
    play.done("sign_key_account")
    (service,) = told(play, RunService)
    assert (service.operation, service.inputs) == ("archive_document", {"document": "plan"})
    play.done("archive")
    assert told(play, EndInstance) == [EndInstance("completed", "end")]
    assert play.state.ended
    assert not play.state.waits


def test_decision_is_asked_by_its_key() -> None:
    play = Case(sc001()).start().done("draft", "review", "budget")
    (asked,) = told(play, RunDecision)
    assert (asked.decision, asked.result) == ("general_manager_opinion", "needs_opinion")


@pytest.mark.parametrize("signed", [[], ["sign_technical"], ["sign_technical", "sign_key_account"]])
def test_one_signatory_returns_and_the_others_close(signed: list[str]) -> None:
    play = drafted(needs_opinion=False).done("convene", *signed)
    left = [name for name in SIGNS if name not in signed]
    play.feed(Return(play.wait("sign_general"), "draft"))
    assert len(told(play, CancelTask)) == len(left)
    assert all(cancel.reason == "returned" for cancel in told(play, CancelTask))
    assert play.open() == ["draft"]
    assert play.state.passed_elements == {"start"}
    assert play.state.passed_flows == {"f1"}
    assert [token.kind for token in play.state.tokens.values()] == ["task"]
    play.done("draft", "review", "budget", "opinion_rule", "convene")
    assert play.open() == SIGNS
    play.done("sign_technical", "sign_key_account")
    assert play.open() == ["sign_general"]
    play.done("sign_general", "archive")
    assert play.state.ended


@pytest.mark.parametrize("at", ["review", "budget", "opinion", "convene", "sign_general"])
def test_return_to_the_draft_from_anywhere(at: str) -> None:
    play = Case(sc001(), needs_opinion=True).start().done("draft")
    for name in ("review", "budget", "opinion_rule", "opinion", "convene"):
        if at in play.open():
            break
        play.done(name)
    play.feed(Return(play.wait(at), "draft"))
    assert told(play, OpenTask)[0].element == "draft"
    assert play.open() == ["draft"]


def test_return_only_to_what_was_passed() -> None:
    play = Case(sc001()).start().done("draft")
    with pytest.raises(NotPossible) as refused:
        play.feed(Return(play.wait("review"), "budget"))
    assert refused.value.code == "not-passed"
    assert "budget" in refused.value.text("en")


def test_a_wait_answers_once() -> None:
    play = Case(sc001()).start()
    wait = play.wait("draft")
    play.done("draft")
    with pytest.raises(NotPossible):
        play.feed(Return(wait, "draft"))


def test_state_is_small() -> None:
    play = drafted(needs_opinion=True).done("opinion", "convene")
    assert len(json.dumps(play.state.to_json(), separators=(",", ":"))) < 1024


def test_prediction_from_the_start() -> None:
    steps = predict(sc001(), None, {"kind": "regular"}, lambda key, given: {"needs_opinion": False})
    told = [(s.element, s.skipped, s.group) for s in steps]
    assert told == [
        ("draft", False, None),
        ("review", False, None),
        ("budget", False, None),
        ("opinion_rule", False, None),
        ("opinion", True, None),
        ("convene", False, None),
        ("sign_technical", False, "fork"),
        ("sign_general", False, "fork"),
        ("sign_key_account", False, "fork"),
        ("archive", False, None),
    ]
    assert next(s.why for s in steps if s.skipped) == "须审核"
    assert all(s.certain for s in steps)
    assert steps[0].position == "marketing_manager"


def test_prediction_knows_what_it_does_not_know() -> None:
    steps = predict(sc001(), None, {}, lambda key, given: {})
    assert [s.element for s in steps if not s.certain] == ["opinion"]


def test_prediction_of_a_running_case_leaves_out_what_is_open() -> None:
    play = drafted(needs_opinion=True)
    steps = predict(play.definition, play.state, play.values, lambda key, given: {"needs_opinion": True})
    assert [s.element for s in steps] == ["convene", "sign_technical", "sign_general", "sign_key_account", "archive"]
