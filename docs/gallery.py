"""Draws the pictures of `gallery.md`, each by the command that stands below it.

Run `python docs/gallery.py` from the root after a change of data or of how things are drawn; a test compares.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from cdv_graph.cli.main import cli

HERE = Path(__file__).parent


def commands() -> list[list[str]]:
    """The words of every command of the page, from `diagram` on."""
    found = re.findall(r"^cdv-graph (diagram .*)$", (HERE / "gallery.md").read_text("utf-8"), re.M)
    return [shlex.split(line) for line in found]


def draw(words: list[str], output: Path) -> None:
    """The picture of a command, in another place."""
    cli.main([*words[: words.index("-o")], "-o", str(output)], prog_name="cdv-graph", standalone_mode=False)


if __name__ == "__main__":
    for words in commands():
        draw(words, HERE.parent / words[-1])
