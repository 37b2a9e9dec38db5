"""The questions over HTTP: the same answers as elsewhere, every fault told, and no value that does harm."""

from __future__ import annotations

import csv
import io
import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="starlette is not installed: pip install 'cdv-graph[server]'")
pytest.importorskip("jinja2", reason="jinja2 is not installed: pip install 'cdv-graph[server]'")

from served import BROWSER, Elements, client

from cdv_graph.namespaces import fold
from cdv_graph.questions import ask, explain, names, question
from cdv_graph.server.examples import example as example_of
from cdv_graph.server.html import WEB, _all_words
from cdv_graph.server.questions import FORMS
from cdv_graph.server.reader import LONGEST
from cdv_graph.server.subjects import subjects

PARAMETERS = [(name, one) for name in names() for one in question(name).parameters]


@pytest.fixture(scope="module")
def http(store):
    with client(store) as made:
        yield made


def plain(result):
    return json.loads(json.dumps(result.records()))


@pytest.mark.parametrize("name", names())
def test_every_question_answers_as_elsewhere(http, store, name):
    given_ = example_of(question(name))
    response = http.get(f"/questions/{name}", params=given_)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    expected = ask(store, name, given_)
    assert response.json() == plain(expected)
    assert ("link" in response.headers) == bool(expected.notes)
    page = Elements(http.get(f"/questions/{name}", params=given_, headers=BROWSER).text)
    assert page.harmless()
    assert question(name).title["fr"] in page.text
    assert f"{len(expected)} lignes" in page.text


def test_the_address_of_the_issue(http):
    rows = http.get("/questions/articulations?contract=clermont-2024").json()
    assert {row["contract"] for row in rows} == {"clermont-2024"}
    assert list(rows[0]) == list(question("articulations").columns)


def test_formats_by_name_and_by_accept(http, store):
    address = "/questions/signatories?contract=clermont-2024"
    rows = plain(ask(store, "signatories", {"contract": "clermont-2024"}))
    read = csv.DictReader(io.StringIO(http.get(address, headers={"Accept": "text/csv"}).text))
    assert [row["partner"] for row in read] == [row["partner"] or "" for row in rows]
    excel = http.get(f"{address}&format=excel")
    assert excel.content.startswith(b"\xef\xbb\xbfcontract;partner")
    assert 'filename="signatories.csv"' in excel.headers["content-disposition"]
    assert http.get(f"{address}&format=md", headers=BROWSER).text.startswith("| contract | partner |")
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(http.get(address, headers={"Accept": FORMS["xlsx"]}).content))
    assert book.active.max_row == len(rows) + 1
    sparql = http.get(f"{address}&format=sparql")
    assert sparql.text == explain(store, "signatories", {"contract": "clermont-2024"})
    assert sparql.headers["content-type"].startswith("application/sparql-query")
    assert http.head(address).status_code == 200


@pytest.mark.parametrize(
    ("headers", "asked", "lang"),
    [
        ({}, "", "fr"),
        ({"Accept-Language": "en-GB,en;q=0.8,fr;q=0.5"}, "", "en"),
        ({"Accept-Language": "de"}, "", "fr"),
        ({"Accept-Language": "fr"}, "?lang=en", "en"),
    ],
)
def test_the_language(http, headers, asked, lang):
    response = http.get(f"/questions/signatories{asked}", headers={**BROWSER, **headers})
    assert response.headers["content-language"] == lang
    assert f'<html lang="{lang}">' in response.text
    assert question("signatories").title[lang] in response.text
    assert ("/questions?lang=en" in Elements(response.text).links) == bool(asked)  # links keep what the reader chose


