"""The pages in a real browser, from a real server, with no network but it: they do what their buttons say."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("starlette", reason="starlette is not installed: pip install 'cdv-graph[server]'")
pytest.importorskip("jinja2", reason="jinja2 is not installed: pip install 'cdv-graph[server]'")
pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import expect
from served import BROWSER, Elements, client
from server_process import serving

from cdv_graph.questions import ask, question
from cdv_graph.server.html import WEB
from cdv_graph.server.subjects import subjects

# the query that a page writes into its address
WRITTEN = re.compile("#query=")

YASQE = WEB / "vendor" / "yasqe"
PAGES = [
    "/",
    "/questions",
    "/questions/articulations?contract=clermont-2024&theme=sante",
    "/questions/articulations?contract=montpellier",
    "/questions/articulation-rates",
    "/questions/sheet",
    "/id/contract/clermont-2024",
    "/vocab/theme/sante",
    "/ontology",
    "/api",
    "/query#question=signatories&contract=clermont-2024",
    "/nowhere-at-all",
]


@pytest.fixture(scope="module")
def server(chromium):
    with serving() as started:
        yield started


@pytest.fixture
def opened(chromium, server):
    """Opens an address; at the end nothing was complained of, and nothing was asked of another server."""
    contexts, troubles = [], []

    def open_page(path, **settings):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "fr-FR", **settings})
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        expected = ("status of 4", "status of 5")  # what the browser says of an answer that tells a fault
        page.on("console", lambda said: any(one in said.text for one in expected) or troubles.append(said.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda sent: sent.url.startswith((server.address, "blob:")) or troubles.append(sent.url))
        page.goto(server.address.rstrip("/") + path)
        if path.startswith("/query"):
            page.wait_for_selector("html[data-ready=yes]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def text_of(page):
    return page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")


def write(page, text):
    page.evaluate("(text) => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", text)


def run(page, key=False):
    if key:
        page.locator(".CodeMirror").click()
        page.keyboard.press("Control+Enter")
    else:
        page.click("#run")
    page.wait_for_selector("#asking[data-state=done]")


def test_the_editor_is_the_one_that_was_kept():
    told = dict(line.split("  ")[::-1] for line in YASQE.joinpath("SHA256SUMS").read_text("utf-8").splitlines())
    assert set(told) == {path.name for path in YASQE.iterdir()} - {"SHA256SUMS", "SOURCE.md"}
    for name, digest in told.items():
        assert hashlib.sha256(YASQE.joinpath(name).read_bytes()).hexdigest() == digest
    licences = YASQE.joinpath("LICENSES.txt").read_text("utf-8")
    for name in ("@triply/yasqe", "codemirror", "dompurify", "lodash-es", "query-string", "store"):
        assert f"\n{name} " in licences


def test_home(opened, store):
    page = opened("/")
    assert page.locator("html").get_attribute("lang") == "fr"
    for subject in subjects():
        assert page.get_by_role("heading", name=subject.title["fr"]).is_visible()
    page.fill("#text", "caisse d'allocations familiales de l'herault")
    page.press("#text", "Enter")
    page.locator("td a").first.click()
    assert "/id/partner/caf-herault" in page.url
    page.click("text=English")
    assert page.locator("html").get_attribute("lang") == "en"
    page.click("text=Ontology")
    assert page.url.endswith("/ontology?lang=en")


def test_a_question_is_asked_with_its_form(opened, store):
    page = opened("/questions")
    page.get_by_role("link", name=question("signatories").title["fr"]).click()
    page.fill("#p-contract", "clermont-2024")
    page.click("text=Demander")
    expected = ask(store, "signatories", {"contract": "clermont-2024"})
    assert page.locator("tbody tr").count() == len(expected)
    assert page.locator("thead th").all_inner_texts() == list(expected.columns)
    with page.expect_download() as saved:
        page.click("text=CSV pour Excel")
    assert Path(saved.value.path()).read_bytes().startswith(b"\xef\xbb\xbfcontract;partner")
    assert saved.value.suggested_filename == "signatories.csv"
    page.click("text=Ouvrir en SPARQL")
    page.wait_for_url(WRITTEN)
    run(page)
    assert page.locator("#result tbody tr").count() == len(expected)


def test_a_wrong_value_offers_the_right_ones(opened):
    page = opened("/questions/articulations?contract=clermnt-2024&theme=sante")
    assert page.get_by_role("alert").is_visible()
    assert page.locator("#p-contract").get_attribute("aria-invalid") == "true"
    page.get_by_role("link", name="clermont-2024", exact=True).click()
    assert page.locator("tbody tr").count() > 10
    assert page.input_value("#p-theme") == "sante"


def test_a_query_is_written_run_and_kept_in_the_address(opened, store):
    page = opened("/query")
    write(page, "SELECT ?c ?l {\n  ?c a cdv:CityContract ; rdfs:label ?l\n} ORDER BY ?c LIMIT 3")  # no PREFIX
    run(page, key=True)
    links = [urlsplit(one.get_attribute("href")).path for one in page.locator("#result td a").all()]
    assert len(links) == 3 and all(link.startswith("/id/contract/") for link in links)
    assert "3 lignes" in page.inner_text("#state")
    again = opened("/query" + page.url.partition("/query")[2])
    assert text_of(again) == text_of(page)
    again.locator("#run").click()
    again.locator("#result td a").first.click()
    assert again.locator("h1").inner_text()


@pytest.mark.parametrize(
    ("query", "forms"),
    [
        ("SELECT ?l { contract:clermont-2024 rdfs:label ?l }", ["JSON", "CSV", "TSV", "XML"]),
        ("DESCRIBE contract:clermont-2024", ["Turtle", "N-Triples", "JSON-LD"]),
        ("ASK { ?s ?p ?o }", ["JSON", "XML"]),
    ],
)
def test_answers_are_had_in_their_formats(opened, query, forms):
    page = opened("/query")
    write(page, query)
    run(page)
    assert page.locator("#downloads button").all_inner_texts() == forms
    for form in forms:
        with page.expect_download() as saved:
            page.get_by_role("button", name=form, exact=True).click()
        assert b"\n" in Path(saved.value.path()).read_bytes() or form in ("JSON", "XML", "JSON-LD")


def test_a_fault_is_shown_at_its_line(opened):
    page = opened("/query", locale="en-GB")
    write(page, "SELECT ?s {\n  ?s a cdv:CityContract ;;\n  ?x\n}")
    run(page)
    assert "Line 4" in page.inner_text("#fault")
    marked = page.locator(".CodeMirror .fault-line")
    assert marked.count() == 1
    assert page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getCursor().line") == 3
    write(page, "ASK { ?s ?p ?o }")
    run(page)
    assert marked.count() == 0
    assert page.locator("#fault").is_hidden()
    assert "Yes" in page.inner_text("#result")


def test_what_the_server_refuses_is_told(opened):
    page = opened("/query")
    write(page, "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }")
    run(page)
    assert page.locator("#fault").is_visible()
    write(page, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    run(page)
    assert page.inner_text("#fault") != ""
    write(page, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.click("#run")
    page.click("#stop")
    page.wait_for_selector("#asking[data-state=done]")
    assert page.inner_text("#state") == "Requête arrêtée."


def test_a_question_becomes_its_query(opened):
    page = opened("/query")
    page.click("summary")
    page.select_option("#question", "sheet")
    assert page.locator("#p-code").get_attribute("required") is not None
    page.fill("#p-code", "1.1")
    page.fill("#p-contract", "nowhere-2016")
    page.click("text=Voir sa requête")
    page.wait_for_selector("#start-fault:not([hidden])")
    assert "nowhere-2016" in page.inner_text("#start-fault")
    page.fill("#p-contract", "montpellier-2016")
    page.click("text=Voir sa requête")
    page.wait_for_url(WRITTEN)
    text = text_of(page)
    assert "<https://w3id.org/contrat-de-ville/id/contract/montpellier-2016>" in text
    assert "PREFIX cdv:" in text and "PREFIX spdx:" not in text
    run(page)
    assert page.locator("#result tbody tr").count() > 20


def test_names_are_completed_from_the_ontology(opened):
    page = opened("/query")
    write(page, "SELECT * { ?s a ")
    page.evaluate(
        "(() => { const e = document.querySelector('.CodeMirror').CodeMirror; e.focus(); e.setCursor(0, 99) })()"
    )
    page.keyboard.type("cdv:CityC")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hints li")
    page.keyboard.press("Enter")
    expect(page.locator(".CodeMirror-code")).to_contain_text("cdv:CityContract")


def test_the_keyboard_is_not_kept_in_the_editor(opened):
    page = opened("/query")
    page.locator(".CodeMirror").click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"


def test_hostile_values_in_results_stay_data(opened):
    page = opened("/query")
    write(
        page,
        """SELECT ?l ?i { VALUES (?l ?i) { ("<img src=x onerror='window.hacked=1'>" <javascript:window.hacked=1>) } }""",
    )
    run(page)
    assert page.locator("#result img").count() == 0
    assert page.locator("#result td").first.inner_text() == "<img src=x onerror='window.hacked=1'>"
    assert parse_qs(urlsplit(page.locator("#result td a").get_attribute("href")).query)["iri"] == [
        "javascript:window.hacked=1"
    ]
    assert page.evaluate("window.hacked") is None


def test_an_address_that_asks_for_what_is_not_there_changes_nothing(opened):
    page = opened("/query#question=%3Cimg%3E&__proto__=1&constructor=2")
    assert "cdv:CityContract" in text_of(page)


def test_without_a_script_pages_and_the_query_work(opened, store):
    page = opened("/questions/signatories?contract=clermont-2024", java_script_enabled=False)
    assert page.locator("tbody tr").count() == len(ask(store, "signatories", {"contract": "clermont-2024"}))


def test_no_page_holds_what_its_policy_forbids(store):
    with client(store) as http:
        for path in PAGES[:-2]:
            response = http.get(path, headers=BROWSER)
            policy = response.headers["content-security-policy"]
            assert "default-src 'self'" in policy and "unsafe" not in policy, path
            assert Elements(response.text).harmless(), path
        assert "unsafe-eval" not in http.get("/query").headers["content-security-policy"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "settings", [{}, {"viewport": {"width": 360, "height": 740}, "locale": "en-GB"}], ids=["wide", "narrow"]
)
def test_axe_finds_no_fault_and_nothing_overflows(opened, path, settings):
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe-core is not installed: pip install axe-playwright-python")
    page = opened(path, bypass_csp=True, **settings)
    if path.startswith("/query"):
        page.wait_for_url(WRITTEN)
        page.click("summary")
        run(page)
    page.add_script_tag(content=Path(found.origin).with_name("axe.min.js").read_text("utf-8"))
    # the text area beside the editor's scrolled lines has the focus, and scrolls them by keyboard
    rules = "{ rules: { 'scrollable-region-focusable': { enabled: !document.querySelector('.CodeMirror') } } }"
    faults = page.evaluate(f"axe.run({rules})")["violations"]
    assert [(fault["id"], fault["nodes"][0]["target"], fault["nodes"][0]["html"][:100]) for fault in faults] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
