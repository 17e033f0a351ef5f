"""Pure decisions of the registers: who may do what, what a good entry is, what a sheet says."""

from huiqian.marketing.rules.cards import CustomerCard, ProductCard, check_customer, check_product, read_amount
from huiqian.marketing.rules.rights import RIGHTS, may

__all__ = ["RIGHTS", "CustomerCard", "ProductCard", "check_customer", "check_product", "may", "read_amount"]
