"""Customers and products as lists and as forms look them up."""

from huiqian.forms.rules import Register
from huiqian.marketing.models import Customer, Product


def customer_register() -> Register:
    """All customers by their code, in the order of the alphabet. 1 query."""
    return _register(Customer)


def product_register() -> Register:
    """All products by their code, by category. 1 query."""
    return _register(Product)


def _register(kind: type[Customer] | type[Product]) -> Register:
    rows = list(kind._default_manager.values_list("code", "name", "closed_at"))
    return Register(
        open={code: name for code, name, closed in rows if closed is None},
        closed={code: name for code, name, closed in rows if closed is not None},
    )
