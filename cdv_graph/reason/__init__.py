"""What follows from the graph: entailments that are materialised, OWL 2 DL and consistency checked, Python objects."""

from cdv_graph.reason.dl import DLFault, dl_faults
from cdv_graph.reason.hermit import Consistency, check_consistency
from cdv_graph.reason.owlready import world
from cdv_graph.reason.rules import infer, rules

__all__ = ["Consistency", "DLFault", "check_consistency", "dl_faults", "infer", "rules", "world"]
