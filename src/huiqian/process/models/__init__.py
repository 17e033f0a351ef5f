"""Tables of processes and their instances (cases)."""

from huiqian.process.models.cases import (
    Call,
    Handover,
    Incident,
    Instance,
    InstanceLink,
    Member,
    Occasion,
    Parcel,
    Subscription,
    Timer,
)
from huiqian.process.models.definitions import Counter, Decision, DecisionVersion, Definition, Opinion, Review, Version
from huiqian.process.models.schedules import Schedule, ScheduleRun

__all__ = [
    "Call",
    "Counter",
    "Decision",
    "DecisionVersion",
    "Definition",
    "Handover",
    "Incident",
    "Instance",
    "InstanceLink",
    "Member",
    "Occasion",
    "Opinion",
    "Parcel",
    "Review",
    "Schedule",
    "ScheduleRun",
    "Subscription",
    "Timer",
    "Version",
]
