"""What may happen to a case, one file each, named in one table by the input's type."""

from collections.abc import Callable, Mapping
from typing import Any

from huiqian.engine import inputs
from huiqian.engine.operations.complete import complete
from huiqian.engine.operations.end import terminate, withdraw
from huiqian.engine.operations.events import broadcast, deliver, fire
from huiqian.engine.operations.fail import escalate, fail, retry
from huiqian.engine.operations.go_back import go_back
from huiqian.engine.operations.jump import jump
from huiqian.engine.operations.members import add_member, remove_member
from huiqian.engine.operations.start import start
from huiqian.engine.operations.suspension import resume, suspend
from huiqian.engine.operations.take_back import take_back
from huiqian.engine.run import Run
from huiqian.engine.state import State

OPERATIONS: Mapping[type, Callable[[Run, Any, State], None]] = {
    inputs.Start: start,
    inputs.Complete: complete,
    inputs.Fire: fire,
    inputs.Deliver: deliver,
    inputs.Broadcast: broadcast,
    inputs.Fail: fail,
    inputs.Escalate: escalate,
    inputs.Retry: retry,
    inputs.Return: go_back,
    inputs.Jump: jump,
    inputs.TakeBack: take_back,
    inputs.AddMember: add_member,
    inputs.RemoveMember: remove_member,
    inputs.Suspend: suspend,
    inputs.Resume: resume,
    inputs.Withdraw: withdraw,
    inputs.Terminate: terminate,
}
