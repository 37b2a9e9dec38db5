"""The documentation says what is: pages made from headers and schemas, examples that parse and run."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from cdv_graph.cli.main import COMMANDS
from cdv_graph.namespaces import prologue
from cdv_graph.questions import names
from cdv_graph.store import EmbeddedStore

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "README.en.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCKS = [
    pytest.param(language, text, id=f"{page.name}-{number}")
    for page in PAGES
    for number, (language, text) in enumerate(re.findall(r"```(\w+)\n(.*?)```", page.read_text("utf-8"), re.S))
]


def _generator():  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", list(_generator().PAGES))
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == _generator().PAGES[name]()


@pytest.mark.parametrize(("language", "text"), BLOCKS)
def test_examples_are_right(language: str, text: str, store: EmbeddedStore) -> None:
    if language == "turtle":
        triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
        held = {quad.triple for quad in store.quads()}
        for example in sorted((ROOT / "examples").glob("*.ttl")):
            held |= {quad.triple for quad in ox.parse(path=str(example), format=ox.RdfFormat.TURTLE)}
        assert triples and set(triples) <= held
    elif language == "sparql":
        assert store.query(prologue() + text).rows
    elif language == "sh":
        for command, word in re.findall(r"cdv-graph ([\w-]+)(?: ([a-z][a-z-]*))?", text):
            assert command in COMMANDS
            assert command != "query" or not word or word in names()


def test_the_readme_gives_exactly_two_set_up_commands() -> None:
    for page in PAGES[:2]:
        first = re.search(r"^## .*?```sh\n(.*?)```", page.read_text("utf-8"), re.S | re.M)
        assert first
        assert [line.split("#")[0].strip() for line in first[1].splitlines()] == ["make demo", "make test"]


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), (page.name, target)
