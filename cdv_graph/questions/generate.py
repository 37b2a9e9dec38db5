"""Writes `helpers.py`: one typed method per question, from the headers of the queries.

Run `python -m cdv_graph.questions.generate` after a change of a header; a test compares the file with the headers.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from cdv_graph.questions.registry import Question, names, question

__all__ = ["helpers"]

_HEAD = '''"""One method per question, generated from the headers of `queries/*.rq` by `generate.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Questions"]


class Questions(ABC):
    """Every named question as a method that returns a `pandas.DataFrame`."""

    @abstractmethod
    def query(self, name: str, **parameters: object) -> pd.DataFrame:
        """The answer to a named question."""
'''


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(text, 108, initial_indent=indent, subsequent_indent=indent)


def _call(before: str, arguments: list[str], after: str) -> list[str]:
    """A call or a signature on one line, or one line per argument where it is long."""
    if len(line := f"{before}({', '.join(arguments)}){after}") <= 110:
        return [line]
    indent = " " * (len(before) - len(before.lstrip()))
    return [
        f"{before}(",
        *(f"{indent}    {argument}," if argument != "*" else f"{indent}    *," for argument in arguments),
        f"{indent}){after}",
    ]


def _method(asked: Question) -> str:
    required = [parameter for parameter in asked.parameters if parameter.required]
    optional = [parameter for parameter in asked.parameters if not parameter.required]
    arguments = ["self", *(f"{p.name}: str" for p in required)]
    if optional:
        arguments += ["*", *(f'{p.name}: str = "{p.default}"' for p in optional)]
    lines = [
        *_call(f"    def {asked.name.replace('-', '_')}", arguments, " -> pd.DataFrame:"),
        f'        """{asked.title["en"]} (« {asked.title["fr"]} »).',
        "",
        _wrapped(asked.description["en"], " " * 8),
        "",
    ]
    if asked.parameters:
        lines += ["        Args:"]
        lines += [f"            {p.name}: {p.description.get('en', '')}." for p in asked.parameters]
        lines += [""]
    lines += ["        Returns:", _wrapped("Columns " + ", ".join(asked.columns) + ".", " " * 12), ""]
    lines += [
        "        Raises:",
        "            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.",
    ]
    lines += ["", "        On the command line::", "", f"            {asked.example}", '        """']
    given = [f'"{asked.name}"', *(f"{p.name}={p.name}" for p in asked.parameters)]
    lines += _call("        return self.query", given, "")
    return "\n".join(lines) + "\n"


def helpers() -> str:
    """The text of `helpers.py` that the headers ask for."""
    return _HEAD + "".join("\n" + _method(question(name)) for name in names())


if __name__ == "__main__":
    Path(__file__).with_name("helpers.py").write_text(helpers(), "utf-8", newline="\n")
