"""Readers of layouts: what a program can read of a document by itself, as rows with their lines."""

from cdv_graph.extract.annexes import read_annexes
from cdv_graph.extract.compare import Comparison, Difference, compare
from cdv_graph.extract.layouts import LAYOUTS, extract
from cdv_graph.extract.model import Extract, Unread
from cdv_graph.extract.objectives_table import read_objectives
from cdv_graph.extract.sheet_pages import read_sheet_pages
from cdv_graph.extract.sheet_table import read_sheet_table

__all__ = [
    "LAYOUTS",
    "Comparison",
    "Difference",
    "Extract",
    "Unread",
    "compare",
    "extract",
    "read_annexes",
    "read_objectives",
    "read_sheet_pages",
    "read_sheet_table",
]
