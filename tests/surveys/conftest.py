"""A survey whose questions can still be changed, and one that takes answers."""

from pathlib import Path

import pytest

from huiqian.surveys.models import Survey
from tests.surveys.scene import begin, load_process, open_it


@pytest.fixture
def survey(company: None, tmp_path: Path) -> Survey:
    """A case's survey at the step that builds it."""
    load_process(tmp_path)
    return begin()


@pytest.fixture
def running(survey: Survey) -> Survey:
    """The same, opened."""
    return open_it(survey)
