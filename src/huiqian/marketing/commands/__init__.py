"""Verbs of the registers, one kind of thing a file."""

from huiqian.marketing.commands.actuals import import_actuals, report_actuals
from huiqian.marketing.commands.customers import close_customer, delete_customer, reopen_customer, save_customer
from huiqian.marketing.commands.happenings import (
    LogClosed,
    Retired,
    add_event_entry,
    close_event_template,
    reopen_event_template,
    start_events,
)
from huiqian.marketing.commands.imports import (
    Imported,
    card_of_customer,
    card_of_product,
    import_customers,
    import_products,
)
from huiqian.marketing.commands.prices import enter_price_list
from huiqian.marketing.commands.products import close_product, delete_product, reopen_product, save_product
from huiqian.marketing.commands.ripple import ask_to_recheck, settle_ripple, void_ripple
from huiqian.marketing.commands.stock import (
    close_stock_item,
    delete_stock_item,
    put_into_stock,
    reopen_stock_item,
    save_stock_item,
    take_from_stock,
)

__all__ = [
    "Imported",
    "LogClosed",
    "Retired",
    "add_event_entry",
    "ask_to_recheck",
    "card_of_customer",
    "card_of_product",
    "close_customer",
    "close_event_template",
    "close_product",
    "close_stock_item",
    "delete_customer",
    "delete_product",
    "delete_stock_item",
    "enter_price_list",
    "import_actuals",
    "import_customers",
    "import_products",
    "put_into_stock",
    "reopen_customer",
    "reopen_event_template",
    "reopen_product",
    "reopen_stock_item",
    "report_actuals",
    "save_customer",
    "save_product",
    "save_stock_item",
    "settle_ripple",
    "start_events",
    "take_from_stock",
    "void_ripple",
]
