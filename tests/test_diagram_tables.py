"""The kinds that are read as tables: items are the rows of the question, nothing overlaps, labels stay data.

By hand, in the documents of the corpus: fiche 6.14 of montpellier-2016 (culture and sport together) became 6.9 and 6.10
of montpellier-2021; fiche 1.2 (an observatory of employment) has no successor; occitanie-2025 l. 1940 states 82 % of 40
contracts for the CLSPD and l. 478 states 42 % for the PEDT.
"""

from __future__ import annotations

import itertools
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cdv_graph.analysis.networks.concepts import top_theme
from cdv_graph.cli.diagram import command
from cdv_graph.diagram import render
from cdv_graph.diagram.kinds.compare import compare
from cdv_graph.diagram.kinds.flow import flow
from cdv_graph.diagram.kinds.gaps import gaps
from cdv_graph.diagram.kinds.matrix import articulations_of, matrix, partner_matrix
from cdv_graph.diagram.kinds.rates import rates
from cdv_graph.diagram.kinds.seriation import seriate
from cdv_graph.diagram.kinds.table_parts import line_of, say, short_name
from cdv_graph.diagram.shapes import Box, Curve, Marker, Text
from cdv_graph.diagram.style import style
from cdv_graph.diagram.svg import svg
from cdv_graph.errors import InputError
from cdv_graph.opening import load
from cdv_graph.query import Result
from cdv_graph.tables.vocabularies import codes

HOSTILE = "</script><b>\"q\" & 'so' $x^2$ \x00 ‏עברית 🙂</b>"
EARLIER, LATER = "montpellier-2016", "montpellier-2021"
DOCUMENTS = ("ales-2015", "clermont-2024", EARLIER, LATER, "occitanie-2025")


@pytest.fixture(scope="module")
def graph():
    return load()


@pytest.fixture(scope="module")
def answers(graph):
    return {
        "matrix": graph.answer("articulation-matrix"),
        "articulations": graph.answer("articulations"),
        "contracts": graph.answer("contracts"),
        "continuity": graph.answer("continuity", earlier=EARLIER, later=LATER),
        "sheets": graph.answer("sheets"),
        "strategy": graph.answer("strategy"),
        "rates": graph.answer("articulation-rates"),
        "signatures": graph.answer("signature-rates"),
        "comparison": graph.comparison(EARLIER, LATER),
        "region": graph.comparison("clermont-2024", "occitanie-2025", aspect=["dispositifs", "themes"]),
        "clermont gaps": graph.answer("articulation-gaps", contract="clermont-2024"),
        "clermont": graph.answer("articulations", contract="clermont-2024"),
        "albi gaps": graph.answer("articulation-gaps", contract="albi-2024"),
        "albi": graph.answer("articulations", contract="albi-2024"),
    }


KINDS = {
    "matrix": lambda a, **how: matrix(a["matrix"], a["articulations"], a["contracts"], **how),
    "partners": lambda a, **how: partner_matrix(a["articulations"], **how),
    "flow": lambda a, lang="fr", **_: flow(a["continuity"], a["sheets"], a["strategy"], lang=lang),
    "rates": lambda a, **how: rates(a["rates"], **how),
    "signatures": lambda a, **how: rates(a["signatures"], **how),
    "compare": lambda a, **how: compare(a["comparison"], **how),
    "compare with the region": lambda a, **how: compare(a["region"], **how),
    "gaps": lambda a, **how: gaps(a["clermont gaps"], a["clermont"], a["contracts"], **how),
    "gaps of a contract only named": lambda a, **how: gaps(a["albi gaps"], a["albi"], a["contracts"], **how),
}


def of(diagram, kind):
    return [item for item in diagram.items if item.kind == kind]


# what is drawn is what was answered