def test_notes_travel(http, store):
    response = http.get("/questions/articulation-rates?generation=2024-2030&lang=en")
    noted = response.headers["link"].split(">")[0].strip("<")
    notes = ask(store, "articulation-rates", {"generation": "2024-2030"}).told("en")
    assert notes and all(f"> {note}" in http.get(noted).text for note in notes)
    page = http.get("/questions/articulation-rates?generation=2024-2030&lang=en", headers=BROWSER).text
    assert notes[0] in Elements(page).text


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/questions/articulation", 404, "errors.unknown"),
        ("/questions/articulations?contract=clermnt", 422, "errors.unknown"),
        ("/questions/articulations?contract=montpellier", 422, "errors.ambiguous"),
        ("/questions/articulations?contrat=clermont", 400, "server.unknown-parameter"),
        ("/questions/articulations?theme=sante&theme=emploi", 400, "server.repeated"),
        ("/questions/articulations?theme=" + "a" * (LONGEST + 1), 400, "server.too-long"),
        ("/questions/calls?year=deux", 400, "query.not-whole"),
        ("/questions/sheet?contract=montpellier-2016", 400, "questions.needed"),
        ("/questions/articulations?format=pdf", 400, "server.unknown-format"),
        ("/questions/articulations?lang=de", 400, "server.unknown-language"),
    ],
)
def test_faults_are_told(http, address, status, kind):
    response = http.get(address, headers={"Accept": "application/json", "Accept-Language": "en"})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert (told["status"], told["type"]) == (status, f"urn:x-cdv-graph:problem:{kind}")
    page = http.get(address, headers=BROWSER)
    assert page.status_code == status or kind == "questions.needed"
    assert Elements(page.text).harmless()


def test_a_fault_holds_the_nearest_names(http):
    told = http.get("/questions/articulations?contract=clermnt-2024").json()
    assert (told["parameter"], told["value"]) == ("contract", "clermnt-2024")
    assert "clermont-2024" in told["candidates"]
    page = Elements(http.get("/questions/articulations?theme=sante&contract=clermnt-2024", headers=BROWSER).text)
    assert "/questions/articulations?contract=clermont-2024&theme=sante" in [
        "?".join([link.partition("?")[0], "&".join(sorted(link.partition("?")[2].split("&")))]) for link in page.links
    ]
    known = http.get("/questions/articulations?contract=montpellier").json()["candidates"]
    assert all(http.get("/questions/articulations", params={"contract": one}).status_code == 200 for one in known)


def test_nothing_acceptable(http):
    response = http.get("/questions/signatories", headers={"Accept": "image/png"})
    assert (response.status_code, response.headers["content-type"]) == (406, "application/problem+json")


def test_empty_fields_of_a_form_are_not_given(http):
    form = "/questions/signatories?contract=clermont-2024&document="
    assert http.get(form).json() == http.get("/questions/signatories?contract=clermont-2024").json()


def test_cells_lead_to_entities_that_are_there(http):
    page = http.get("/questions/articulations?contract=clermont-2024&theme=sante", headers=BROWSER).text
    links = set(Elements(page).links)
    assert {"/id/contract/clermont-2024", "/vocab/theme/sante", "/vocab/dispositif-type/cls"} <= links
    assert "/vocab/dispositif-type/cls-securite" not in links  # the other one that is written CLS
    inside = sorted(link for link in links if link.startswith(("/id/", "/vocab/")))
    assert any(link.startswith("/id/passage/clermont-2024.") for link in inside)
    assert any(link.startswith("/id/action/clermont-2024.") for link in inside)
    assert [link for link in inside if http.get(link).status_code != 200] == []


def test_the_list_tells_every_question_once(http):
    told = [one.name for subject in subjects() for one in subject.questions]
    assert sorted(told) == names()
    assert [one["name"] for one in http.get("/questions").json()] == names()
    links = Elements(http.get("/questions", headers=BROWSER).text).links
    assert set(names()) <= {link.removeprefix("/questions/") for link in links}


def test_openapi_is_valid_and_true(http, store):
    validate = pytest.importorskip("openapi_spec_validator").validate
    jsonschema = pytest.importorskip("jsonschema")
    told = http.get("/openapi.json").json()
    validate(told)
    assert {path.removeprefix("/questions/") for path in told["paths"]} == set(names())
    for name in names():
        operation = told["paths"][f"/questions/{name}"]["get"]
        asked = {one["name"]: one for one in operation["parameters"] if "name" in one}
        assert list(asked) == [one.name for one in question(name).parameters]
        assert [key for key, one in asked.items() if one["required"]] == [
            one.name for one in question(name).parameters if one.required
        ]
        examples = {key: one["example"] for key, one in asked.items() if "example" in one}
        assert examples.keys() == example_of(question(name)).keys()
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(http.get(f"/questions/{name}", params=examples).json(), schema)


def test_words_are_in_both_languages():
    for key, said in _all_words().items():
        assert set(said) == {"fr", "en"}, key
        fields = [sorted(part.split("}")[0] for part in one.split("{")[1:]) for one in said.values()]
        assert fields[0] == fields[1], key
    templates = "".join(path.read_text("utf-8") for path in (WEB / "templates").glob("*.html"))
    used = {part.split('"')[0] for part in templates.replace("t('", 't("').replace("')", '")').split('t("')[1:]}
    assert {key for key in used if key.isidentifier()} <= _all_words().keys()


