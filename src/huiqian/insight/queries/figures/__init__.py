"""The management board (管理看板): how long cases take, what is on time, where they wait, and on whom."""

from huiqian.insight.queries.figures.board import Board, board
from huiqian.insight.queries.figures.waiting import Bottleneck, Waiting, bottleneck

__all__ = ["Board", "Bottleneck", "Waiting", "board", "bottleneck"]
