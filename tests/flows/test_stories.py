"""The demo company's stories, told to their ends: what `make demo` tells is what the processes must bear."""

from collections import Counter
from datetime import datetime

import pytest
from django.db.models import F

from huiqian.base.clock import COMPANY_ZONE
from huiqian.config.stories import Story, tell, training
from huiqian.config.stories.history import tell_history
from huiqian.documents.models import Document
from huiqian.journal.queries import verify
from huiqian.marketing.models import EventEntry, EventTemplate, PriceList, ProductionLine, SalesLine, StockLevel
from huiqian.org.models import Deputy, Holding
from huiqian.process.chain import chain
from huiqian.process.models import Handover, Incident, Instance, ScheduleRun, Version
from huiqian.surveys.models import Survey
from huiqian.work.models import Assignment, Task
from tests.people import actor

pytestmark = pytest.mark.usefixtures("company")
BEGINS = datetime(2026, 9, 1, 9, 5, tzinfo=COMPANY_ZONE)


def told(*stories: Story) -> None:
    """Tell stories from one moment on."""
    tell(BEGINS, [(BEGINS, story) for story in stories])


def test_people_are_trained() -> None:
    told(training.given("安装班组培训"), training.refused("旧款机型复训"), training.under_way("新员工培训"))
    cases = Instance.objects.filter(version__definition__code="SC-008").order_by("pk")
    assert {case.title: case.status for case in cases} == {
        "安装班组培训": "completed", "旧款机型复训": "terminated", "新员工培训": "running",
    }  # fmt: skip
    whole = cases.get(title="安装班组培训")
    assert (whole.data["total_rate"], whole.data["survey_returned"]) == ("91.7", "5")
    assert list(verify()) == []


def test_four_months_of_the_company() -> None:
    assert tell_history() == Instance.objects.count() == tell_history(), "told once"
    assert not Incident.objects.exists()
    assert list(verify()) == []
    cases = Counter(Instance.objects.values_list("version__definition__code", "status"))
    assert cases["SC-001", "completed"] >= 3
    assert {cases["SC-001", "withdrawn"], cases["SC-008", "terminated"]} == {1}
    a_customer_s_words_went_all_the_way()
    sales_were_planned_by_the_schedule()
    prices_changed()
    a_leaflet_was_printed()
    an_event_went_round()
    somebody_was_replaced()
    a_version_was_reviewed()
    assert not Instance.objects.filter(started_at__lt=F("version__effective_from")).exists(), "older than its version"
    late = Assignment.objects.filter(status="open", task__status="open", task__due_at__isnull=False)
    assert late.exists(), "something waits for somebody"
    assert not Task.objects.filter(instance__status="completed", status="open").exists()


def a_version_was_reviewed() -> None:
    """SC-001's second version was agreed to by five and cases run by it; SC-003's waits for three."""
    second = Version.objects.get(definition__code="SC-001", number=2)
    assert (second.status, second.reviews.get().opinions.filter(agrees=True).count()) == ("in_effect", 5)
    assert second.instances.exists()
    assert Version.objects.get(definition__code="SC-001", number=1).instances.exists()
    under_way = Version.objects.get(definition__code="SC-003", status="in_review")
    assert under_way.reviews.get().opinions.filter(agrees=True).count() == 2


def a_customer_s_words_went_all_the_way() -> None:
    """From 云栖置业's feedback to the plans that sell the quieter machine."""
    heard = Instance.objects.get(title="精装房卧室夜间噪声偏大")
    columns = chain(actor("product_marketing_director"), heard.number).columns
    walked = [{one.process_code for one in column} for column in columns]
    assert [code in step for code, step in zip(("SC-009", "SC-001", "SC-002", "SC-003"), walked, strict=False)] == (
        [True] * 4
    )
    research = Instance.objects.get(version__definition__code="SC-002", title__contains=heard.title)
    survey = Survey.objects.get(case=research)
    assert (research.status, survey.answers.count(), survey.state) == ("completed", 34, "closed")
    assert Handover.objects.filter(process="SC-004", taken_by__isnull=False).exists()
    versions = dict(Document.objects.filter(dossier=research.pk).values_list("key", "version_count"))
    assert versions["collection@key_account_manager_3"] == 2, "a sheet that came back"


def sales_were_planned_by_the_schedule() -> None:
    """Every 26th a month began; what is over was reported line by line and adds up."""
    runs = ScheduleRun.objects.filter(schedule__definition__code="SC-004").order_by("occurrence")
    assert len(runs) >= 3
    assert all(run.case for run in runs)
    months = [run.case for run in runs if run.case and run.case.status == "completed"]
    assert len(months) >= 2
    assert any(Document.objects.filter(dossier__instance__in=months, key__startswith="sales_plan@", version_count=2))
    first = runs[0].case
    assert first is not None
    lines = SalesLine.objects.filter(
        month__year=first.data["plan_month"][:4], month__month=first.data["plan_month"][5:]
    )
    assert sum(line.amount for line in lines) == sum(line.quantity * line.price for line in lines) > 500_000
    assert not lines.filter(actual_quantity=None).exists()
    made = ProductionLine.objects.filter(month=lines[0].month)
    assert sum(line.sold for line in made) == sum(line.quantity for line in lines)
    after = Instance.objects.filter(received_from__source=first, version__definition__code="SC-009")
    assert (after.count(), set(after.values_list("status", flat=True))) == (5, {"completed"})


def prices_changed() -> None:
    """A rival's cut became a list of its own, after the one before it; the plans since then use it."""
    changed = Instance.objects.get(
        version__definition__code="SC-005", received_from__source__title__contains="清风环境"
    )
    assert changed.status == "completed"
    made = PriceList.objects.get(number=changed.data["price_list"])
    assert made.predecessor is not None
    line = made.lines.get(product__code="HX-350")
    sold = SalesLine.objects.filter(product__code="HX-350", customer__code="C-001")
    assert {one.price == line.dealer_price for one in sold.order_by("month")} == {False, True}


def a_leaflet_was_printed() -> None:
    """Drawn twice, since 技术总监 wanted the test's conditions; 1,980 of 2,000 lie in stock."""
    leaflet = Instance.objects.get(version__definition__code="SC-006", title__contains="XF-350")
    assert leaflet.status == "completed"
    assert Document.objects.get(dossier=leaflet.pk, key="draft").version_count == 2
    assert StockLevel.objects.get(item__name=leaflet.title).quantity == 1980


def an_event_went_round() -> None:
    """The special one in 苏州 had a second hall approved while it ran; its template began one in four cities each."""
    first = Instance.objects.get(title__contains="技术交流会", version__definition__code="SC-007", data__city="苏州")
    assert (first.status, first.data["attendance"]) == ("completed", "126")
    plan = Document.objects.get(dossier=first.pk, key="plan")
    assert plan.version_count == 3
    template = EventTemplate.objects.get(case_number=first.number)
    cities = Instance.objects.filter(data__template=template.code).values_list("data__city", flat=True)
    assert set(cities) == {"南京", "武汉", "天津", "广州"}
    assert EventEntry.objects.filter(log__case=first.pk).count() == 4


def somebody_was_replaced() -> None:
    """马超群 left, 罗晨 holds the position and keeps what was open; 李强 had a deputy for a week."""
    assert Holding.objects.get(person__login="key_account_manager_4").until is not None
    left = Assignment.objects.filter(person__login="key_account_manager_4", status="open", task__status="open")
    assert not left.exists()
    assert SalesLine.objects.filter(manager__login="key_account_manager_6").exists()
    assert Deputy.objects.filter(person__login="product_marketing_director").exists()
