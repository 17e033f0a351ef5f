"""What the pages of the whole department ask."""

from huiqian.insight.queries.duties import Duties, Duty, RaciTable, all_duties, duties, raci
from huiqian.insight.queries.figures import Board, Bottleneck, Waiting, board, bottleneck
from huiqian.insight.queries.handbook import Handbook, handbook
from huiqian.insight.queries.overview import Overview, ProcessFigures, overview

__all__ = [
    "Board", "Bottleneck", "Duties", "Duty", "Handbook", "Overview", "ProcessFigures", "RaciTable", "Waiting",
    "all_duties", "board",
    "bottleneck", "duties", "handbook",
    "overview", "raci",
]  # fmt: skip
