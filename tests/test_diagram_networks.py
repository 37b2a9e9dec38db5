"""The kinds dispositif, partner, partners and governance: items equal rows, nothing overlaps, labels stay data."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
from collections import Counter
from xml.etree import ElementTree

import networkx as nx
import pytest
from click.testing import CliRunner

from cdv_graph.analysis import project
from cdv_graph.analysis.networks.build import ROW, build_network
from cdv_graph.cli.diagram import command
from cdv_graph.diagram import draw, render
from cdv_graph.diagram.kinds import network_kinds as kinds
from cdv_graph.diagram.kinds.dispositif import dispositif_diagram
from cdv_graph.diagram.kinds.governance import governance_diagram
from cdv_graph.diagram.kinds.network_parts import say
from cdv_graph.diagram.kinds.partner import companions, partner_diagram
from cdv_graph.diagram.kinds.partners import kept, partners_diagram
from cdv_graph.diagram.shapes import Box, Text
from cdv_graph.diagram.style import style
from cdv_graph.errors import InputError
from cdv_graph.query import Result
from cdv_graph.questions import ask, question
from cdv_graph.tables.vocabularies import codes

HOSTILE = "</script><b>\"q\" & 'so' \x00 \u2028 مرحبا 😀 " + "interminable " * 12
REAL = [
    ("dispositif", {"dispositif": "cls"}),
    ("dispositif", {"dispositif": "npnru"}),
    ("dispositif", {"dispositif": "gusp"}),
    ("partner", {"partner": "CAF", "contract": "montpellier-2016"}),
    ("partner", {"partner": "CAF", "contract": "clermont-2024"}),
    ("partner", {"partner": "CAF", "contract": "montpellier-2021"}),
    ("partner", {"partner": "CAF", "contract": "ales-2015"}),
    ("partner", {"partner": "departement-herault"}),
    ("partners", {"contract": "montpellier-2016"}),
    ("partners", {"contract": "montpellier-2016", "theme": "emploi"}),
    ("partners", {"contract": "montpellier-2021"}),
    ("governance", {"contract": "clermont-2024"}),
    ("governance", {"contract": "montpellier-2016"}),
    ("governance", {"contract": "montpellier-2021"}),
    ("governance", {"contract": "ales-2015"}),
]


def of(diagram, *which):
    return [item for item in diagram.items if item.kind in which]


def result(name, *rows) -> Result:
    columns = question(name).columns
    return Result(columns, [[dict(row).get(column) for column in columns] for row in rows])


def crossing(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def check(diagram):
    """Texts apart and inside, ids once, ends known, rows as wide as the table."""
    texts = [shape for shape in diagram.scene.shapes if isinstance(shape, Text)]
    for text in texts:
        left, up, right, down = text.bounds
        assert left >= 0 and up >= 0 and right <= diagram.width and down <= diagram.height, text
        assert text.size >= 14
    clashes = [(a.pieces, b.pieces) for a, b in itertools.combinations(texts, 2) if crossing(a.bounds, b.bounds)]
    assert clashes == []
    for box in (shape for shape in diagram.scene.shapes if isinstance(shape, Box)):
        assert box.x >= 0 and box.x + box.w <= diagram.width and box.y + box.h <= diagram.height
    ids = [item.id for item in diagram.items]
    assert len(ids) == len(set(ids))
    facets = {facet.name: {code for code, _ in facet.values} for facet in diagram.facets}
    for item in diagram.items:
        assert set(item.ends) <= set(ids) and item.within in {"", *ids}
        assert not item.row or len(item.row) == len(diagram.columns)
        for name, codes_of in item.facets.items():
            assert set(codes_of) <= facets[name]
    assert diagram.title and diagram.caption and diagram.source


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("kind", "given"), REAL, ids=str)
def test_pictures_of_the_real_data(store, kind, given, lang):
    diagram = getattr(kinds, kind)(store, **given, lang=lang)
    assert diagram.items
    check(diagram)


# truth


@pytest.mark.parametrize("name", ["cls", "npnru", "gusp"])
def test_dispositif_items_are_the_rows(store, name):
    rows = ask(store, "articulations", {"dispositif": name}).records()
    diagram = kinds.dispositif(store, name)
    keys = {(r["contract"], r["element"], r["theme"], r["local_dispositif"], r["status"] == "absent") for r in rows}
    elements = of(diagram, "element")
    assert len(elements) == len(keys)
    assert {line for item in elements for line in item.lines} == {place(r) for r in rows}
    drawn = Counter(mode for item in elements for mode in item.facets["mode"])
    assert drawn == Counter(mode for mode in {(*key(r), r["mode"] or "") for r in rows} for mode in mode[-1:])
    assert {item.label for item in of(diagram, "carrier")} == {r["carrier"] for r in rows if r["carrier"]}
    ends = {item.ends for item in of(diagram, "tie")}
    local = {k for k in keys if k[3]}
    assert sum(end[1].startswith("local/") for end in ends) == len(local)


def key(row):
    return row["contract"], row["element"], row["theme"], row["local_dispositif"], row["status"] == "absent"


def place(row):
    return f"{row['document']}:{row['start_line']}-{row['end_line']}"


def test_the_clermont_commitment_to_the_cls_shows_four_modes(store):
    """Clermont, lines 1141 to 1152: the Pays commits to governance, operation, data and a mention of the CLS."""
    (item,) = [i for i in of(kinds.dispositif(store, "cls"), "element") if "clermont-2024:1149-1149" in i.lines]
    assert set(item.facets["mode"]) == {"governance", "operational", "data", "mention"}
    assert item.row[6] == "Pays Cœur d'Hérault"


@pytest.mark.parametrize("contract", ["montpellier-2016", "clermont-2024"])
def test_partner_items_are_the_rows(store, contract):
    rows = ask(store, "partner-roles", {"partner": "CAF", "contract": contract}).records()
    diagram = kinds.partner(store, "CAF", contract=contract)
    activities = of(diagram, "activity")
    assert len(activities) == len({(r["role"], r["activity"], r["contract"]) for r in rows})
    assert {line for item in activities for line in item.lines} == {place(r) for r in rows}
    parts = Counter(item.facets["part"][0] for item in activities)
    assert parts == Counter(
        style().part(role) for role, *_ in {(r["role"], r["activity"], r["contract"]) for r in rows}
    )


def test_who_shares_the_fiches_of_the_caf_counts_each_once(store):
    """Montpellier 2016: counted again from the rows of `sheet-pilots` (Ville de Montpellier, 23 fiches with the CAF)."""
    found = {one.name: len(one.elements) for one in shares(store)}
    rows = ask(store, "sheet-pilots", {"contract": "montpellier-2016"}).records()
    caf = {r["code"] for r in rows if r["partner"] == "CAF de l'Hérault"}
    with_the_city = {r["code"] for r in rows if r["partner"] == "Ville de Montpellier"} & caf
    assert found["Ville de Montpellier"] == len(with_the_city) == 23
    drawn = of(kinds.partner(store, "CAF", contract="montpellier-2016"), "companion")
    assert 0 < len(drawn) < len(found)
    assert all(
        f"×{found[item.label]}" in [s.pieces[0][0] for s in item.shapes if isinstance(s, Text)] for item in drawn
    )


def shares(store):
    given = {"contract": "montpellier-2016"}
    own = ask(store, "partner-roles", {**given, "partner": "CAF"})
    return companions(own, ask(store, "partner-roles", given))


@pytest.mark.parametrize("contract", ["montpellier-2016", "montpellier-2021"])
def test_partners_ties_are_the_backbone_of_the_projection(graph, contract):
    network = graph.network("partner-sheet", contract=contract)
    whole = project(network, "partner")
    ties, alpha = kept(whole)
    diagram = kinds.partners(graph.store, contract)
    drawn = of(diagram, "tie")
    assert {frozenset(item.ends) for item in drawn} == {frozenset(tie) for tie in ties}
    for item in drawn:
        assert item.row[2] == str(whole.edges[item.ends]["shared"])
    assert {item.id for item in of(diagram, "partner")} == {node for tie in ties for node in tie}
    assert f"{len(drawn)} liens sur {whole.number_of_edges()}" in diagram.caption
    assert ("α" in diagram.note) == bool(alpha)


def test_a_hairball_is_told_and_another_kind_proposed(store):
    diagram = kinds.partners(store, "montpellier-2016")
    assert len(of(diagram, "tie")) <= 160
    assert "matrix" in diagram.note


@pytest.mark.parametrize("contract", ["clermont-2024", "montpellier-2016", "ales-2015"])
def test_governance_items_are_the_rows(store, contract):
    rows = ask(store, "governance", {"contract": contract}).records()
    shared = ask(store, "shared-governance", {"contract": contract}).records()
    diagram = kinds.governance(store, contract)
    seats = {(r["body"], r["partner"] or r["function"] or r["as_written"], r["role"]) for r in rows if r["role"]}
    links = {(r["dispositif"], r["dispositif_label"], r["body"], r["status"]) for r in shared}
    ties = of(diagram, "tie")
    assert sum(item.id.startswith("seat/") for item in ties) == len(seats)
    assert sum(item.id.startswith("shared/") for item in ties) == len(links)
    bodies = {r["body"] for r in rows} | ({None} if any(not r["body"] for r in shared) else set())
    assert len(of(diagram, "body")) == len(bodies | {r["body"] for r in shared if r["body"]})
    lines = {line for item in diagram.items if item.row for line in item.lines}
    assert lines == {place(r) for r in (*rows, *shared)}


def test_the_ars_sits_without_signing(store):
    """Clermont, line 615: the ARS sits in the steering committee; lines 843 to 880: it is not among the signatories."""
    word = say("fr")["governance"]["unsigned"]
    marked = {i.label for i in of(kinds.governance(store, "clermont-2024"), "partner") if word in dict(i.facts)}
    gaps = ask(store, "role-gaps", {"contract": "clermont-2024"}).records()
    assert marked == {r["partner"] for r in gaps if (r["has"], r["lacks"]) == ("copil", "signature")}
    assert "ARS Occitanie" in marked and "CAF de l'Hérault" not in marked


# whatever is asked


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_empty_answer_is_a_picture_that_says_so(lang):
    none = nx.MultiDiGraph()
    nothing = {name: result(name) for name in ("articulations", "partner-roles", "governance", "shared-governance")}
    made = [
        dispositif_diagram(nothing["articulations"], {}, lang=lang, title="CLS"),
        partner_diagram(nothing["partner-roles"], nothing["partner-roles"], {}, lang=lang, title="CAF"),
        partners_diagram(none, result("brokers"), {}, "C", lang=lang),
        governance_diagram(
            nothing["governance"], nothing["shared-governance"], result("role-gaps"), {}, "C", lang=lang
        ),
    ]
    for diagram in made:
        check(diagram)
        assert diagram.items == () and diagram.caption == say(lang)["empty"]
        assert diagram.caption.encode() in render(diagram, "svg")


def hostile():
    where = {"document": "d", "start_line": 1, "end_line": 2, "contract": HOSTILE}
    seen = {"partner": HOSTILE, "category": HOSTILE, "function": HOSTILE, "role": "pilot"}
    roles = [{**where, **seen, "activity": f"sheet/{HOSTILE}{n}", "activity_label": HOSTILE} for n in range(20)]
    others = [*roles, {**roles[0], "partner": "日本語" * 30, "category": "caf"}]
    told = {"element": f"sheet/{HOSTILE}", "dispositif": HOSTILE, "dispositif_label": HOSTILE, "as_written": HOSTILE}
    told |= {"local_dispositif": HOSTILE, "theme": HOSTILE, "mode": "volet", "status": "stated", "carrier": HOSTILE}
    body = {"body": HOSTILE, "body_type": HOSTILE, "frequency": HOSTILE, "as_written": HOSTILE}
    shared = {"dispositif": HOSTILE, "dispositif_label": HOSTILE, "body": HOSTILE, "how": HOSTILE, "status": "stated"}
    rows = []
    for who, sheet in itertools.product((HOSTILE, "b" * 300, "c"), ("1", "2")):
        row = dict.fromkeys(ROW) | {"source": f"partner/{who}", "source_kind": "partner", "source_label": who}
        row |= {
            "target": f"sheet/{sheet}",
            "target_kind": "sheet",
            "target_name": sheet,
            "theme": HOSTILE,
            "role": "pilot",
        }
        rows.append([{**row, **where, "kind": "participation", "element": f"sheet/{sheet}"}[column] for column in ROW])
    return [
        dispositif_diagram(result("articulations", {**where, **told}), {HOSTILE: HOSTILE}),
        partner_diagram(result("partner-roles", *roles), result("partner-roles", *others), {}),
        partners_diagram(build_network(Result(ROW, rows)), result("brokers"), {HOSTILE: "caf"}, HOSTILE),
        governance_diagram(
            result("governance", {**where, **body, **seen}),
            result("shared-governance", {**where, **shared}),
            result("role-gaps", {**where, "partner": HOSTILE, "has": "copil", "lacks": "signature"}),
            {HOSTILE: "caf"},
            HOSTILE,
        ),
    ]


def test_hostile_labels_stay_data():
    shapes = {"svg", "g", "title", "desc", "rect", "path", "circle", "polygon", "text", "tspan"}
    for diagram in hostile():
        assert diagram.items
        check(diagram)
        root = ElementTree.fromstring(render(diagram, "svg"))
        assert {element.tag.rpartition("}")[2] for element in root.iter()} <= shapes


def test_same_bytes_whatever_the_hash_seed():
    asked = [REAL[0], REAL[3], REAL[8], REAL[11]]
    code = (
        "import hashlib; from cdv_graph.build import load_store; from cdv_graph.diagram import render;"
        "from cdv_graph.diagram.kinds import network_kinds as k; s = load_store();"
        f"print([hashlib.sha256(render(getattr(k, n)(s, **g), 'svg')).hexdigest() for n, g in {asked!r}])"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]


def test_every_category_and_role_has_a_look_of_its_own_and_words():
    families = [category for look in style().families.values() for category in look.members]
    assert sorted(families) == sorted(codes()["partner-category"])
    assert sorted(role for look in style().parts.values() for role in look.members) == sorted(codes()["role"])
    for looks in (style().families, style().parts):
        assert (
            len({look.colour for look in looks.values()}) == len({look.points for look in looks.values()}) == len(looks)
        )
    for lang in ("fr", "en"):
        assert set(say(lang)["family"]) == set(style().families) and set(say(lang)["part"]) == set(style().parts)
        assert set(say(lang)) == set(say("fr"))


# files


def test_files_of_a_diagram(store, tmp_path):
    diagram = kinds.governance(store, "clermont-2024")
    assert draw(diagram, tmp_path / "g.svg").read_bytes() == render(diagram, "svg")
    with pytest.raises(InputError, match="svg, png, pdf"):
        draw(diagram, tmp_path / "g.docx")
    pytest.importorskip("matplotlib")
    for ending, start in (("png", b"\x89PNG"), ("pdf", b"%PDF")):
        assert draw(diagram, tmp_path / f"g.{ending}").read_bytes().startswith(start)


@pytest.mark.parametrize(("kind", "given"), [REAL[0], REAL[3], REAL[10], REAL[11]], ids=str)
def test_commands(store, tmp_path, kind, given):
    out = tmp_path / "d.svg"
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    done = CliRunner().invoke(command, [kind, *options, "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert (
        hashlib.sha256(out.read_bytes()).digest()
        == hashlib.sha256(render(getattr(kinds, kind)(store, **given), "svg")).digest()
    )
