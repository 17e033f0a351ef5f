"""Price lists: what is in force today, and every list that ever was."""

from datetime import date

from django.db.models import Count, QuerySet

from huiqian.base.actors import Actor
from huiqian.marketing.access import price_list_for, visible_price_lists
from huiqian.marketing.models import PriceLine, PriceList


def price_lists(actor: Actor) -> QuerySet[PriceList]:
    """All price lists, the newest first, with how many products each has. 1 query."""
    return visible_price_lists(actor).annotate(products=Count("lines")).order_by("-effective_from", "-id")


def price_list(actor: Actor, number: str) -> tuple[PriceList, list[PriceLine]]:
    """A price list and its lines. 2 queries; NotFound otherwise."""
    found = price_list_for(actor, number)
    return found, list(found.lines.select_related("product"))


def prices_on(day: date) -> QuerySet[PriceLine]:
    """What every product costs on a day. 1 query."""
    return PriceLine.objects.on(day).select_related("product", "price_list")


def price_history(product: int) -> QuerySet[PriceLine]:
    """All prices of a product, the newest first. 1 query."""
    return PriceLine.objects.filter(product_id=product).select_related("price_list").order_by("-since")
