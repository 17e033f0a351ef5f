"""What pages, programs and forms ask of the registers."""

from huiqian.marketing.queries.entries import (
    actuals_sheet,
    categories,
    customer_register,
    customers,
    customers_sheet,
    product_register,
    products,
    products_sheet,
)
from huiqian.marketing.queries.prices import price_history, price_list, price_lists, prices_on
from huiqian.marketing.queries.sales import (
    YearRow,
    merged_month,
    month_totals,
    planned_months,
    production_month,
    production_year,
    production_years,
    registered_lines,
    sales_lines,
    signed_month,
)

__all__ = [
    "YearRow",
    "actuals_sheet",
    "categories",
    "customer_register",
    "customers",
    "customers_sheet",
    "merged_month",
    "month_totals",
    "planned_months",
    "price_history",
    "price_list",
    "price_lists",
    "prices_on",
    "product_register",
    "production_month",
    "production_year",
    "production_years",
    "products",
    "products_sheet",
    "registered_lines",
    "sales_lines",
    "signed_month",
]
