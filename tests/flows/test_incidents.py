"""A step that cannot be done leaves an incident, and an administrator retries it."""

from pathlib import Path

import pytest

from huiqian.base.errors import Forbidden, NotFound, Stale
from huiqian.process.commands import retry_incident
from huiqian.process.models import Incident, Instance
from huiqian.work.commands import start_case
from tests.flows.small import load_line, step
from tests.people import actor, asked

STARTER = "marketing_manager"
SERVICE = """<serviceTask id="go" name="go" hq:operation="start_process"><extensionElements>
<hq:input name="process" value="&quot;T-502&quot;"/></extensionElements></serviceTask>"""
DECISION = '<businessRuleTask id="rule" name="rule" hq:decision="nowhere" hq:result="found"/>'


def _stuck(folder: Path, *elements: str) -> tuple[str, Incident]:
    load_line(folder, "T-500", step("draft"), *elements, step("after"))
    number = start_case(actor(STARTER), "T-500", {}).number
    return number, Incident.objects.get(instance__number=number, solved_at=None)


def test_a_service_that_fails_stops_the_case_and_loses_nothing(company: None, tmp_path: Path) -> None:
    number, incident = _stuck(tmp_path, SERVICE)
    assert (incident.element, asked(number), Instance.objects.get(number=number).status) == ("go", set(), "running")
    assert "T-502" in incident.text_zh
    assert incident.text_zh != incident.text_en
    assert not retry_incident(actor("admin"), incident.pk)
    again = Incident.objects.get(instance__number=number, solved_at=None)
    load_line(tmp_path, "T-502", step("do"))
    assert retry_incident(actor("admin"), again.pk)
    assert asked(number) == {STARTER}
    assert Instance.objects.filter(version__definition__code="T-502").count() == 1
    with pytest.raises(Stale):
        retry_incident(actor("admin"), again.pk)


def test_a_decision_that_is_not_there_stops_the_case(company: None, tmp_path: Path) -> None:
    number, incident = _stuck(tmp_path, DECISION)
    assert (incident.element, asked(number)) == ("rule", set())
    assert "nowhere" in incident.text_zh


def test_only_administrators_retry(company: None, tmp_path: Path) -> None:
    _number, incident = _stuck(tmp_path, SERVICE)
    with pytest.raises(Forbidden):
        retry_incident(actor(STARTER), incident.pk)
    with pytest.raises(NotFound):
        retry_incident(actor("admin"), incident.pk + 1)
