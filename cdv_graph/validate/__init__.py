"""Checks: the graph by SHACL (rules with their texts, two engines), an ontology by SPARQL; reports as objects."""

from cdv_graph.validate.locate import Place
from cdv_graph.validate.ontology import OntologyFault, OntologyReport, check_ontology
from cdv_graph.validate.report import Problem, Report
from cdv_graph.validate.rules import PROFILES, Rule, Text, rules
from cdv_graph.validate.run import ENGINES, revalidate, validate

__all__ = [
    "ENGINES",
    "PROFILES",
    "OntologyFault",
    "OntologyReport",
    "Place",
    "Problem",
    "Report",
    "Rule",
    "Text",
    "check_ontology",
    "revalidate",
    "rules",
    "validate",
]
