"""Answers put together as documents that people read: the cross-reading, recomputed."""

from cdv_graph.report.cross_reading import cross_reading
from cdv_graph.report.document import document
from cdv_graph.report.lines import CrossReading, Line
from cdv_graph.report.write import DOCUMENT_FORMATS, write_document

__all__ = ["DOCUMENT_FORMATS", "CrossReading", "Line", "cross_reading", "document", "write_document"]
