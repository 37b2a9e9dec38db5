"""Fixtures of all tests, those in docstrings included."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cdv_graph
from cdv_graph.build import load_store
from cdv_graph.graph import Graph
from cdv_graph.resources import folder
from cdv_graph.store import EmbeddedStore

# what has examples that need an extra, or Java
collect_ignore = []
if not importlib.util.find_spec("owlready2"):
    collect_ignore += ["cdv_graph/reason/owlready.py"]
if collect_ignore or not shutil.which("java"):
    collect_ignore += ["cdv_graph/reason/hermit.py", "docs/reasoning.md"]

_CACHE = tempfile.mkdtemp(prefix="cdv-graph-tests-")
os.environ["CDV_CACHE"] = _CACHE
os.environ["COLUMNS"] = "200"  # tables are not cut to the width of a terminal, whoever runs the tests


def pytest_unconfigure() -> None:
    shutil.rmtree(_CACHE, ignore_errors=True)


@pytest.fixture(scope="session")
def store() -> EmbeddedStore:
    """The shipped graph. Tests that change a graph make their own."""
    return load_store()


@pytest.fixture(scope="session")
def graph(store: EmbeddedStore) -> Graph:
    return Graph(store)


@pytest.fixture(autouse=True)
def _examples(doctest_namespace: dict[str, Any]) -> None:
    """Examples in docstrings open the shipped graph with `load()`."""
    doctest_namespace["load"] = cdv_graph.load


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A copy of the shipped tables, to be damaged."""
    place = tmp_path / "data"
    shutil.copytree(folder("data"), place, ignore=shutil.ignore_patterns("schema"))
    yield place


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the source documents (`CDV_CORPUS`)."""
    named = os.environ.get("CDV_CORPUS")
    if not named:
        pytest.skip("needs the source documents: set CDV_CORPUS to their folder")
    return Path(named)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser for the pages."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
    if found is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    flags = (
        "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
        "--no-first-run"
    )
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=flags.split())
        yield browser
        browser.close()
