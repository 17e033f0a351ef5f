"""SpiffWorkflow as an oracle: the same blocks, offered and done by the same names, reading the same values."""

import io
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.util.task import TaskState

from huiqian.engine.tests.blocks import Block, Drawing, Values
from huiqian.engine.tests.drawing import bpmn

LONG_AGO = "2000-01-01T00:00:00+00:00"


class _Values(PythonScriptEngine):  # type: ignore[misc]
    """Reads the case's values wherever a condition stands, as our engine does."""

    def __init__(self) -> None:
        super().__init__()
        self.values: Values = {}

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return eval(expression, {"__builtins__": {}}, dict(self.values))


class Spiff:
    """A block, run by SpiffWorkflow."""

    def __init__(self, block: Block, values: Values) -> None:
        text = Drawing("==", "'PT1H'").process(block)
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.parse(io.BytesIO(bpmn(text))))
        self.values = _Values()
        self.values.values = values
        specs = parser.get_subprocess_specs("process")
        self.workflow = BpmnWorkflow(parser.get_spec("process"), specs, script_engine=self.values)
        self._go_on()

    def _go_on(self) -> None:
        self.workflow.do_engine_steps()
        self._offered = self._offers()

    @property
    def ended(self) -> bool:
        """Whether the case is over."""
        return bool(self.workflow.completed)

    def _offers(self) -> list[tuple[str, Any]]:
        found = self.workflow.get_tasks(state=TaskState.READY | TaskState.WAITING)
        ready = [task for task in found if task.state == TaskState.READY and task.task_spec.manual]
        waiting = [task for task in found if task.state == TaskState.WAITING and _is_timer(task.task_spec)]
        return [(str(task.task_spec.bpmn_id), task) for task in [*ready, *waiting]]

    def names(self) -> list[str]:
        """What is offered, sorted."""
        return sorted(name for name, _ in self._offered)

    def do(self, name: str, values: Values) -> None:
        """Do one of this name."""
        self.values.values = values
        task = next(task for offer, task in self._offered if offer == name)
        if task.state == TaskState.WAITING:
            task._set_internal_data(event_value=LONG_AGO)
            self.workflow.refresh_timers()
        else:
            task.run()
        self._go_on()


def _is_timer(spec: Any) -> bool:
    return isinstance(spec, CatchingEvent) and isinstance(spec.event_definition, TimerEventDefinition)
