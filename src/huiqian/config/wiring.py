"""Every wire of the house on one page: who does what a lower room asks for."""

from huiqian.base.wires import connect


def connect_all() -> None:
    """Connect each wire to its one hand."""
    from huiqian.process import effects as process
    from huiqian.work import effects as work

    # What the engine asks for, by the effect's name.
    connect("effect:OpenTask", work.open_task)
    connect("effect:CancelTask", work.cancel_task)
    connect("effect:SetTimer", process.set_timer)
    connect("effect:CancelTimer", process.cancel_timer)
    connect("effect:Await", process.subscribe)
    connect("effect:Forget", process.unsubscribe)
    connect("effect:WriteVariable", process.write_variable)
    connect("effect:RunDecision", process.run_decision)
    connect("effect:RunService", process.run_service)
    connect("effect:RaiseIncident", process.raise_incident)
    connect("effect:ClearIncident", process.clear_incident)
    connect("effect:EndInstance", process.end_case)
