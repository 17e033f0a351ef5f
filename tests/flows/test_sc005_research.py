"""SC-005 reads competitors' prices from SC-002: the request begins with those of the latest approved report."""

import pytest
from django.test import Client

from huiqian.documents.models import Document
from huiqian.org.models import Person
from huiqian.process.models import Instance
from huiqian.work.commands import start_case
from tests.loop import finish_research, research
from tests.people import actor

pytestmark = pytest.mark.usefixtures("company")
ASKED = {"product": "HX-350", "request_kind": "change", "reason": "竞争对手同档机型下调，需重新定价。"}


def start_form() -> str:
    """What 王丽 sees when she begins a pricing."""
    client = Client(headers={"Accept-Language": "zh-hans"})
    someone = Person.objects.get(login="marketing_manager")
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/processes/SC-005/start").text


def test_a_request_begins_with_the_prices_of_the_approved_report() -> None:
    assert "competitor_prices.1." not in start_form()
    number = research(content=["competitors"])
    finish_research(number)
    report = Document.objects.get(dossier__instance__number=number, key="report")
    assert report.status == "in_force"
    html = start_form()
    assert 'name="competitor_prices.0.price"' in html
    assert report.number in html
    asked = Instance.objects.get(number=start_case(actor("marketing_manager"), "SC-005", ASKED).number)
    rows = asked.data["competitor_prices"]
    assert rows
    assert all(row["source"].startswith(report.number) for row in rows)
    assert {row["price"] for row in rows} == {"5201.00", "5202.00"}


def test_who_deletes_the_rows_keeps_them_deleted() -> None:
    finish_research(research(content=["competitors"]))
    number = start_case(actor("marketing_manager"), "SC-005", {**ASKED, "competitor_prices": []}).number
    assert Instance.objects.get(number=number).data.get("competitor_prices") is None
