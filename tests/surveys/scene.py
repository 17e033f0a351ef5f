"""A small process with a survey, and people who answer it, for tests."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from huiqian.base import clock
from huiqian.base.actors import SYSTEM, Actor
from huiqian.process.models import Version
from huiqian.process.run import save
from huiqian.process.start import new_case
from huiqian.surveys.commands import From, answer_survey
from huiqian.surveys.models import Answer, Survey
from huiqian.surveys.tests.samples import QUESTIONS, WHOLE
from huiqian.work.commands import start_case
from tests.flows.small import load_line, step
from tests.people import actor, answer

OUTSIDE = Actor(id=None, name="", door="survey")
BUILDER = "marketing_manager"


def load_process(folder: Path, questions: Mapping[str, Any] | None = QUESTIONS, **about: Any) -> None:
    """T-SURVEY: built at `build`, opened, waits at `wait`, closed, ends after `end_step`; its opening reads `until`."""
    home = folder / "T-SURVEY"
    (home / "surveys").mkdir(parents=True, exist_ok=True)
    (home / "forms").mkdir(exist_ok=True)
    (home / "forms" / "build.json").write_text(FORM, encoding="utf-8")
    said = {"name": {"zh": "满意度调查", "en": "Satisfaction"}, "build": "build", **about}
    if questions is not None:
        (home / "surveys" / "main.json").write_text(json.dumps(questions, ensure_ascii=False), encoding="utf-8")
        said["template"] = "surveys/main.json"
    load_line(
        folder, "T-SURVEY", step("start_it"), step("build", 'hq:form="build" hq:requires="survey"'),
        _service("open", "open_survey", closes="until"), step("wait"), _service("close", "close_survey"), step("last"),
        surveys={"main": said},
    )  # fmt: skip


FORM = """{"key": "build", "name": {"zh": "准备"}, "sections": [{"title": {"zh": "准备"}, "fields": [
 {"name": "until", "type": "date", "label": {"zh": "截止"}},
 {"name": "wanted", "type": "boolean", "label": {"zh": "使用问卷"}}]}]}"""


def _service(name: str, operation: str, **inputs: str) -> str:
    rows = "".join(
        f"<hq:input name=\"{key}\" value='{value}'/>" for key, value in {"survey": '"main"', **inputs}.items()
    )
    return (
        f'<serviceTask id="{name}" hq:operation="{operation}">'
        f"<extensionElements>{rows}</extensionElements></serviceTask>"
    )


def begin(**values: Any) -> Survey:
    """王丽 begins a case of T-SURVEY and stands at the step that builds; its survey."""
    started = start_case(actor(BUILDER), "T-SURVEY", {})
    return Survey.objects.select_related("case").get(case_id=started.case_id)


def survey_of_research() -> Survey:
    """The survey of a case of SC-002 that stands at its first step, at 王丽's."""
    version = Version.objects.get(definition__code="SC-002", status="in_effect")
    case = new_case(SYSTEM, version, clock.now(), starter=actor(BUILDER).person)
    save(case)
    return Survey.objects.select_related("case").get(case_id=case.id)


def open_it(survey: Survey, **values: Any) -> Survey:
    """王丽 hands in the step that builds, so that the process opens the survey."""
    answer(survey.case.number, BUILDER, "submit", values=values)
    return Survey.objects.select_related("case").get(pk=survey.pk)


def respond(survey: Survey, raw: Mapping[str, Any] | None = None, token: str = "", **origin: Any) -> Answer:
    """Somebody outside answers."""
    said = From(**{"key": str(uuid4()), **origin})
    return answer_survey(OUTSIDE, token or survey.token, WHOLE if raw is None else raw, said)
