"""The questions by subject, as pages show them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from cdv_graph.questions import Question, question
from cdv_graph.resources import parsed
from cdv_graph.server.html import WEB

__all__ = ["Subject", "subjects"]


@dataclass(frozen=True)
class Subject:
    """Questions of one subject.

    Attributes:
        title: by language.
        questions: in the order to show.
    """

    title: Mapping[str, str]
    questions: tuple[Question, ...]


@functools.cache
def subjects() -> tuple[Subject, ...]:
    """All subjects, in the order to show.

    Example:
        >>> subjects()[0].questions[0].name
        'contracts'
    """
    told = parsed(WEB.joinpath("subjects.yaml").read_text("utf-8"))
    return tuple(Subject(one["title"], tuple(map(question, one["questions"]))) for one in told)
