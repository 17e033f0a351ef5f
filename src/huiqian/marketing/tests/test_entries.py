"""Customers and products: who adds, changes, closes and deletes them, and what is refused."""

import pytest
from django.db import IntegrityError, transaction

from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.journal.models import Entry
from huiqian.marketing.commands import (
    close_customer,
    close_product,
    delete_customer,
    delete_product,
    reopen_customer,
    reopen_product,
    save_customer,
    save_product,
)
from huiqian.marketing.effects import Quoted
from huiqian.marketing.models import Customer, Product
from huiqian.marketing.queries import customer_register, product_register
from huiqian.marketing.rules import CustomerCard, ProductCard
from tests.people import actor, start

pytestmark = pytest.mark.usefixtures("company")
CARD = CustomerCard(name="宁波海曙暖通有限公司", kind="dealer", region="华东", phone="0574-5550 1020")


def test_a_customer_is_added_with_the_next_code_and_found_in_pinyin_order() -> None:
    made = save_customer(actor("key_account_director"), CARD)
    assert (made.code, made.sort_key[:6], made.owner) == ("C-013", "ningbo", None)
    assert customer_register().open["C-013"] == CARD.name
    fact = Entry.objects.filter(kind="customer_saved").latest("id")
    assert (fact.detail["code"], fact.detail["changes"], fact.actor_id) == (
        "C-013",
        {},
        actor("key_account_director").id,
    )


def test_a_key_account_manager_keeps_only_their_own() -> None:
    manager = actor("key_account_manager_1")
    made = save_customer(manager, CustomerCard(name="自己的客户", owner="key_account_manager_2"))
    assert made.owner_id == manager.id
    assert save_customer(manager, CustomerCard(name="自己的客户（苏州）"), code=made.code).name == "自己的客户（苏州）"
    with pytest.raises(Forbidden):
        save_customer(manager, CustomerCard(name="改别人的"), code="C-012")
    with pytest.raises(Forbidden):
        save_customer(actor("finance_manager"), CARD)
    with pytest.raises(NotFound):
        save_customer(manager, CARD, code="C-999")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"), ({"name": "南京清风暖通设备有限公司"}, "name"), ({"code": "C-001"}, "code"),
        ({"code": "客户1"}, "code"), ({"kind": "friend"}, "kind"), ({"phone": "call me"}, "phone"),
        ({"email": "nobody"}, "email"), ({"owner": "finance_manager"}, "owner"), ({"region": "东" * 51}, "region"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_card_is_told_at_its_field(changes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        save_customer(actor("marketing_manager"), CustomerCard(**{"name": "新客户", **changes}))
    assert list(refused.value.errors) == [field]
    assert Customer.objects.count() == 12


def test_saving_without_a_change_leaves_no_fact() -> None:
    director = actor("product_marketing_director")
    before = Entry.objects.count()
    card = ProductCard(name="初效滤网 G4", spec="通用", unit="套", category="滤芯", cost="18.00")
    save_product(director, card, code="LX-G4")
    assert Entry.objects.count() == before
    assert (
        save_product(director, ProductCard(name="初效滤网 G4", unit="套", cost="19.5"), code="LX-G4").cost is not None
    )
    assert Entry.objects.latest("id").detail["changes"]["cost"] == ["18.00", "19.50"]


@pytest.mark.parametrize("cost", ["-1", "一百", "1.234"])
def test_a_cost_is_an_amount(cost: str) -> None:
    with pytest.raises(Invalid) as refused:
        save_product(actor("marketing_manager"), ProductCard(name="新品", unit="台", cost=cost))
    assert list(refused.value.errors) == ["cost"]
    with pytest.raises(Forbidden):
        save_product(actor("key_account_manager_1"), ProductCard(name="新品", unit="台"))


def test_what_is_closed_is_read_but_not_chosen() -> None:
    close_customer(actor("key_account_manager_1"), "C-001")
    close_product(actor("marketing_manager"), "HX-150")
    assert "C-001" not in customer_register().open
    assert "C-001" in customer_register().closed
    assert "HX-150" in product_register().closed
    reopen_customer(actor("admin"), "C-001")
    reopen_product(actor("marketing_manager"), "HX-150")
    assert (customer_register().closed, product_register().closed) == ({}, {})


def test_what_is_quoted_cannot_be_deleted_and_says_where() -> None:
    with pytest.raises(Quoted):
        delete_product(actor("marketing_manager"), "HX-150")
    number = start(topic="C-002")
    with pytest.raises(Quoted, match=number):
        delete_customer(actor("key_account_manager_1"), "C-002")
    delete_customer(actor("key_account_manager_1"), "C-001")
    delete_product(actor("admin"), save_product(actor("admin"), ProductCard(name="误录", unit="台")).code)
    assert Customer.objects.filter(code__in=["C-001", "C-002"]).get().code == "C-002"
    assert set(Entry.objects.order_by("-id").values_list("kind", flat=True)[:3]) >= {"product_deleted", "product_saved"}


def test_the_database_itself_keeps_codes_plain() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.filter(code="C-003").update(code="x/1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(code="HX-150").update(name="")
