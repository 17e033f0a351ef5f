"""Verbs of the registers, one kind of thing a file."""

from huiqian.marketing.commands.customers import close_customer, delete_customer, reopen_customer, save_customer
from huiqian.marketing.commands.prices import enter_price_list
from huiqian.marketing.commands.products import close_product, delete_product, reopen_product, save_product

__all__ = [
    "close_customer",
    "close_product",
    "delete_customer",
    "delete_product",
    "enter_price_list",
    "reopen_customer",
    "reopen_product",
    "save_customer",
    "save_product",
]
