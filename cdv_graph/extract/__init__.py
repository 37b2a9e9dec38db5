"""Readers of layouts: what a program can read of a document by itself, as rows with their lines."""

from cdv_graph.extract.annexes import read_annexes
from cdv_graph.extract.column_tables import read_column_tables
from cdv_graph.extract.compare import Comparison, Difference, compare
from cdv_graph.extract.cross_reading import chapters_of, read_articles, read_challenges
from cdv_graph.extract.layouts import LAYOUTS, extract
from cdv_graph.extract.model import Extract, Unread
from cdv_graph.extract.objectives_table import read_objectives
from cdv_graph.extract.sheet_pages import read_sheet_pages
from cdv_graph.extract.sheet_table import read_sheet_table
from cdv_graph.extract.theme_lists import read_acronyms, read_dispositifs, read_partners, theme_lists

__all__ = [
    "LAYOUTS",
    "Comparison",
    "Difference",
    "Extract",
    "Unread",
    "chapters_of",
    "compare",
    "extract",
    "read_acronyms",
    "read_annexes",
    "read_articles",
    "read_challenges",
    "read_column_tables",
    "read_dispositifs",
    "read_objectives",
    "read_partners",
    "read_sheet_pages",
    "read_sheet_table",
    "theme_lists",
]
