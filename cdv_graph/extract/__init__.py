"""Readers of layouts: what a program can read of a document by itself, as rows with their lines."""

from cdv_graph.extract.annexes import read_annexes
from cdv_graph.extract.objectives_table import read_objectives

__all__ = ["read_annexes", "read_objectives"]
