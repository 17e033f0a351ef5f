"""Who may do what with the registers: one table. Administrators may do everything; everybody who is signed in reads."""

from collections.abc import Collection, Mapping

CUSTOMERS, OWN_CUSTOMERS = "customers", "own customers"
PRODUCTS, INNER_PRICES = "products", "inner prices"
ACTUALS, OWN_ACTUALS = "actuals", "own actuals"
PRICE_LISTS = "price lists"
STOCK = "stock"
EVENT_TEMPLATES = "event templates"

RIGHTS: Mapping[str, frozenset[str]] = {
    # Add, change, close, delete and import customers; change who looks after them.
    CUSTOMERS: frozenset({"key_account_director", "marketing_manager"}),
    # The same for the customers one looks after oneself; not: give them away, import.
    OWN_CUSTOMERS: frozenset({"key_account_manager"}),
    # Add, change, close, delete and import products.
    PRODUCTS: frozenset({"product_marketing_director", "marketing_manager"}),
    # See costs and floor prices.
    INNER_PRICES: frozenset({
        "finance_manager", "general_manager", "product_marketing_director", "marketing_manager", "key_account_director",
    }),
    # Report what was sold and paid, for every key account manager.
    ACTUALS: frozenset({"key_account_director"}),
    # Report it for one's own lines.
    OWN_ACTUALS: frozenset({"key_account_manager"}),
    # Enter a price list that was approved outside of SC-005 (the one in force when the system is set up).
    PRICE_LISTS: frozenset(),
    # Add and change items of the stock, put in and take out.
    STOCK: frozenset({"administrative_assistant"}),
    # Retire event templates, and let them be used again.
    EVENT_TEMPLATES: frozenset({"marketing_manager", "product_marketing_director"}),
}  # fmt: skip


def may(right: str, positions: Collection[str], admin: bool = False) -> bool:
    """Whether somebody with these positions has a right."""
    return admin or not RIGHTS[right].isdisjoint(positions)
