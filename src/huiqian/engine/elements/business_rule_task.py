"""Business rule task: asks a decision table by its key (BPMN 2.0.2 §10.3.3). The outside keeps the tables."""

from huiqian.engine.behaviour import Behaviour
from huiqian.engine.definition import Element
from huiqian.engine.effects import RunDecision
from huiqian.engine.elements import activity, user_task
from huiqian.engine.run import Run
from huiqian.engine.state import DECISION, Token


def begin(run: Run, token: Token, element: Element) -> None:
    """Ask the table; its answer is kept under the result's name."""
    run.turn(token, DECISION)
    settings = element.settings
    run.effects.append(RunDecision(str(token.id), element.id, settings["decision"], settings.get("result", "")))


BUSINESS_RULE_TASK = Behaviour("businessRuleTask", activity.enter, begin, user_task.answer)
