"""User task: people do it; the engine waits until it is told that they have (BPMN 2.0.2 §10.3.4, §13.3.3)."""

from collections.abc import Mapping

from huiqian.engine.behaviour import Behaviour
from huiqian.engine.definition import Element
from huiqian.engine.effects import Member, OpenTask
from huiqian.engine.elements import activity
from huiqian.engine.run import Run
from huiqian.engine.state import TASK, Token
from huiqian.engine.values import kept


def begin(run: Run, token: Token, element: Element) -> None:
    """Ask."""
    if token.kind != TASK:
        run.turn(token, TASK)
    member = Member(token.member[0], kept(token.member[1])) if token.member is not None else None
    run.effects.append(OpenTask(str(token.id), element.id, member))


def answer(run: Run, token: Token, element: Element, result: Mapping[str, object]) -> None:
    """It is done."""
    activity.write_outputs(run, token, element, result)
    activity.finish(run, token)


USER_TASK = Behaviour("userTask", activity.enter, begin, answer)
