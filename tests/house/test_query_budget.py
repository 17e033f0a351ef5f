"""How many SQL queries each page costs, compared with the figures in git; `make budget` rewrites them."""

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiqian.base import clock
from huiqian.marketing.commands import put_into_stock, save_stock_item
from huiqian.marketing.models import EventLog
from huiqian.marketing.rules import MoveCard, StockCard
from huiqian.org.models import Person
from huiqian.proofing.tests.scene import file_of, in_review, pin
from huiqian.surveys.models import Survey
from tests.events import bare_template, photo, propose, write_entry
from tests.people import actor, approve_up_to_signing, start
from tests.sales import hand_all_in, open_month
from tests.surveys.scene import survey_of_research
from tests.versions import submitted

BUDGET = Path(__file__).parent / "query_budget.json"
pytestmark = pytest.mark.usefixtures("company")

PAGES = {
    "task centre: to do": ("product_marketing_director", "/tasks"),
    "task centre: done": ("product_marketing_director", "/tasks?tab=done"),
    "task centre: started by me": ("marketing_manager", "/tasks?tab=started"),
    "task centre: copied to me": ("marketing_manager", "/tasks?tab=copied"),
    "calendar": ("general_manager", "/calendar"),
    "search": ("marketing_manager", "/search?q=SC-001"),
    "drafts": ("marketing_manager", "/drafts"),
    "start: choose": ("marketing_manager", "/cases/new"),
    "start: form and route": ("marketing_manager", "/processes/SC-001/start"),
    "case: form": ("product_marketing_director", "/cases/{case}"),
    "case: form while signing": ("technical_director", "/cases/{signing}"),
    "case: form with proofs": ("technical_director", "/cases/{leaflet}"),
    "proofing": ("technical_director", "/cases/{leaflet}/proofs/{file}"),
    "case: diagram": ("product_marketing_director", "/cases/{case}?tab=diagram"),
    "case: documents": ("product_marketing_director", "/cases/{case}?tab=documents"),
    "case: discussion": ("product_marketing_director", "/cases/{case}?tab=discussion"),
    "case: plans merged": ("key_account_director", "/cases/{plans}/plans?by=lines"),
    "archive": ("marketing_manager", "/documents"),
    "document": ("marketing_manager", "/documents/{case}-01"),
    "processes": ("marketing_manager", "/processes"),
    "process": ("marketing_manager", "/processes/SC-001"),
    "process: a version in review": ("general_manager", "/processes/SC-001/versions/2"),
    "process: a new version": ("marketing_manager", "/processes/SC-001/versions/new"),
    "task centre: with a joint review": ("general_manager", "/tasks"),
    "overview": ("general_manager", "/overview"),
    "management board": ("general_manager", "/figures"),
    "event log": ("general_manager", "/figures/event-log"),
    "handbook": ("general_manager", "/handbook"),
    "duties": ("general_manager", "/duties"),
    "position's duties": ("general_manager", "/duties/marketing_manager"),
    "case: chain": ("product_marketing_director", "/cases/{case}/chain"),
    "organisation": ("marketing_manager", "/organisation"),
    "position": ("admin", "/organisation/positions/product_marketing_director"),
    "groups of positions": ("marketing_manager", "/organisation/groups"),
    "people": ("marketing_manager", "/people"),
    "person": ("marketing_manager", "/people/general_manager"),
    "outward notices": ("admin", "/outward"),
    "words in advertising": ("admin", "/claims"),
    "decision tables": ("admin", "/decisions"),
    "schedules": ("admin", "/schedules"),
    "schedule": ("admin", "/schedules/SC-001"),
    "incidents": ("admin", "/incidents"),
    "decision table": ("admin", "/processes/SC-001/decisions/general_manager_opinion"),
    "customers": ("marketing_manager", "/customers"),
    "customer": ("marketing_manager", "/customers/C-001"),
    "products": ("marketing_manager", "/products"),
    "product": ("marketing_manager", "/products/HX-350"),
    "price lists": ("marketing_manager", "/price-lists"),
    "price list": ("marketing_manager", "/price-lists/PL-2026-001"),
    "sales plan of a month": ("marketing_manager", "/sales-plans/2026-12"),
    "production plan of a year": ("marketing_manager", "/production-plans"),
    "stock": ("marketing_manager", "/stock"),
    "stock item": ("administrative_assistant", "/stock/S-001"),
    "event templates": ("marketing_manager", "/event-templates"),
    "event template": ("marketing_manager", "/event-templates/ET-001"),
    "case: form with an event's log": ("marketing_manager", "/cases/{event}"),
    "account": ("marketing_manager", "/account"),
    "case: with a survey": ("marketing_manager", "/cases/{research}"),
    "survey: link and settings": ("marketing_manager", "/surveys/{survey}"),
    "survey: builder": ("marketing_manager", "/surveys/{survey}/questions"),
    "survey: preview": ("marketing_manager", "/surveys/{survey}/preview"),
    "survey: results": ("marketing_manager", "/surveys/{survey}/results"),
    "survey: answered from outside": ("marketing_manager", "/s/{link}"),
}


def measured() -> dict[str, int]:
    """The queries of every page, once everything that is kept in memory is there."""
    signing = start()
    approve_up_to_signing(signing)
    leaflets = save_stock_item(actor("administrative_assistant"), StockCard(code="S-001", name="产品彩页", unit="份"))
    for place in ("库房", "展厅"):
        put_into_stock(actor("administrative_assistant"), leaflets.code, MoveCard(place=place, quantity="10"))
    submitted()
    plans = open_month()
    hand_all_in(plans)
    survey, open_one = survey_of_research(), survey_of_research()
    Survey.objects.filter(pk=open_one.pk).update(opened_at=open_one.created_at)
    event = propose()
    bare_template(f"{signing}-01")
    EventLog.objects.filter(case__number=event).update(opened_at=clock.now())
    for _n in range(3):
        write_entry(event, "marketing_manager", photos=(photo("marketing_manager"),))
    design = in_review()
    for words in ("图不清楚", "换新版标识"):
        pin(design, text=words)
    numbers = {
        "leaflet": design, "file": str(file_of(design)),
        "event": event, "case": start(), "signing": signing, "plans": plans, "research": survey.case.number,
        "survey": str(survey.pk), "link": open_one.token,
    }  # fmt: skip
    return {name: _queries(login, address.format(**numbers)) for name, (login, address) in PAGES.items()}


def _queries(login: str, address: str) -> int:
    client = Client()
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_pages_keep_to_their_query_budget() -> None:
    found = measured()
    if os.environ.get("HUIQIAN_WRITE_BUDGET") == "1":
        BUDGET.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert found == json.loads(BUDGET.read_text(encoding="utf-8"))
