"""Pure decisions of the registers: who may do what, what a good entry is, what a sheet says."""

from huiqian.marketing.rules.cards import (
    CustomerCard,
    MoveCard,
    ProductCard,
    StockCard,
    check_customer,
    check_move,
    check_product,
    check_stock_item,
    read_amount,
)
from huiqian.marketing.rules.rights import RIGHTS, may

__all__ = [
    "RIGHTS",
    "CustomerCard",
    "MoveCard",
    "ProductCard",
    "StockCard",
    "check_customer",
    "check_move",
    "check_product",
    "check_stock_item",
    "may",
    "read_amount",
]
