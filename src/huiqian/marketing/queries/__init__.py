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
from huiqian.marketing.queries.merging import MergedCase, PlannedLine, merged_case, merged_sheet, own_month
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
from huiqian.marketing.queries.stock import (
    moves_sheet,
    stock,
    stock_levels,
    stock_moves,
    stock_places,
    stock_register,
    stock_sheet,
)

__all__ = [
    "MergedCase",
    "PlannedLine",
    "YearRow",
    "actuals_sheet",
    "categories",
    "customer_register",
    "customers",
    "customers_sheet",
    "merged_case",
    "merged_month",
    "merged_sheet",
    "month_totals",
<<<<<<< HEAD
    "moves_sheet",
=======
    "own_month",
>>>>>>> b69fac5 (marketing: all plans of a month in one table beside last month's, sorted and searched; last month beside one's own plan; long tables stay quick)
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
    "stock",
    "stock_levels",
    "stock_moves",
    "stock_places",
    "stock_register",
    "stock_sheet",
]
