"""Servers on the command line: `push`, `pull`, and questions asked of an address."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from standin import Reply, StandIn

from cdv_graph.build import build, publish
from cdv_graph.cli.main import main
from cdv_graph.store import EmbeddedStore, read_rdf

SECRET = "s3cr3t-word"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = build(documents=["clermont-2024"])
    place = tmp_path_factory.mktemp("graph") / "graph.nq"
    publish(store, place)
    return place


@pytest.fixture
def small(tmp_path: Path) -> Path:
    place = tmp_path / "small.nq"
    place.write_text('<urn:a> <urn:b> "é" <urn:g> .\n<urn:a> <urn:b> <urn:c> <urn:h> .\n', "utf-8")
    return place


def run(capfd: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main([str(word) for word in words])
    told = capfd.readouterr()
    return int(stop.value.code or 0), told.out, told.err


def test_push_then_pull_gives_the_same_bytes(
    server: StandIn, file: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(
        capfd, "push", "--endpoint", server.sparql, "--graph-store", server.data, "--graph", file, "-f", "json"
    )
    assert code == 0
    assert {row["done"] for row in json.loads(out)} == {"replaced"}
    code, *_ = run(capfd, "pull", "--endpoint", server.sparql, "--graph-store", server.data, "-o", tmp_path / "back.nq")
    assert code == 0
    assert (tmp_path / "back.nq").read_bytes() == file.read_bytes()


def test_a_question_is_asked_of_an_address(server: StandIn, file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    server.store.bulk_extend(read_rdf(file).quads())
    asked = ("query", "signatories", "--contract", "Clermont", "-f", "json")
    here, there = (run(capfd, *asked, "--graph", place) for place in (file, server.sparql))
    assert here == there
    assert len(json.loads(here[1])) > 10


def test_pull_into_a_folder_and_of_one_graph(
    server: StandIn, small: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(capfd, "push", "--endpoint", server.sparql, "--graph", small)
    assert run(capfd, "pull", "--endpoint", server.sparql, "-o", tmp_path / "store")[0] == 0
    assert EmbeddedStore.open(tmp_path / "store").nquads() == read_rdf(small).nquads()
    assert run(capfd, "pull", "--endpoint", server.sparql, "--named-graph", "urn:h", "-o", tmp_path / "h.ttl")[0] == 0
    assert len(read_rdf(tmp_path / "h.ttl")) == 1


def test_a_dry_run_writes_nothing(server: StandIn, small: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "push", "--dry-run", "--endpoint", server.sparql, "--graph", small, "-f", "json")
    assert code == 0
    assert [(row["graph"], row["missing"], row["done"]) for row in json.loads(out)] == [
        ("urn:g", 1, "differs"),
        ("urn:h", 1, "differs"),
    ]
    assert len(server.store) == 0
    assert not any(call.query.get("update") for call in server.calls)


def test_what_a_server_keeps_otherwise_is_told(server: StandIn, small: Path, capfd: pytest.CaptureFixture[str]) -> None:
    truth = server.true

    def forgetful(call: object) -> Reply:
        reply = truth(call)  # type: ignore[arg-type]
        for quad in server.store.quads_for_pattern(None, None, ox.Literal("é"), None):
            server.store.remove(quad)
        return reply

    server.true = forgetful  # type: ignore[method-assign, assignment]
    code, out, _ = run(
        capfd, "push", "--endpoint", server.sparql, "--graph-store", server.data, "--graph", small, "-f", "json"
    )
    assert code == 1
    assert [(row["missing"], row["done"]) for row in json.loads(out)] == [(1, "differs"), (0, "replaced")]


@pytest.mark.parametrize(
    "words, told",
    [
        (("query", "contracts", "--graph", f"http://me:{SECRET}@127.0.0.1/"), "CDV_ENDPOINT_PASSWORD"),
        (("push", "--endpoint", "nowhere"), "http://"),
        (("pull", "--endpoint", "http://127.0.0.1:9/", "-o", "out.csv"), "out.csv"),
        (("pull", "--endpoint", "http://127.0.0.1:9/"), "--output"),
    ],
)
def test_what_is_at_fault_is_told(words: tuple[str, ...], told: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capfd, *words)
    assert code == 2
    assert told in err
    assert SECRET not in err


def test_an_empty_server_gives_nothing_to_write(
    server: StandIn, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capfd, "pull", "--endpoint", server.sparql, "-o", tmp_path / "out.nq")
    assert code == 2
    assert server.sparql in err
    assert not (tmp_path / "out.nq").exists()
