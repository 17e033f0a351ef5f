"""Verbs of the registers, one kind of thing a file."""

from huiqian.marketing.commands.actuals import import_actuals, report_actuals
from huiqian.marketing.commands.customers import close_customer, delete_customer, reopen_customer, save_customer
from huiqian.marketing.commands.imports import (
    Imported,
    card_of_customer,
    card_of_product,
    import_customers,
    import_products,
)
from huiqian.marketing.commands.prices import enter_price_list
from huiqian.marketing.commands.products import close_product, delete_product, reopen_product, save_product

__all__ = [
    "Imported",
    "card_of_customer",
    "card_of_product",
    "close_customer",
    "close_product",
    "delete_customer",
    "delete_product",
    "enter_price_list",
    "import_actuals",
    "import_customers",
    "import_products",
    "reopen_customer",
    "reopen_product",
    "report_actuals",
    "save_customer",
    "save_product",
]
