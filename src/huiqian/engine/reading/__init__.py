"""Reads a BPMN tree into elements, lanes and flows, and gathers everything that is wrong on the way."""

from huiqian.engine.reading.scopes import read_process
from huiqian.engine.reading.words import Reading

__all__ = ["Reading", "read_process"]
