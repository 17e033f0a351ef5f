"""The BPMN 2.0 token machine: `step(definition, state, input, now)` gives the new state and what is to be done."""

from huiqian.engine.calls import check_calls
from huiqian.engine.compile import check, compile_definition
from huiqian.engine.definition import Definition, Element, Flow, Lane
from huiqian.engine.effects import (
    Await,
    CallProcess,
    CancelCall,
    CancelService,
    CancelTask,
    CancelTimer,
    ClearIncident,
    Effect,
    EndInstance,
    Forget,
    Member,
    OpenTask,
    RaiseIncident,
    RunDecision,
    RunService,
    SetTimer,
    ThrowMessage,
    ThrowSignal,
    WriteVariable,
)
from huiqian.engine.findings import Finding, NotPossible, Refused
from huiqian.engine.inputs import (
    AddMember,
    Broadcast,
    Complete,
    Deliver,
    Escalate,
    Fail,
    Fire,
    Input,
    Jump,
    RemoveMember,
    Resume,
    Retry,
    Return,
    Start,
    Suspend,
    TakeBack,
    Terminate,
    Withdraw,
)
from huiqian.engine.migrate import can_migrate, migrate
from huiqian.engine.operations.take_back import may_take_back
from huiqian.engine.predict import Foreseen, predict
from huiqian.engine.state import State, Wait
from huiqian.engine.step import Step, step

__all__ = [
    "AddMember", "Await", "Broadcast", "CallProcess", "CancelCall", "CancelService", "CancelTask", "CancelTimer",
    "ClearIncident", "Complete", "Definition", "Deliver", "Effect", "Element", "EndInstance", "Escalate", "Fail",
    "Finding", "Fire", "Flow", "Foreseen", "Forget", "Input", "Jump", "Lane", "Member", "NotPossible", "OpenTask",
    "RaiseIncident", "Refused", "RemoveMember", "Resume", "Retry", "Return", "RunDecision", "RunService", "SetTimer",
    "Start", "State", "Step", "Suspend", "TakeBack", "Terminate", "ThrowMessage", "ThrowSignal", "Wait", "Withdraw",
    "WriteVariable", "can_migrate", "check", "check_calls", "compile_definition",
    "may_take_back", "migrate", "predict", "step",
]  # fmt: skip
