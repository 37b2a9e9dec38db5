"""Official codes of the authority against the public lists that they come from (`CDV_OPENDATA`)."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from cdv_graph.resources import folder
from cdv_graph.tables import read_dataset

DATASET = read_dataset(folder("data"))


@pytest.fixture(scope="module")
def lists() -> Path:
    named = os.environ.get("CDV_OPENDATA")
    if not named:
        pytest.skip("needs the public lists: set CDV_OPENDATA to their folder")
    return Path(named)


def test_the_lists_are_the_ones_that_were_read(lists: Path) -> None:
    for row in DATASET.sources:
        if row["kind"] == "list":
            assert hashlib.sha256((lists / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["slug"]


def test_the_documents_are_the_ones_that_were_read(corpus: Path) -> None:
    for row in DATASET.sources:
        if row["kind"] == "document":
            content = (corpus / row["file"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == row["sha256"]
            assert content.count(b"\n") == int(row["line_count"])


def test_contract_codes(lists: Path) -> None:
    features = json.loads((lists / "anct_contrats_de_ville_2024.json").read_text("utf-8"))["features"]
    known = {feature["properties"]["code_cv"] for feature in features}
    codes = {row["code"] for row in DATASET.authority["contracts"] if row["source"] == "anct-contrats-2024"}
    assert codes and codes <= known


def test_neighbourhood_codes_lie_in_their_commune(lists: Path) -> None:
    features = json.loads((lists / "anct_qpv_2024_centroids.geojson").read_text("utf-8"))["features"]
    communes = {feature["properties"]["code_qp"]: feature["properties"]["insee_com"] for feature in features}
    places = {row["slug"]: row for row in DATASET.authority["places"]}
    checked = 0
    for row in places.values():
        if row["source"] == "anct-qpv-2024":
            assert communes[row["qpv_code"]] == places[row["within"]]["insee"]
            checked += 1
    assert checked


def test_commune_and_epci_codes(lists: Path) -> None:
    epci = json.loads((lists / "epci.json").read_text("utf-8"))
    names = {entry["code"]: entry["nom"] for entry in epci}
    communes = {member["siren"]: member["code"] for entry in epci for member in entry["membres"]}
    for row in DATASET.authority["places"]:
        if row["source"] == "epci" and row["kind"] == "epci":
            assert row["siren"] in names, row["slug"]
        elif row["source"] == "epci":
            assert communes[row["siren"]] == row["insee"], row["slug"]


def test_departement_and_region_codes(lists: Path) -> None:
    for kind in ("departement", "region"):
        entries = json.loads((lists / f"{kind}s.json").read_text("utf-8"))
        known = {entry["code"]: entry["nom"] for entry in entries}
        for row in DATASET.authority["places"]:
            if row["kind"] == kind:
                assert known[row["insee"]] == row["label"]
