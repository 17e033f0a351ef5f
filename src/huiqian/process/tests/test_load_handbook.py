"""The handbook's files come into the database once; what was changed in the browser stays."""

import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Forbidden, NotFound
from huiqian.engine import Refused
from huiqian.forms.rules import FormRefused
from huiqian.journal.queries import verify
from huiqian.process.commands import load_handbook, submit_version
from huiqian.process.models import DecisionVersion, Review, Version
from huiqian.process.queries import standings
from huiqian.process.reviews import coming_versions, version_view, versions
from huiqian.process.start import version_to_start
from tests.people import actor
from tests.versions import agree

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


def _new_process(folder: Path) -> None:
    """Somebody copies a folder of a process that nobody knows beside the others."""
    new = Path(shutil.copytree(folder / "SC-009", folder / "SC-010"))
    for name in ("process.json", "process.bpmn"):
        file = new / name
        file.write_text(file.read_text().replace("SC-009", "SC-010"))


def test_a_process_that_is_new_after_the_installation_is_a_draft_too(folder: Path) -> None:
    _new_process(folder)
    assert load_handbook(SYSTEM, folder) == ["SC-010"]
    assert load_handbook(SYSTEM, folder) == []
    version = Version.objects.select_related("definition").get(definition__code="SC-010")
    assert (version.status, version.effective_from) == ("draft", None)
    with pytest.raises(NotFound):
        version_to_start(actor("key_account_manager_1"), "SC-010")
    submit_version(actor("admin"), "SC-010", version.number, note="新流程。")
    assert agree(version).status == "in_effect"
    assert list(verify()) == []


def test_a_new_process_is_found_by_those_who_prepare_it_and_by_nobody_else(folder: Path) -> None:
    _new_process(folder)
    load_handbook(SYSTEM, folder)
    told = {login: [one.code for one in coming_versions(actor(login))] for login in ("admin", "general_manager")}
    assert told == {"admin": ["SC-010"], "general_manager": []}
    with pytest.raises(NotFound):
        versions(actor("finance_manager"), "SC-010")
    assert "SC-010" not in {one.code for one in standings()}
    view = version_view(actor("admin"), "SC-010", 1)
    assert view.differences is None
    assert view.steps


def test_the_database_lets_no_new_process_in_by_itself(folder: Path) -> None:
    _new_process(folder)
    load_handbook(SYSTEM, folder)
    draft = Version.objects.filter(definition__code="SC-010")
    with pytest.raises(IntegrityError, match="joint review"), transaction.atomic():
        draft.update(status="in_effect", effective_from=clock.now())
    copy = draft.get()
    copy.pk, copy.number, copy.status, copy.effective_from = None, 2, "in_effect", clock.now()
    with pytest.raises(IntegrityError, match="first installation"), transaction.atomic():
        copy.save(force_insert=True)


def test_a_review_that_asked_nobody_brings_nothing_into_effect(folder: Path) -> None:
    _new_process(folder)
    load_handbook(SYSTEM, folder)
    version, now = Version.objects.get(definition__code="SC-010"), clock.now()
    Review.objects.create(
        version=version, round=1, note="", submitter_id=actor("admin").person, submitted_at=now, due_at=now,
        outcome="agreed", ended_at=now,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="joint review"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(status="in_effect", effective_from=now)


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
