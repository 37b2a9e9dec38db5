"""Reviewed tables: their declared schema, reading and writing them, and every fault of a table told at once.

A table is a CSV (or XLSX) file described by a CSVW document in `data/schema/`: columns, types, which are
required, which scheme or table a code comes from. Rows are plain text cells until `populate` turns them
into triples; this room knows nothing of RDF but the codes of the vocabularies.
"""

from cdv_graph.tables.check import check
from cdv_graph.tables.dataset import Dataset, read_dataset
from cdv_graph.tables.files import Row, read_table, write_table
from cdv_graph.tables.schema import Column, Schema, schemas
from cdv_graph.tables.vocabularies import labels

__all__ = [
    "Column",
    "Dataset",
    "Row",
    "Schema",
    "check",
    "labels",
    "read_dataset",
    "read_table",
    "schemas",
    "write_table",
]
