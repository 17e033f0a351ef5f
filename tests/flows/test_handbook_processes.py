"""Every process of the handbook runs from its start to its end, on every branch that its text has."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

import huiqian
from huiqian.engine import (
    Complete,
    Definition,
    EndInstance,
    Fire,
    OpenTask,
    RaiseIncident,
    Return,
    RunDecision,
    RunService,
    SetTimer,
    Start,
    State,
    compile_definition,
    step,
)

HANDBOOK = Path(huiqian.__file__).parent / "handbook"
NOW = datetime(2026, 9, 26, 1, 0, tzinfo=UTC)
MANAGERS = ["key_account_manager_1", "key_account_manager_2", "key_account_manager_3"]
TASKED = [{"person": login, "included": True} for login in MANAGERS]
EVERY_DEPARTMENT = ["key_accounts", "projects", "technical"]
PLANNING: Mapping[str, object] = {
    "key_account_managers": MANAGERS, "planners": MANAGERS, "planned_managers": MANAGERS, "planning_round": 1,
    "tasks": [{"manager": login} for login in MANAGERS], "plan_period": {"end": NOW + timedelta(days=35)},
}  # fmt: skip
TRAINING: Mapping[str, object] = {"sessions": [{"session": "第一场"}, {"session": "第二场"}], "survey_days": 7}
REVIEWERS: Mapping[str, object] = {"group_department_managers": MANAGERS}
ANSWERS: Mapping[str, tuple[Mapping[str, object], ...]] = {
    "SC-001": ({"opinion_required": True}, {"opinion_required": False}),
    "SC-002": (
        {"assignments": TASKED, "training_required": True, "survey_wanted": True, "survey_closes": None},
        {"assignments": TASKED, "training_required": False},
        {"assignments": None, "training_required": False},
    ),
    "SC-003": (
        {"departments": EVERY_DEPARTMENT},
        {"departments": ["projects"]},
        {"departments": ["projects"], "material_wanted": "产品彩页"},
    ),
    "SC-004": (
        {**PLANNING, "finance_required": True},
        {**PLANNING, "finance_required": False},
        {**PLANNING, "finance_required": False, "answers": {"accept": ["object"]}},
    ),
    "SC-005": ({"effective_from": NOW + timedelta(days=30)},),
    "SC-006": (
        {**REVIEWERS, "to_print": True},
        {**REVIEWERS, "to_print": False},
        {**REVIEWERS, "to_print": False, "answers": {"design": ["ask_artist"]}},
    ),
    "SC-008": (
        {**TRAINING, "measures": [{"measure": "改讲义"}, {"measure": "加实操"}], "measure_state": "done"},
        {**TRAINING, "measures": [{"measure": "改讲义"}], "measure_state": "given_back", "measure_decision": "drop"},
        {**TRAINING, "measures": None},
    ),
    "SC-009": ({"seeds": ["research", "pricing", "training"]}, {"seeds": ["pricing"]}, {"seeds": []}),
}
CASES = [(code, answers) for code, many in ANSWERS.items() for answers in many]


class Walk:
    """A case walked through by answering whatever it asks, in an order that a seed decides."""

    def __init__(self, code: str, answers: Mapping[str, object], seed: int = 0) -> None:
        self.definition: Definition = compile_definition((HANDBOOK / code / "process.bpmn").read_bytes())
        self.answers, self.random = dict(answers), Random(seed)
        # Which answers are chosen at a step, one a time it is asked; where none is left the usual one.
        self.chosen = {name: list(many) for name, many in self.answers.pop("answers", {}).items()}  # type: ignore[attr-defined]
        self.asked: list[tuple[str, object]] = []
        self.services: list[tuple[str, Mapping[str, object]]] = []
        self.ends: list[str] = []
        self.state: State | None = None
        self.waiting: list[Complete | Fire] = []
        self.put(Start(self.answers))

    def put(self, given: object) -> None:
        """Hand the engine an input and note what it asks for."""
        done = step(self.definition, self.state, given, NOW)  # type: ignore[arg-type]
        self.state = done.state
        for effect in done.effects:
            assert not isinstance(effect, RaiseIncident), effect.text("en")
            if isinstance(effect, OpenTask):
                self.asked.append((effect.element, effect.member.item if effect.member else None))
            elif isinstance(effect, RunService):
                self.services.append((effect.operation, effect.inputs))
            elif isinstance(effect, EndInstance):
                self.ends.append(effect.how)
            if isinstance(effect, OpenTask | RunService | RunDecision):
                codes = self.chosen.get(effect.element)
                self.waiting.append(Complete(effect.wait, self.answers, {"outcome": codes.pop(0)} if codes else {}))
            elif isinstance(effect, SetTimer):
                self.waiting.append(Fire(effect.wait))

    def open(self) -> Iterator[Complete | Fire]:
        """What can be answered now."""
        assert self.state is not None
        return (given for given in self.waiting if given.wait in self.state.waits)

    def wait_of(self, element: str) -> str:
        """The wait of an open step."""
        assert self.state is not None
        return next(key for key, wait in self.state.waits.items() if wait.element == element)

    def to_the_end(self) -> "Walk":
        """Answer until nothing is open."""
        for _turn in range(200):
            ready = list(self.open())
            if not ready:
                break
            chosen = self.random.choice(ready)
            self.waiting.remove(chosen)
            self.put(chosen if isinstance(chosen, Fire) else Complete(chosen.wait, self.answers, chosen.result))
        return self

    def until(self, element: str) -> "Walk":
        """Answer until a step is asked for."""
        while not any(wait.element == element for wait in (self.state.waits.values() if self.state else ())):
            chosen = next(self.open())
            self.waiting.remove(chosen)
            self.put(chosen)
        return self

    @property
    def steps(self) -> list[str]:
        """The people's steps, in the order in which they were asked for."""
        return [element for element, _item in self.asked]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("code", "answers"), CASES)
