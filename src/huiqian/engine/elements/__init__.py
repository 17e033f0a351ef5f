"""Every BPMN element the engine knows, one file each, named in one table; whatever is not here is refused."""

from huiqian.engine.behaviour import Behaviour, Occurrence, Table
from huiqian.engine.elements import (
    error,
    escalation,
    link,
    message,
    multi_instance,
    signal,
    standard_loop,
    terminate,
    timer,
)
from huiqian.engine.elements.boundary_event import BOUNDARY_EVENT
from huiqian.engine.elements.business_rule_task import BUSINESS_RULE_TASK
from huiqian.engine.elements.call_activity import CALL_ACTIVITY
from huiqian.engine.elements.end_event import END_EVENT
from huiqian.engine.elements.event_based_gateway import EVENT_BASED_GATEWAY
from huiqian.engine.elements.exclusive_gateway import EXCLUSIVE_GATEWAY
from huiqian.engine.elements.inclusive_gateway import INCLUSIVE_GATEWAY
from huiqian.engine.elements.intermediate_catch_event import INTERMEDIATE_CATCH_EVENT
from huiqian.engine.elements.intermediate_throw_event import INTERMEDIATE_THROW_EVENT
from huiqian.engine.elements.manual_task import MANUAL_TASK
from huiqian.engine.elements.parallel_gateway import PARALLEL_GATEWAY
from huiqian.engine.elements.receive_task import RECEIVE_TASK
from huiqian.engine.elements.send_task import SEND_TASK
from huiqian.engine.elements.service_task import SERVICE_TASK
from huiqian.engine.elements.start_event import START_EVENT
from huiqian.engine.elements.sub_process import SUB_PROCESS
from huiqian.engine.elements.user_task import USER_TASK

_ALL: tuple[Behaviour, ...] = (
    START_EVENT, END_EVENT, INTERMEDIATE_CATCH_EVENT, INTERMEDIATE_THROW_EVENT, BOUNDARY_EVENT,
    USER_TASK, MANUAL_TASK, SERVICE_TASK, BUSINESS_RULE_TASK, SEND_TASK, RECEIVE_TASK,
    EXCLUSIVE_GATEWAY, PARALLEL_GATEWAY, INCLUSIVE_GATEWAY, EVENT_BASED_GATEWAY,
    SUB_PROCESS, CALL_ACTIVITY,
)  # fmt: skip
_OCCURRENCES: tuple[Occurrence, ...] = tuple(
    each.OCCURRENCE for each in (timer, message, signal, error, escalation, link, terminate)
)

TABLE = Table(
    elements={behaviour.tag: behaviour for behaviour in _ALL},
    triggers={occurrence.kind: occurrence for occurrence in _OCCURRENCES},
    loops={
        "standard": standard_loop.REPETITION,
        "parallel": multi_instance.REPETITION,
        "sequential": multi_instance.REPETITION,
    },
)
