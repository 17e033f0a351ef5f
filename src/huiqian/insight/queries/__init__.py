"""What the pages of the whole department ask."""

from huiqian.insight.queries.calendar import KINDS, Bar, CalendarEntry, Day, Week, calendar_entries, weeks_of
from huiqian.insight.queries.duties import Duties, Duty, RaciTable, all_duties, duties, raci
from huiqian.insight.queries.figures import Board, Bottleneck, Waiting, board, bottleneck
from huiqian.insight.queries.handbook import Handbook, handbook
from huiqian.insight.queries.overview import Overview, ProcessFigures, overview

__all__ = [
    "KINDS", "Bar", "Board", "Bottleneck", "CalendarEntry", "Day", "Duties", "Duty", "Handbook",
    "Overview", "ProcessFigures", "RaciTable", "Waiting", "Week",
    "all_duties", "board",
    "bottleneck", "calendar_entries", "duties", "handbook",
    "overview", "raci", "weeks_of",
]  # fmt: skip