def test_cells_of_contracts_are_those_of_the_question(answers):
    asked = {
        (name, row[0], mode)
        for row in answers["matrix"].rows
        for name, mode in zip(answers["matrix"].columns[1:], row[1:], strict=True)
        if mode
    }
    drawn = KINDS["matrix"](answers, top=None)
    cells = [(item.row[0], item.row[2], item.facets["mode"][0]) for item in drawn.items]
    assert len(cells) == len(asked)
    assert set(cells) == asked
    lines = {(r["dispositif"], r["contract"], line_of(r)) for r in answers["articulations"].records() if r["mode"]}
    told = {(item.row[0], item.row[2], line) for item in drawn.items for line in item.lines}
    assert told == {row for row in lines if row[:2] in {cell[:2] for cell in cells}}


def test_a_cut_keeps_whole_counts_and_is_told(answers):
    part, whole = KINDS["matrix"](answers), KINDS["matrix"](answers, top=None)
    assert {item.id for item in part.items} < {item.id for item in whole.items}
    assert f"{len(part.items)} cellules sur {len(whole.items)}" in part.caption
    per_row = {row: sum(item.row[0] == row for item in whole.items) for row in {i.row[0] for i in whole.items}}
    least = min(per_row[item.row[0]] for item in part.items)
    assert {item.row[0] for item in part.items} == {row for row, count in per_row.items() if count >= least}
    assert f"au moins {least} colonnes" in part.caption


def test_contracts_that_are_only_named_are_told_apart(answers):
    text = svg(KINDS["matrix"](answers).scene).decode()
    assert "Lus en entier" in text
    assert "une cellule vide y est inconnue" in text


def test_cells_of_partners_are_the_carriers(answers):
    asked = {
        (r["carrier"], top_theme(r["theme"]) if r["theme"] else "")
        for r in answers["articulations"].records()
        if r["carrier"] and r["mode"]
    }
    drawn = KINDS["partners"](answers, top=None)
    assert sorted((item.row[0], item.facets["theme"][0]) for item in drawn.items) == sorted(asked)


def test_ties_of_a_flow_are_the_rows_of_the_question(answers):
    rows = answers["continuity"].records()
    asked = {(r["kind"], r["earlier_code"] or "", r["later_code"] or "") for r in rows}
    drawn = KINDS["flow"](answers)
    ties = of(drawn, "continuation")
    kinds = {word: code for code, word in say("fr")["flow"]["kind"].items()}
    assert sorted((kinds[item.row[0]], item.row[1], item.row[3]) for item in ties) == sorted(asked)
    assert {(item.id, line) for item in ties for line in item.lines} == {
        (f"continuation/{r['kind']}/{r['earlier_code'] or ''}/{r['later_code'] or ''}", line_of(r)) for r in rows
    }
    sheets = {item.id for item in of(drawn, "sheet")}
    assert sheets == {end for item in ties for end in item.ends}
    every = {
        f"sheet/{r['contract']}/{r['code']}" for r in answers["sheets"].records() if r["contract"] in (EARLIER, LATER)
    }
    assert sheets == every


def test_a_flow_by_hand(answers):
    ties = {item.id: item for item in of(KINDS["flow"](answers), "continuation")}
    assert {"continuation/split/6.14/6.9", "continuation/split/6.14/6.10", "continuation/dropped/1.2/"} <= set(ties)
    assert ties["continuation/dropped/1.2/"].ends == ("sheet/montpellier-2016/1.2",)


@pytest.mark.parametrize("name", ["rates", "signatures"])
def test_marks_of_rates_are_the_rows_of_the_question(answers, name):
    rows, drawn = answers[name].records(), KINDS[name](answers, top=None)
    subjects = {(r.get("dispositif", ""), r["label"] if "label" in r else r["partner"]): r for r in rows}
    computed = of(drawn, "computed")
    assert sorted(item.id for item in computed) == sorted(f"computed/{code}/{label}" for code, label in subjects)
    for item in computed:
        row = subjects[tuple(item.id.split("/", 2)[1:])]
        dots = [shape for shape in item.shapes if isinstance(shape, Marker)]
        assert len(dots) == (row["low"] is not None)
        assert item.row[5] == f"{row['contracts']}/{row['total']}"
    told = {(item.within, line) for item in of(drawn, "stated") for line in item.lines}
    assert told == {
        (f"computed/{r.get('dispositif', '')}/{r['label'] if 'label' in r else r['partner']}", line_of(r))
        for r in rows
        if r["document"]
    }


