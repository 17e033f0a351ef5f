"""People come and go: a key account manager changes, a department manager is away for a week."""

from collections.abc import Iterator
from datetime import timedelta

from huiqian.base import clock
from huiqian.config.demo import CUSTOMERS, PASSWORD
from huiqian.config.stories.telling import Pause, Story, Teller
from huiqian.marketing.commands import save_customer
from huiqian.marketing.rules import CustomerCard
from huiqian.org.commands import add_person, appoint_deputy, assign_position, end_holding
from huiqian.org.models import Holding
from huiqian.work.commands import hand_over_task
from huiqian.work.models import Assignment

ADMIN, LEAVING, COMING = "admin", "key_account_manager_4", "key_account_manager_6"


def replaced() -> Story:
    """马超群 goes to the company's new subsidiary; 罗晨 takes over the position, the open work and the customers."""

    def story(teller: Teller) -> Iterator[Pause]:
        admin, today = teller.who(ADMIN), clock.today()
        add_person(admin, COMING, "罗晨", password=PASSWORD)
        assign_position(admin, "key_account_manager", COMING, since=today, replace=False)
        yield Pause(3)
        holding = Holding.objects.get(person__login=LEAVING, position__code="key_account_manager")
        end_holding(admin, holding.pk, until=clock.today() + timedelta(days=1))
        open_now = Assignment.objects.filter(person__login=LEAVING, status="open", task__status="open")
        for share in open_now.order_by("pk"):
            hand_over_task(teller.who(LEAVING), share.pk, COMING, reason="调任子公司，工作移交罗晨。")
        for code, name, kind, region, address, contact, phone, owner in CUSTOMERS:
            if f"key_account_manager_{owner}" == LEAVING:
                card = CustomerCard(
                    code=code, name=name, kind=kind, region=region, address=address, contact=contact, phone=phone,
                    owner=COMING, note="原由马超群负责，已移交。",
                )  # fmt: skip
                save_customer(admin, card, code=code)

    return story


def away() -> Story:
    """李强 is away for a week: 孙洁 decides for him meanwhile."""

    def story(teller: Teller) -> Iterator[Pause]:
        today = clock.today()
        until = today + timedelta(days=6)
        appoint_deputy(
            teller.who("product_marketing_director"), "product_marketing_director", "key_account_director",
            since=today, until=until, reason="年休假",
        )  # fmt: skip
        yield Pause(0)

    return story
