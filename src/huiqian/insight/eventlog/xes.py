"""Writes event logs as XES (IEEE 1849-2016): a trace a case, an event a fact; activities are the process's steps."""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from huiqian.insight.eventlog.reading import CaseLog, Who, moment
from huiqian.insight.evidence.words import fact_words
from huiqian.journal.models import Entry
from huiqian.org.queries import roster

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>\
<date key="time:timestamp" value="1970-01-01T00:00:00.000000+00:00"/>\
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="Activity" keys="concept:name"/>
<classifier name="Activity and transition" keys="concept:name lifecycle:transition"/>
<string key="lifecycle:model" value="standard"/>
"""
# The standard lifecycle's transition of each fact; of others it knows nothing.
TRANSITIONS = {
    "task_opened": "schedule", "task_decided": "complete", "case_returned": "complete", "task_handed_over": "reassign",
    "signatory_added": "assign", "signatory_removed": "withdraw", "decision_taken_back": "withdraw",
    "case_suspended": "suspend", "case_resumed": "resume", "case_started": "start", "case_ended": "complete",
    "case_withdrawn": "pi_abort", "decision_taken": "complete", "service_run": "complete",
}  # fmt: skip
# Facts beside a step that are things of their own: under the step's name they would be taken for the step.
BESIDE = {"task_urged", "task_overdue", "incident_raised", "incident_retried"}
# What XML 1.0 does not allow.
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SYSTEM = "huiqian"


def xes(logs: Iterable[CaseLog], who: Who, title: str) -> Iterator[bytes]:
    """The log in pieces, a case each."""
    yield (HEAD + _string("concept:name", title)).encode()
    for log in logs:
        yield "".join(_trace(log, who)).encode()
    yield b"</log>\n"


def _trace(log: CaseLog, who: Who) -> Iterator[str]:
    case = log.case
    yield "<trace>" + _string("concept:name", case.number) + _string("process", case.version.definition.code)
    yield f'<int key="version" value="{case.version.number}"/>' + _string("status", case.status)
    yield _string("starter_position", case.starter_position) + "\n"
    for fact in log.facts:
        yield "<event>" + "".join(_event(log, fact, who)) + "</event>\n"
    yield "</trace>\n"


def _event(log: CaseLog, fact: Entry, who: Who) -> Iterator[str]:
    step, position = log.step(fact), log.position(fact)
    yield _string("concept:name", activity(step, fact.kind))
    yield f'<date key="time:timestamp" value="{moment(fact.at)}"/>'
    yield _string("lifecycle:transition", TRANSITIONS.get(fact.kind, "unknown"))
    if fact.kind != "task_opened":
        # Who is asked is told by OCEL; here a resource is whoever did something.
        yield _string("org:resource", who.name(fact.actor_id) if fact.actor_id is not None else SYSTEM)
    if position:
        yield _string("org:role", roster().position_name(position))
    if fact.behalf_id is not None:
        yield _string("on_behalf_of", who.name(fact.behalf_id))
    if task := log.task(fact):
        yield _string("concept:instance", str(task.pk)) + f'<int key="round" value="{task.round}"/>'
    yield _string("fact", fact.kind) + _string("element", log.element(fact))
    outcome = "return" if fact.kind == "case_returned" else fact.detail.get("outcome") or ""
    yield _string("outcome", str(outcome))


def activity(step: str, kind: str) -> str:
    """What an event is called: the step, or what happened where it is not the step that happened."""
    words = fact_words(kind)
    if not step:
        return words
    return f"{step} · {words}" if kind in BESIDE else step


def _string(key: str, value: str) -> str:
    return f"<string key={quoteattr(key)} value={quoteattr(ODD.sub('', value))}/>" if value else ""