def test_rates_by_hand(answers):
    drawn = KINDS["rates"](answers)
    told = {(item.within.split("/")[1], item.row[2], item.lines) for item in of(drawn, "stated")}
    assert ("CLSPD", "82 %", ("occitanie-2025:1940-1940",)) in told
    assert ("PEDT", "42 %", ("occitanie-2025:478-478",)) in told
    assert ("PEDT", "< 10 %", ("occitanie-2025:1176-1176",)) in told
    assert {item.id.split("/")[1] for item in of(drawn, "computed")} == {
        r["dispositif"] for r in answers["rates"].records() if r["document"]
    }


def test_stated_and_computed_share_no_look():
    stated = [style().marks[code] for code in ("stated", "less-than", "more-than")]
    computed = style().marks["computed"]
    assert all(look.colour != computed.colour and look.points != computed.points and look.hollow for look in stated)


def test_a_dot_stands_where_its_share_is(answers):
    drawn = KINDS["rates"](answers)
    places = {}
    for item in of(drawn, "computed"):
        for shape in item.shapes:
            if isinstance(shape, Marker):
                places[float(item.row[2].replace(",", "."))] = shape.x
    (low, left), (high, right) = min(places.items()), max(places.items())
    assert low < high
    for share, x in places.items():
        assert x == pytest.approx(left + (right - left) * (share - low) / (high - low))


@pytest.mark.parametrize("name", ["compare", "compare with the region"])
def test_items_of_a_comparison_are_its_rows(answers, name):
    comparison = answers["comparison" if name == "compare" else "region"]
    drawn = KINDS[name](answers, top=None)
    asked = [(r["aspect"], r["item"], r["found"]) for r in comparison.rows.records()]
    told = [(*item.id.split("/", 2)[1:], item.facets["found"][0]) for item in drawn.items]
    assert sorted(told) == sorted(asked)
    part = KINDS[name](answers)
    assert {item.id for item in part.items} < {item.id for item in drawn.items}
    assert f"{len(part.items)} éléments sur {len(asked)}" in part.caption


def test_what_was_not_read_is_no_number(answers):
    """The call of 2021 prints no signature: those of 2016 are neither its own nor absent from it."""
    summary = {row["aspect"]: row for row in answers["comparison"].summary().records()}
    assert summary["signatories"]["jaccard"] is None
    unread = sum(row["jaccard"] is None for row in summary.values())
    texts = [shape.pieces[0][0] for shape in KINDS["compare"](answers).ground if isinstance(shape, Text)]
    assert texts.count("?") == 2 * unread
    assert texts.count(say("fr")["compare"]["unread"]) == unread


@pytest.mark.parametrize("name", ["clermont", "albi"])
def test_gaps_are_the_rows_of_the_question(answers, name):
    rows = answers[f"{name} gaps"].records()
    drawn = gaps(answers[f"{name} gaps"], answers[name], answers["contracts"])
    asked = {(f"gap/{r['reference']}/{r['dispositif']}/{r['label']}", line_of(r)) for r in rows}
    assert {(item.id, line) for item in of(drawn, "gap") for line in item.lines} == asked
    assert len(of(drawn, "gap")) == len({identifier for identifier, _ in asked})
    known = {row["dispositif_label"] for row in answers[name].records()}
    assert {item.label for item in of(drawn, "articulated")} <= known
    assert not {item.label for item in of(drawn, "gap")} & known


# what is drawn can be read


