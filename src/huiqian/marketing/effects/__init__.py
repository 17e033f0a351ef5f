"""What the registers do inside somebody's transaction: for commands, and when a case's service step asks."""

from huiqian.marketing.effects.actuals import last_month_amounts, production_year, register_actuals
from huiqian.marketing.effects.entries import (
    Quoted,
    check_not_quoted,
    note,
    save_customer_card,
    save_product_card,
    save_stock_card,
)
from huiqian.marketing.effects.happenings import (
    begin_event,
    close_event_log,
    enclose_report,
    event_log,
    event_photos,
    open_event_log,
    register_event_template,
    require_event_template,
    template_content,
)
from huiqian.marketing.effects.plans import (
    merged_plans,
    missing_planners,
    plan_lines,
    planned_amounts,
    planned_quantities,
)
from huiqian.marketing.effects.prices import (
    announce_prices,
    customer_names,
    find_errors,
    floor_prices,
    list_prices,
    product_names,
    publish_price_list,
    require_price_list,
    rows_of,
    write_price_list,
)
from huiqian.marketing.effects.research import researched_prices
from huiqian.marketing.effects.ripple import changes_of, quotes_of, quoting_cases
from huiqian.marketing.effects.sales import (
    add_to_production_year,
    register_sales_plan,
    require_open_month,
)
from huiqian.marketing.effects.stock import move_stock, take_into_stock

__all__ = [
    "Quoted",
    "add_to_production_year",
    "announce_prices",
    "begin_event",
    "changes_of",
    "check_not_quoted",
    "close_event_log",
    "customer_names",
    "enclose_report",
    "event_log",
    "event_photos",
    "find_errors",
    "floor_prices",
    "last_month_amounts",
    "list_prices",
    "merged_plans",
    "missing_planners",
    "move_stock",
    "note",
    "open_event_log",
    "plan_lines",
    "planned_amounts",
    "planned_quantities",
    "product_names",
    "production_year",
    "publish_price_list",
    "quotes_of",
    "quoting_cases",
    "register_actuals",
    "register_event_template",
    "register_sales_plan",
    "require_event_template",
    "require_open_month",
    "require_price_list",
    "researched_prices",
    "rows_of",
    "save_customer_card",
    "save_product_card",
    "save_stock_card",
    "take_into_stock",
    "template_content",
    "write_price_list",
]
