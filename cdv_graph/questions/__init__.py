"""The registry of questions: one `.rq` file each, and a function where SPARQL cannot say it all."""

from cdv_graph.questions.registry import Question, names, network_kinds, network_query, question
from cdv_graph.questions.run import ask, explain, network_rows

__all__ = ["Question", "ask", "explain", "names", "network_kinds", "network_query", "network_rows", "question"]