def crossing(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def legible(diagram):
    scene = diagram.scene
    texts = [shape for shape in scene.shapes if isinstance(shape, Text)]
    for text in texts:
        left, up, right, down = text.bounds
        assert left >= 0 and up >= 0 and right <= scene.width and down <= scene.height, text
        assert text.size * 1920 / scene.width >= 14 or scene.width > 1920
    clashes = [
        (one.pieces, other.pieces)
        for one, other in itertools.combinations(sorted(texts, key=lambda text: text.y), 2)
        if other.y - one.y < 60 and crossing(one.bounds, other.bounds)
    ]
    assert clashes == []
    for shape in scene.shapes:
        if isinstance(shape, Box):
            assert shape.x >= 0 and shape.x + shape.w <= scene.width and shape.y + shape.h <= scene.height
        points = shape.points if isinstance(shape, Curve) else [(shape.x, shape.y)] if isinstance(shape, Marker) else []
        assert all(0 <= x <= scene.width and 0 <= y <= scene.height for x, y in points)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", list(KINDS))
def test_no_texts_overlap_and_none_leaves_the_picture(answers, name, lang):
    legible(KINDS[name](answers, lang=lang))


@pytest.mark.parametrize("name", ["matrix", "partners", "signatures", "gaps", "compare with the region"])
def test_the_whole_is_legible_too(answers, name):
    legible(KINDS[name](answers, top=None))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_document_has_its_pictures(graph, answers, document):
    """What one document says: the matrix of its articulations, its rates; its comparison and gaps, where it is a contract."""
    articulations = graph.answer("articulations", document=document)
    drawn = partner_matrix(articulations)
    legible(drawn)
    assert {line.rpartition(":")[0] for item in drawn.items for line in item.lines} <= {document}
    legible(rates(graph.answer("articulation-rates", document=document)))
    other = "clermont-2024" if document != "clermont-2024" else "ales-2015"
    legible(compare(graph.comparison(document, other, aspect="dispositifs")))
    if document != "occitanie-2025":
        own = graph.answer("articulations", contract=document)
        legible(gaps(graph.answer("articulation-gaps", contract=document), own, answers["contracts"]))


def test_a_generation_is_a_matrix_of_its_own(graph, answers):
    contracts = graph.answer("contracts", generation="2015-2023")
    table = graph.answer("articulation-matrix", generation="2015-2023")
    legible(matrix(table, answers["articulations"], contracts))
    kept = articulations_of(answers["articulations"], contracts)
    assert set(kept.column("contract")) == {"ales-2015", "montpellier-2016"}


@pytest.mark.parametrize("name", list(KINDS))
def test_ids_are_unique_rows_fill_the_columns_and_facets_are_known(answers, name):
    drawn = KINDS[name](answers)
    ids = [item.id for item in drawn.items]
    assert len(ids) == len(set(ids))
    assert {len(item.row) for item in drawn.items if item.row} == {len(drawn.columns)}
    assert {end for item in drawn.items for end in item.ends} | {i.within for i in drawn.items if i.within} <= set(ids)
    for facet in drawn.facets:
        used = {code for item in drawn.items for code in item.facets.get(facet.name, ())}
        if facet.name not in ("contract", "issue", "theme"):
            assert used <= {code for code, _ in facet.values}
    assert drawn.title and drawn.caption and drawn.note and "cdv-graph" in drawn.source


@pytest.mark.parametrize("name", list(KINDS))
def test_same_bytes_whatever_the_order_of_the_rows(answers, name):
    turned = {
        key: Result(value.columns, value.rows[::-1], value.notes) if isinstance(value, Result) else value
        for key, value in answers.items()
    }
    once = svg(KINDS[name](answers).scene)
    assert once == svg(KINDS[name](answers).scene)
    if name in ("matrix", "partners"):
        assert once == svg(KINDS[name](turned).scene)


# edges


def hostile(result, *columns):
    return Result(
        result.columns,
        [
            [
                HOSTILE if name in columns and cell is not None else cell
                for name, cell in zip(result.columns, row, strict=True)
            ]
            for row in result.rows
        ],
        result.notes,
    )


def test_hostile_labels_stay_data(answers):
    drawn = [
        matrix(answers["matrix"], hostile(answers["articulations"], "dispositif_label"), hostile(answers["contracts"], "territory")),
        partner_matrix(hostile(answers["articulations"], "carrier", "element")),
        flow(hostile(answers["continuity"], "earlier_title", "later_title", "evidence"), answers["sheets"], hostile(answers["strategy"], "label")),
        rates(hostile(answers["rates"], "label", "stated_population")),
        gaps(hostile(answers["clermont gaps"], "label", "expected_because", "evidence"), hostile(answers["clermont"], "dispositif_label"), hostile(answers["contracts"], "label")),
    ]  # fmt: skip
    for one in drawn:
        legible(one)
        root = ElementTree.fromstring(svg(one.scene))
        assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
            *("svg", "title", "desc", "rect", "path", "circle", "polygon", "text", "tspan"),
        }
        assert not [item for item in one.items if "\x00" in item.label + "".join(map("".join, item.facts))]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_empty_answer_is_a_picture_that_says_so(answers, lang):
    def none(name):
        return Result(answers[name].columns, [])

    drawn = {
        "matrix": matrix(Result(("contract",), []), none("articulations"), none("contracts"), lang=lang),
        "flow": flow(none("continuity"), none("sheets"), none("strategy"), lang=lang),
        "rates": rates(none("rates"), lang=lang),
        "gaps": gaps(none("clermont gaps"), none("clermont"), none("contracts"), lang=lang),
    }
    for kind, one in drawn.items():
        legible(one)
        assert not one.items
        assert say(lang)["none"][kind] in svg(one.scene).decode().replace("&apos;", "'")


