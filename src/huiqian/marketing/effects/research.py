"""What market research has found of prices, for whoever prices products."""

from huiqian.documents.models import Document, Version
from huiqian.process.members import Readable

REPORT, TABLE = "report", "competitor_prices"


def researched_prices(case: Readable) -> list[dict[str, object]]:
    """For expressions: competitors' prices of the latest approved research report that has any (a document `report` in
    force with a table `competitor_prices`): {competitor, product, price, source}; the source names the report. 1 query.
    """
    found = (
        Version.objects.filter(document__key=REPORT, document__status=Document.Status.IN_FORCE)
        .filter(**{f"values__{TABLE}__0__has_key": "product"})
        .order_by("-document__archived_at", "-number", "-pk")
        .values_list("values", "document__number")
        .first()
    )
    if found is None:
        return []
    values, number = found
    return [
        {
            "competitor": row.get("competitor"), "product": row.get("product"), "price": row.get("price"),
            "source": f"{number} {row.get('source') or ''}".strip(),
        }
        for row in values[TABLE]
        if row.get("price") is not None
    ]  # fmt: skip
