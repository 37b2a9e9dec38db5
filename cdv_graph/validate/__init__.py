"""SHACL validation: pySHACL over an Oxigraph store, its report as objects."""

from cdv_graph.validate.report import Problem, Report
from cdv_graph.validate.run import validate

__all__ = ["Problem", "Report", "validate"]
