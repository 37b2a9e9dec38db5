"""The gallery shows what its commands draw today, and every kind there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from gallery import commands, draw

from cdv_graph.cli.diagram import command

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("words", commands(), ids=lambda words: words[1])
def test_the_picture_is_what_its_command_draws(words: list[str], tmp_path: Path) -> None:
    drawn = tmp_path / "drawn.svg"
    draw(words, drawn)
    assert drawn.read_bytes() == (ROOT / words[-1]).read_bytes(), "run python docs/gallery.py"


def test_every_kind_is_shown() -> None:
    assert {words[1] for words in commands()} == set(command.commands)  # type: ignore[attr-defined]
    page = (ROOT / "docs" / "gallery.md").read_text("utf-8")
    assert all(f"]({words[-1].removeprefix('docs/')})" in page for words in commands())
