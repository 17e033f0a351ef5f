"""GET /processes: what can be started, and the form it begins with."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from huiqian.api.bearer import actor_of
from huiqian.process.queries import ProcessRow, process_view, processes
from huiqian.work.queries import start_form

router = Router()


class Process(Schema):
    """A process in effect."""

    code: str
    name: str
    purpose: str
    started_by: str
    may_start: bool


class Step(Schema):
    """One step of a process."""

    number: str
    element: str
    name: str
    position: str
    kind: str
    deadline: str


class ProcessDetail(Process):
    """A process with its steps and the form it begins with: a JSON Schema, and an example that is accepted."""

    version: int
    steps: list[Step]
    form: dict[str, Any] | None
    example: dict[str, Any] | None


def _process(row: ProcessRow) -> dict[str, Any]:
    return {
        "code": row.code, "name": row.name, "purpose": row.purpose, "started_by": row.starters,
        "may_start": row.may_start,
    }  # fmt: skip


@router.get("", response=list[Process], summary="Processes in effect")
def list_processes(request: HttpRequest) -> list[dict[str, Any]]:
    """Every process in effect, and whether you may start it."""
    return [_process(row) for row in processes(actor_of(request))]


@router.get("/{code}", response=ProcessDetail, summary="One process")
def get_process(request: HttpRequest, code: str) -> dict[str, Any]:
    """A process with its steps, and the form that starting it asks for."""
    view, form = process_view(actor_of(request), code), start_form(code)
    steps = [
        {"number": s.number, "element": s.element, "name": s.name, "position": s.position, "kind": s.kind,
         "deadline": s.deadline}
        for s in view.steps
    ]  # fmt: skip
    return {
        **_process(view.row), "version": view.version, "steps": steps,
        "form": form.schema if form else None, "example": form.example if form else None,
    }  # fmt: skip
