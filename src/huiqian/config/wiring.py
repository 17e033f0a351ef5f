"""Every wire of the house on one page: who does what a lower room asks for."""

from huiqian.base.wires import connect


def connect_all() -> None:
    """Connect each wire to its one hand."""
    _ = connect
