"""Service task: the product does an operation by its name (BPMN 2.0.2 §10.3.3, §13.3.3)."""

from huiqian.engine.behaviour import Behaviour
from huiqian.engine.definition import Element
from huiqian.engine.effects import Member, RunService
from huiqian.engine.elements import activity, user_task
from huiqian.engine.run import Run
from huiqian.engine.state import SERVICE, Token
from huiqian.engine.values import kept


def begin(run: Run, token: Token, element: Element) -> None:
    """Work the inputs out and ask for the operation."""
    inputs = {name: run.value(expression, token.id) for name, expression in element.inputs}
    run.turn(token, SERVICE)
    member = Member(token.member[0], kept(token.member[1])) if token.member is not None else None
    run.effects.append(RunService(str(token.id), element.id, element.settings["operation"], inputs, member))


SERVICE_TASK = Behaviour("serviceTask", activity.enter, begin, user_task.answer)
