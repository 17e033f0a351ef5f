"""What the pages of the whole department ask."""

from huiqian.insight.queries.duties import Duties, Duty, RaciTable, all_duties, duties, raci
from huiqian.insight.queries.overview import Overview, ProcessFigures, overview

__all__ = ["Duties", "Duty", "Overview", "ProcessFigures", "RaciTable", "all_duties", "duties", "overview", "raci"]
