"""The handbook's files come into the database once; what was changed in the browser stays."""

import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Forbidden
from huiqian.engine import Refused
from huiqian.forms.rules import FormRefused
from huiqian.process.commands import load_handbook
from huiqian.process.models import DecisionVersion, Version
from tests.people import actor

pytestmark = pytest.mark.usefixtures("company")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the handbook that a test may change."""
    return Path(shutil.copytree(settings.HANDBOOK, tmp_path / "handbook"))


def test_what_is_known_is_not_loaded_again(folder: Path) -> None:
    before = Version.objects.count()
    assert load_handbook(SYSTEM, folder) == []
    assert Version.objects.count() == before


def test_a_changed_process_becomes_a_draft_beside_the_one_in_effect(folder: Path) -> None:
    """Every version goes through the joint review (G2); a file on a disk is none."""
    bpmn = folder / "SC-001" / "process.bpmn"
    bpmn.write_text(bpmn.read_text().replace("审核策划书", "审阅策划书"))
    assert load_handbook(SYSTEM, folder) == ["SC-001"]
    statuses = Version.objects.filter(definition__code="SC-001").order_by("number").values_list("number", "status")
    assert list(statuses) == [(1, "in_effect"), (2, "draft")]


def test_a_decision_table_that_is_there_belongs_to_the_administrators(folder: Path) -> None:
    dmn = next((folder / "SC-001").glob("*.dmn"))
    dmn.write_text(dmn.read_text().replace("</definitions>", "<!-- changed --></definitions>"))
    before = DecisionVersion.objects.count()
    load_handbook(SYSTEM, folder)
    assert DecisionVersion.objects.count() == before


def test_a_diagram_that_cannot_run_is_refused_and_nothing_of_it_stays(folder: Path) -> None:
    bpmn = folder / "SC-001" / "process.bpmn"
    bpmn.write_text(bpmn.read_text().replace('hq:deadline="P3D"', 'hq:deadlin="P3D"', 1))
    before = Version.objects.count()
    with pytest.raises(Refused) as refused:
        load_handbook(SYSTEM, folder)
    assert any("deadline" in finding.text("en") for finding in refused.value.findings)
    assert Version.objects.count() == before


def test_a_form_that_makes_no_sense_is_refused(folder: Path) -> None:
    form = folder / "SC-001" / "forms" / "plan.json"
    said = json.loads(form.read_text())
    said["sections"][0]["fields"][0]["type"] = "telepathy"
    form.write_text(json.dumps(said, ensure_ascii=False))
    with pytest.raises(FormRefused):
        load_handbook(SYSTEM, folder)


def test_only_an_administrator_loads_processes(folder: Path) -> None:
    with pytest.raises(Forbidden):
        load_handbook(actor("marketing_manager"), folder)
