"""A month of sales plans: sums in tabs, lines in pages, actuals typed or sent; a wrong cell changes nothing."""

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiqian.base import clock
from huiqian.marketing.models import Customer, Product, SalesLine
from huiqian.org.models import Person
from tests.sales import MANAGERS, OPENING, approve, open_month, up_to_the_general_manager

MONTH, ADDRESS = date(2026, 12, 1), "/sales-plans/2026-12"


def client_of(login: str) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def december(company: None) -> Iterator[None]:
    """December is signed; the first manager has 130 lines in it."""
    with clock.moved_to(OPENING):
        number = open_month()
        up_to_the_general_manager(number)
        approve(number)
        first, product = Person.objects.get(login=MANAGERS[0]), Product.objects.get(code="HX-500")
        more = [
            Customer(code=f"D-{n:03d}", name=f"客户 {n:03d}", sort_key=f"kehu{n:03d}", kind="other", created_at=OPENING)
            for n in range(129)
        ]
        SalesLine.objects.bulk_create(
            SalesLine(month=MONTH, manager=first, customer=one, product=product, quantity=1, price=10, amount=10,
                      case_number=number)
            for one in Customer.objects.bulk_create(more)
        )  # fmt: skip
        yield


@pytest.mark.usefixtures("december")
def test_sums_stand_in_tabs_and_lines_in_pages() -> None:
    client = client_of(MANAGERS[0])
    page = client.get(ADDRESS)
    assert page.text.count("?by=lines&amp;manager=") == 5
    assert "完成率" in page.text
    assert client.get(f"{ADDRESS}?by=customers").text.count("<tr>") == 1 + 50
    assert client.get(f"{ADDRESS}?by=customers&page=3").text.count("<tr>") == 1 + 34
    lines = client.get(f"{ADDRESS}?by=lines&manager={MANAGERS[0]}&page=2")
    assert lines.text.count('id="line-') == 50 + 1, "fifty lines and the filter"
    assert client.get(f"{ADDRESS}?by=lines&manager={MANAGERS[1]}").text.count('id="line-') == 1 + 1


@pytest.mark.usefixtures("december")
def test_actuals_are_typed_on_the_page_and_a_wrong_one_changes_nothing() -> None:
    client, line = client_of(MANAGERS[1]), SalesLine.objects.get(manager__login=MANAGERS[1])
    typed = {
        f"{line.pk}.actual_quantity": "18",
        f"{line.pk}.actual_amount": "九万",
        "by": "lines",
        "manager": MANAGERS[1],
    }
    refused = client.post(f"{ADDRESS}/actuals", typed)
    assert refused.status_code == 422
    assert "九万" in refused.text
    assert f'id="error-{line.pk}.actual_amount"' in refused.text
    line.refresh_from_db()
    assert line.actual_quantity is None
    saved = client.post(f"{ADDRESS}/actuals", {**typed, f"{line.pk}.actual_amount": "95,040"})
    assert (saved.status_code, saved.headers["Location"]) == (303, f"{ADDRESS}?by=lines&manager={MANAGERS[1]}")
    line.refresh_from_db()
    assert (line.actual_quantity, line.actual_amount) == (18, Decimal(95040))


@pytest.mark.usefixtures("december")
def test_the_sheet_goes_out_is_filled_in_and_comes_back() -> None:
    client = client_of("key_account_director")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{ADDRESS}/sheet").content))
    sheet = book.active
    assert sheet is not None
    heads = [str(cell.value).rstrip("*") for cell in sheet[1]]
    sold, wrong = heads.index("实际金额") + 1, sheet.max_row
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, sold, 100)
    sheet.cell(wrong, sold, "一百")
    refused = client.post(f"{ADDRESS}/actuals", {"sheet": "1", "file": sent(book)})
    assert refused.status_code == 422
    assert f"{openpyxl.utils.get_column_letter(sold)}{wrong}" in refused.text
    assert not SalesLine.objects.filter(actual_amount__isnull=False).exists(), "nothing half imported"
    sheet.cell(wrong, sold, 100)
    assert client.post(f"{ADDRESS}/actuals", {"sheet": "1", "file": sent(book)}).status_code == 303
    assert SalesLine.objects.filter(actual_amount=100).count() == 134


def sent(book: openpyxl.Workbook) -> SimpleUploadedFile:
    """A workbook as a browser sends it."""
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("实绩.xlsx", out.getvalue())
