"""The example of a question, written for the command line, as parameters."""

from __future__ import annotations

import itertools
import shlex

from cdv_graph.questions import Question

__all__ = ["example"]


def example(asked: Question) -> dict[str, str]:
    """The parameters of the example in the header of a question.

    Example:
        >>> from cdv_graph.questions import question
        >>> example(question("articulations"))
        {'contract': 'clermont-2024', 'theme': 'sante'}
        >>> example(question("search"))
        {'text': 'contrat local de santé'}
    """
    words = shlex.split(asked.example)
    known = {parameter.name for parameter in asked.parameters}
    named = {word[2:].replace("-", "_"): value for word, value in itertools.pairwise(words) if word[:2] == "--"}
    given = {name: value for name, value in named.items() if name in known}
    free = [one.name for one in asked.parameters if one.required and one.name not in given]
    if free:  # `cdv-graph search TEXT`, `cdv-graph evidence NODE`
        given[free[0]] = words[2]
    return given
