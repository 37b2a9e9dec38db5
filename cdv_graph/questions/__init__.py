"""The registry of questions: one `.rq` file each, and a function where SPARQL cannot say it all."""

from cdv_graph.questions.registry import Question, names, question
from cdv_graph.questions.run import ask, explain

__all__ = ["Question", "ask", "explain", "names", "question"]
