"""Price lists that were approved outside of the pricing process."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid
from huiqian.marketing.access import check_may, lock_register
from huiqian.marketing.effects import find_errors, write_price_list
from huiqian.marketing.models import PriceList
from huiqian.marketing.rules.prices import PriceRow
from huiqian.marketing.rules.rights import PRICE_LISTS


@command
def enter_price_list(actor: Actor, rows: Sequence[PriceRow], *, title: str, effective_from: date) -> PriceList:
    """Enter the prices that were in force before the system was: an administrator's, for the first list.

    Refusals: Forbidden; Invalid, by cell, for prices under their floor and for a product that has a price from the
    same day on.
    """
    check_may(actor, PRICE_LISTS)
    lock_register("price lists")
    errors = find_errors(rows, effective_from)
    if not title.strip():
        errors["title"] = [_("Enter the name.")]
    if errors:
        raise Invalid(errors)
    return write_price_list(actor, rows, effective_from, title=" ".join(title.split()), author=(actor.id, actor.name))