HOSTILE = [
    '"} UNION { ?s ?p ?o } #',
    "'; DROP ALL; --",
    "> . } INSERT DATA { <urn:a> <urn:b> <urn:c> } #",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\\u007D \\u0022",
    "clermont-2024\u0000",
    "line\nbreak\r\nX-Injected: yes",
    "שלום ‮evil",
    "👩🏽‍🌾",
    "{{ 7*7 }}{% raw %}",
    "https://w3id.org/contrat-de-ville/id/contract/clermont-2024> } #",
    "urn:x } UNION {",
    "../../etc/passwd",
    "²",
    "--5",
    "9" * 400,
    "javascript:alert(1)",
    "=1+1",
]
values = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=40),
    st.builds("".join, st.lists(st.sampled_from([*HOSTILE, "clermont", " ", '"', "}", "<", "\\"]), max_size=4)),
)


@pytest.fixture(scope="module")
def before(store):
    return store.nquads()


def harmless(http, store, name, parameter, value):
    """Asks through the address; an answer is what the literal means, anything else a typed fault."""
    given_ = {**example_of(question(name)), parameter.name: value}
    response = http.get(f"/questions/{name}", params=given_)
    told = response.json()
    if response.status_code != 200:
        assert response.status_code in (400, 422), told
        assert told["type"].startswith("urn:x-cdv-graph:problem:")
        assert "server.too-long" in told["type"] or told["type"].rpartition(":")[2] in {
            *("errors.unknown", "errors.ambiguous", "query.no-text", "query.not-whole", "questions.needed")
        }
    elif parameter.type == "text" and value.strip():
        assert told == plain(ask(store, name, {**given_, parameter.name: fold(value)}))
    elif parameter.type == "code" and value.strip():
        everything = plain(ask(store, name, {key: one for key, one in given_.items() if key != parameter.name}))
        assert told == [row for row in everything if row[parameter.name] == value.strip()]
    page = http.get(f"/questions/{name}", params=given_, headers=BROWSER)
    assert page.status_code in (200, 400, 422)
    assert Elements(page.text).harmless()
    assert "x-injected" not in page.headers


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS, ids=lambda one: getattr(one, "name", one))
def test_no_parameter_can_be_broken_out_of(http, store, before, name, parameter):
    for value in HOSTILE[0], HOSTILE[4]:
        harmless(http, store, name, parameter, value)


@settings(max_examples=60, deadline=None)
@given(asked=st.sampled_from(PARAMETERS), value=values)
@example(asked=next(one for one in PARAMETERS if one[1].type == "integer"), value="²")
@example(asked=next(one for one in PARAMETERS if one[1].type == "integer"), value="9" * 400)
@example(asked=next(one for one in PARAMETERS if one[1].type == "node"), value="urn:a\u0000://b")
@example(asked=next(one for one in PARAMETERS if one[1].type == "code"), value='"} UNION { ?s ?p ?o } #')
def test_no_value_does_harm(http, store, before, asked, value):
    harmless(http, store, *asked, value)


@settings(max_examples=25, deadline=None)
@given(value=values.filter(str.strip))
def test_a_value_stays_one_term_of_the_query(store, value):
    """The query of `statistics`, whose code is bound as it is written, keeps its shape, and holds the value."""
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.term import Literal

    def parsed(code):
        return parseQuery(explain(store, "statistics", {"measure": code}))

    def literals(tree):
        if isinstance(tree, Literal):
            return [str(tree)]
        children = (
            tree.values()
            if isinstance(tree, dict)
            else tree
            if isinstance(tree, list | tuple) or hasattr(tree, "asList")
            else ()
        )
        return [found for child in children for found in literals(child)]

    mine, plainly = literals(parsed(value)), literals(parsed("rate"))
    assert len(mine) == len(plainly)
    assert mine != plainly or value.strip() == "rate"


def test_the_graph_is_as_it_was(store, before):
    """Runs last in this file: after every hostile value, the same quads."""
    assert store.nquads() == before


def test_pages_come_quickly(http):
    address = "/questions/articulations?contract=clermont-2024"
    http.get(address, headers=BROWSER)
    began = time.process_time()
    http.get(address, headers=BROWSER)
    assert time.process_time() - began < 2
