"""Parallel gateway: waits for a token on every way in, then goes on by every way out (BPMN 2.0.2 §10.6.4, §13.4.1)."""

from huiqian.engine.behaviour import Behaviour
from huiqian.engine.definition import Element
from huiqian.engine.run import Run
from huiqian.engine.state import ARRIVED, Token


def enter(run: Run, element: Element, scope: int, flow: str | None) -> None:
    """Wait, or take one token from each way in and go on: in a loop, a second token on one way waits its turn."""
    if len(element.incoming) > 1 and flow is not None:
        run.put(element.id, scope, ARRIVED, flow)
        first: dict[str, Token] = {}
        for token in run.look():
            if token.element == element.id and token.parent == scope and token.kind == ARRIVED:
                first.setdefault(token.data, token)
        if len(first) < len(element.incoming):
            run.touched[scope] = None
            return
        for token in first.values():
            del run.tokens[token.id]
    run.leave(element, scope)


PARALLEL_GATEWAY = Behaviour("parallelGateway", enter)
