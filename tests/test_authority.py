"""Official codes of the authority against the public lists that they come from (`CDV_OPENDATA`)."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from pathlib import Path

import pytest

from cdv_graph.namespaces import fold
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
            last_line_is_open = not content.endswith(b"\n")
            assert content.count(b"\n") + last_line_is_open == int(row["line_count"])


@pytest.mark.parametrize("year", ["2015", "2024"])
def test_contract_codes(lists: Path, year: str) -> None:
    features = json.loads((lists / f"anct_contrats_de_ville_{year}.json").read_text("utf-8"))["features"]
    known = {feature["properties"]["code_cv"] for feature in features}
    codes = {row["code"] for row in DATASET.authority["contracts"] if row["source"] == f"anct-contrats-{year}"}
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


def test_codes_of_the_neighbourhoods_of_2015(lists: Path) -> None:
    with (lists / "qpv_occitanie_2021_indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        known = {row["code_qp"]: (fold(row["nom_qp"]), row["nom_commune"]) for row in csv.DictReader(file)}
    places = {row["slug"]: row for row in DATASET.authority["places"]}
    rows = [row for row in places.values() if row["source"] == "qpv-occitanie-2021"]
    assert rows
    for row in rows:
        assert known[row["qpv_code"]] == (fold(row["label"]), places[row["within"]]["label"])


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
            if row["kind"] == kind and row["source"] == f"{kind}s":
                assert known[row["insee"]] == row["label"]
