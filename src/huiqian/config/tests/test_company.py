"""What an installation begins with is brought to one that began with less; what administrators changed stays."""

import pytest

from huiqian.config import company
from huiqian.org.commands import save_group
from huiqian.org.models import PositionGroup
from huiqian.org.queries import group, roster
from tests.people import actor
from tests.versions import REVIEWERS

pytestmark = pytest.mark.usefixtures("company")


def test_an_older_installation_gets_the_group_that_reviews_processes() -> None:
    changed = ["finance_manager", "technical_director"]
    save_group(actor("admin"), "department_managers", name_zh="各部门经理", positions=changed)
    PositionGroup.objects.filter(code="process_reviewers").delete()
    # What a page of the same second saw is old: the organisation is read anew by its next change.
    save_group(actor("admin"), "others", name_zh="其他", positions=changed)
    assert "process_reviewers" not in roster().groups
    company.load()
    assert group("process_reviewers").positions == REVIEWERS
    assert list(group("department_managers").positions) == changed
