"""Customers: added, changed, closed, deleted."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden
from huiqian.marketing.access import customer_for_change, lock_register, rights_of
from huiqian.marketing.effects import check_not_quoted, note, save_customer_card
from huiqian.marketing.events import CustomerClosed, CustomerDeleted, CustomerReopened
from huiqian.marketing.models import Customer, SalesLine
from huiqian.marketing.rules import CustomerCard


@command
def save_customer(actor: Actor, card: CustomerCard, *, code: str = "") -> Customer:
    """Add a customer, or change the one with this code. Key account managers add and change their own.

    Refusals: NotFound, Forbidden; Invalid for a code or name that is taken or cannot be, by field.
    """
    rights = rights_of(actor)
    if code:
        customer = customer_for_change(actor, code)
        fact = save_customer_card(rights, card, customer)
    else:
        if not rights.adds_customers:
            raise Forbidden(_("Customers are added by the key accounts department and the marketing manager."))
        lock_register("customers")
        fact = save_customer_card(rights, card, None)
    if fact:
        note(actor, "customers", fact)
    return Customer.objects.get(code=fact.code if fact else code)


@command
def close_customer(actor: Actor, code: str) -> None:
    """Let a customer no longer be chosen; what quotes it stays as it is. NotFound, Forbidden."""
    customer = customer_for_change(actor, code)
    if customer.active:
        customer.closed_at = clock.now()
        customer.save(update_fields=["closed_at"])
        note(actor, "customers", CustomerClosed(code=code, name=customer.name))


@command
def reopen_customer(actor: Actor, code: str) -> None:
    """Let a closed customer be chosen again. NotFound, Forbidden."""
    customer = customer_for_change(actor, code)
    if not customer.active:
        customer.closed_at = None
        customer.save(update_fields=["closed_at"])
        note(actor, "customers", CustomerReopened(code=code, name=customer.name))


@command
def delete_customer(actor: Actor, code: str) -> None:
    """Delete a customer that was entered by mistake. NotFound, Forbidden; Quoted where anything names it."""
    customer = customer_for_change(actor, code)
    check_not_quoted(code, [SalesLine], customer_id=customer.pk)
    note(actor, "customers", CustomerDeleted(code=code, name=customer.name))
    customer.delete()
