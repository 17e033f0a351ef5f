"""Connects the wires once all rooms are loaded."""

from django.apps import AppConfig


class Wiring(AppConfig):
    """Reads config/wiring.py at start."""

    name = "huiqian.config"

    def ready(self) -> None:
        """Connect every wire."""
        from huiqian.config import wiring

        wiring.connect_all()
