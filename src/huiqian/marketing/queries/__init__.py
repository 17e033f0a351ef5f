"""What pages, programs and forms ask of the registers."""

from huiqian.marketing.queries.entries import customer_register, product_register

__all__ = ["customer_register", "product_register"]
