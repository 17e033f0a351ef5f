"""What may happen to a case, one file each, named in one table by the input's type."""

from collections.abc import Callable, Mapping
from typing import Any

from huiqian.engine import inputs
from huiqian.engine.operations.complete import complete
from huiqian.engine.operations.end import terminate, withdraw
from huiqian.engine.operations.go_back import go_back
from huiqian.engine.operations.start import start
from huiqian.engine.run import Run
from huiqian.engine.state import State

OPERATIONS: Mapping[type, Callable[[Run, Any, State], None]] = {
    inputs.Start: start,
    inputs.Complete: complete,
    inputs.Return: go_back,
    inputs.Withdraw: withdraw,
    inputs.Terminate: terminate,
}