def test_words_are_the_same_in_both_languages():
    def keys(words, at=()):
        if isinstance(words, dict):
            return {key for name, value in words.items() for key in keys(value, (*at, name))}
        return {at}

    assert keys(say("fr")) == keys(say("en"))
    assert set(say("fr")["modes"]) == codes()["mode"]
    with pytest.raises(InputError, match="fr, en"):
        say("de")


def test_short_names():
    assert short_name("clermont-2024", "Clermont-l'Hérault") == ("Clermont", "2024")
    assert short_name("foix-2024", "Pays Foix-Varilhes") == ("Foix", "2024")
    assert short_name("saint-gaudens-2024", "Saint-Gaudens") == ("Saint-Gaudens", "2024")
    assert short_name("ailleurs", "Là") == ("ailleurs", "")


CELLS = st.dictionaries(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("123456")), st.just(1.0), max_size=30)


@given(CELLS, st.randoms())
def test_seriation_keeps_every_name_and_ignores_the_order_of_cells(cells, random):
    rows, columns = seriate(cells)
    assert (sorted(rows), sorted(columns)) == (sorted({r for r, _ in cells}), sorted({c for _, c in cells}))
    shuffled = list(cells.items())
    random.shuffle(shuffled)
    assert seriate(dict(shuffled)) == (rows, columns)


def test_seriation_finds_a_hidden_band():
    hidden = list("dagbecf")
    cells = {(row, str(at + step)): 1.0 for at, row in enumerate(hidden) for step in (0, 1, 2)}
    rows, columns = seriate(cells)
    assert rows in (hidden, hidden[::-1])
    assert columns in (sorted(columns), sorted(columns)[::-1])


# files


@pytest.mark.parametrize(
    "arguments",
    [
        "matrix",
        "matrix --of partners --generation 2024-2030 --lang en",
        "flow --earlier montpellier-2016 --later montpellier-2021",
        "rates --theme santé",
        "rates --of signatures --generation 2024-2030",
        "compare montpellier-2016 montpellier-2021 --aspect dispositifs",
        "gaps --contract Clermont",
    ],
)
def test_one_command_per_kind(tmp_path, arguments):
    path = tmp_path / "d.svg"
    done = CliRunner().invoke(command, [*arguments.split(), "-o", str(path)])
    assert done.exit_code == 0, done.output
    assert ElementTree.fromstring(path.read_bytes()).tag.endswith("svg")


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_pictures_for_slides(answers, form, start):
    pytest.importorskip("matplotlib")
    drawn = KINDS["signatures"](answers)
    assert (once := render(drawn, form)).startswith(start)
    assert once == render(drawn, form)


def test_an_unknown_ending_tells_the_known_ones(answers):
    with pytest.raises(InputError, match="svg, png, pdf"):
        render(KINDS["signatures"](answers), "docx")
