"""Products: added, changed, closed, deleted."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.marketing.access import check_may, lock_register, product_for_change, rights_of
from huiqian.marketing.effects import check_not_quoted, note, save_product_card
from huiqian.marketing.events import ProductClosed, ProductDeleted, ProductReopened
from huiqian.marketing.models import PriceLine, Product, ProductionLine, SalesLine
from huiqian.marketing.rules import ProductCard
from huiqian.marketing.rules.rights import PRODUCTS


@command
def save_product(actor: Actor, card: ProductCard, *, code: str = "") -> Product:
    """Add a product, or change the one with this code. The cost is kept in yuan.

    Refusals: NotFound, Forbidden; Invalid for a code or name that is taken or cannot be, by field.
    """
    rights = rights_of(actor)
    if code:
        fact = save_product_card(rights, card, product_for_change(actor, code))
    else:
        check_may(actor, PRODUCTS)
        lock_register("products")
        fact = save_product_card(rights, card, None)
    if fact:
        note(actor, "products", fact)
    return Product.objects.get(code=fact.code if fact else code)


@command
def close_product(actor: Actor, code: str) -> None:
    """Let a product no longer be chosen; its prices and what quotes it stay. NotFound, Forbidden."""
    product = product_for_change(actor, code)
    if product.active:
        product.closed_at = clock.now()
        product.save(update_fields=["closed_at"])
        note(actor, "products", ProductClosed(code=code, name=product.name))


@command
def reopen_product(actor: Actor, code: str) -> None:
    """Let a closed product be chosen again. NotFound, Forbidden."""
    product = product_for_change(actor, code)
    if not product.active:
        product.closed_at = None
        product.save(update_fields=["closed_at"])
        note(actor, "products", ProductReopened(code=code, name=product.name))


@command
def delete_product(actor: Actor, code: str) -> None:
    """Delete a product that was entered by mistake. NotFound, Forbidden; Quoted where anything names it."""
    product = product_for_change(actor, code)
    check_not_quoted(code, [SalesLine, PriceLine, ProductionLine], product_id=product.pk)
    note(actor, "products", ProductDeleted(code=code, name=product.name))
    product.delete()
