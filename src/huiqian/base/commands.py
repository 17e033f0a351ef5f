"""@command: the only place that opens a transaction."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import transaction

from huiqian.base.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")

COMMANDS: dict[str, Callable[..., object]] = {}


def command(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
    """A verb that people and programs may use: runs in one transaction, all of it or nothing.

    The first argument is the actor. Called inside a transaction that is already open (a test, the
    idempotent door of the API), it is a part of that one: a refusal takes back what the command did.
    """

    @wraps(function)
    def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            return function(actor, *args, **kwargs)

    room = function.__module__.removeprefix("huiqian.").split(".")[0]
    COMMANDS[f"{room}.{function.__name__}"] = run
    return run
