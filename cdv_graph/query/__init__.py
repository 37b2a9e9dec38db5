"""Runs SPARQL with bound parameters and returns rows: plain values that frames, files and pictures are made of."""

from cdv_graph.query.resolve import Parameter, resolve
from cdv_graph.query.result import Cell, Result, value_of
from cdv_graph.query.select import select
from cdv_graph.query.write import NOTED, RESULT_FORMATS, write_result
from cdv_graph.store.bind import bind

__all__ = [
    "NOTED",
    "RESULT_FORMATS",
    "Cell",
    "Parameter",
    "Result",
    "bind",
    "resolve",
    "select",
    "value_of",
    "write_result",
]
