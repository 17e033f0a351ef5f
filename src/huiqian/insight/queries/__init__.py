"""What the pages of the whole department ask."""

from huiqian.insight.queries.duties import Duties, Duty, RaciTable, all_duties, duties, raci
from huiqian.insight.queries.handbook import Handbook, handbook
from huiqian.insight.queries.overview import Overview, ProcessFigures, overview

__all__ = [
    "Duties", "Duty", "Handbook", "Overview", "ProcessFigures", "RaciTable", "all_duties", "duties", "handbook",
    "overview", "raci",
]  # fmt: skip
