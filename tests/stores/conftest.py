"""Servers that the tests of stores start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from standin import StandIn
from virtuoso import Virtuoso, running


@pytest.fixture
def server() -> Iterator[StandIn]:
    made = StandIn()
    yield made
    made.close()


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    with running(tmp_path_factory.mktemp("virtuoso")) as found:
        yield found


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CDV_ENDPOINT_USER", raising=False)
    monkeypatch.delenv("CDV_ENDPOINT_PASSWORD", raising=False)