def test_it_runs_to_its_end(code: str, answers: Mapping[str, object], seed: int) -> None:
    walk = Walk(code, answers, seed).to_the_end()
    assert walk.ends == ["completed"]
    assert walk.state is not None
    assert not walk.state.waits


def test_every_element_is_reached_on_some_branch() -> None:
    for code in ANSWERS:
        walks = [Walk(code, answers).to_the_end() for answers in ANSWERS[code]]
        reached = {element for walk in walks for element in walk.steps}
        people = {e.id for e in walks[0].definition.elements.values() if e.kind == "userTask"}
        assert reached == people, code


def test_sc002_asks_every_key_account_manager_for_a_sheet_of_their_own() -> None:
    walk = Walk("SC-002", ANSWERS["SC-002"][0]).until("collect")
    assert walk.steps.count("collect") == len(MANAGERS)


def test_sc002_sends_a_single_sheet_back_while_the_others_go_on() -> None:
    walk = Walk("SC-002", ANSWERS["SC-002"][1]).until("check")
    others = sum(wait.element == "collect" for wait in walk.state.waits.values()) if walk.state else 0
    walk.put(Return(walk.wait_of("check"), "collect", walk.answers))
    assert walk.state is not None
    assert sum(wait.element == "collect" for wait in walk.state.waits.values()) == others + 1
    assert walk.to_the_end().ends == ["completed"]


def test_sc004_only_refused_managers_redraft() -> None:
    walk = Walk("SC-004", ANSWERS["SC-004"][1]).until("review")
    walk.asked.clear()
    refusals = {**walk.answers, "refusals": [{"manager": MANAGERS[1]}]}
    walk.put(Complete(walk.wait_of("review"), refusals, {"outcome": "refuse", "opinion": "偏高"}))
    assert walk.asked == [("plan", MANAGERS[1]), ("gather", None)]
    walk.to_the_end()
    assert walk.steps.count("review") == 1
    assert walk.ends == ["completed"]


@pytest.mark.parametrize(
    ("code", "following", "document"),
    [
        ("SC-001", "SC-002", "plan"),
        ("SC-002", "SC-003", "report"),
        ("SC-003", "SC-004", "guide"),
    ],
)
def test_the_main_loop_hands_its_document_on(code: str, following: str, document: str) -> None:
    walk = Walk(code, ANSWERS[code][0]).to_the_end()
    handed = [inputs for operation, inputs in walk.services if operation in {"start_process", "hand_on"}]
    assert [dict(inputs) for inputs in handed] == [{"process": following, "document": document}]


def test_sc004_every_manager_s_plan_goes_on_to_feedback() -> None:
    walk = Walk("SC-004", ANSWERS["SC-004"][0]).to_the_end()
    handed = [dict(inputs) for operation, inputs in walk.services if operation == "start_process"]
    assert sorted(handed, key=lambda one: str(one["starter"])) == [
        {"process": "SC-009", "document": "sales_plan", "starter": login} for login in MANAGERS
    ]


def test_sc009_seeds_what_was_ticked() -> None:
    walk = Walk("SC-009", {"seeds": ["research", "training"]}).to_the_end()
    seeded = {str(inputs["process"]) for operation, inputs in walk.services if operation == "start_process"}
    assert seeded == {"SC-001", "SC-008"}


@pytest.mark.parametrize("step_", ["approve_department", "approve_technical", "approve_general"])
def test_sc003_any_of_the_three_approvals_sends_the_guide_back(step_: str) -> None:
    walk = Walk("SC-003", ANSWERS["SC-003"][0]).until(step_)
    walk.put(Return(walk.wait_of(step_), "draft", walk.answers))
    assert walk.state is not None
    assert [wait.element for wait in walk.state.waits.values()] == ["draft"]
    assert walk.to_the_end().ends == ["completed"]
    assert walk.steps.count(step_) == 2
