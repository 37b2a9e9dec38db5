"""SHACL validation: rules with their texts, two engines behind one function, the report as objects."""

from cdv_graph.validate.locate import Place
from cdv_graph.validate.report import Problem, Report
from cdv_graph.validate.rules import PROFILES, Rule, Text, rules
from cdv_graph.validate.run import ENGINES, revalidate, validate

__all__ = ["ENGINES", "PROFILES", "Place", "Problem", "Report", "Rule", "Text", "revalidate", "rules", "validate"]
