"""What pages, programs and forms ask of the registers."""

from huiqian.marketing.queries.entries import customer_register, product_register
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
    "customer_register",
    "merged_month",
    "month_totals",
    "planned_months",
    "product_register",
    "production_month",
    "production_year",
    "production_years",
    "registered_lines",
    "sales_lines",
    "signed_month",
]
