"""Every kind of diagram as a page of the shipped documents, in a real browser without a network."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from gallery import commands, draw
from test_page import opened

KINDS = {words[1]: words for words in commands()}


@pytest.fixture(scope="module", params=sorted(KINDS))
def saved(request, tmp_path_factory):
    path = tmp_path_factory.mktemp(request.param) / "page.html"
    draw(KINDS[request.param], path)
    return path


@pytest.fixture
def page(chromium, saved):
    page = opened(chromium, saved, bypass_csp=True)
    yield page
    assert page.troubles == []
    page.context.close()


RECORDS = "[...diagram.state.view.byGroup.values()].map((one) => one.record)"


def test_an_item_is_found_by_its_name(page):
    name = page.evaluate(f"{RECORDS}.find((one) => one.kind !== 'tie' && one.label.length > 3).label")
    page.fill("#ui-search", name)
    assert page.locator("#ui-results li button").count() >= 1
    page.press("#ui-search", "Enter")
    assert page.inner_text("#ui-facts h2").strip()
    page.keyboard.press("Escape")


def test_facts_end_with_the_passages(page):
    read = page.evaluate(f"{RECORDS}.find((one) => one.lines && one.lines.length)")
    page.evaluate("(id) => { location.hash = '#item=' + encodeURIComponent(id); }", read["id"])
    page.wait_for_function("(id) => diagram.state.item === id", arg=read["id"])
    assert read["lines"][0].partition(":")[0] + ", l. " in page.inner_text("#ui-facts")


def test_the_table_has_the_rows_of_the_picture(page):
    expected = page.evaluate(
        "[...diagram.state.view.byGroup.values()].filter((one) => one.record.row && one.record.row.length).length"
    )
    page.click("#ui-to-table")
    page.wait_for_function("(n) => document.querySelectorAll('#ui-table tbody tr').length === n", arg=expected)
    assert expected > 0


def test_a_filter_takes_something_away_and_gives_it_back(page):
    facet = page.locator("[data-facet]").first
    facet.locator("summary").click()
    whole = page.locator("#ui-picture g.item:not(.out)").count()
    boxes = facet.locator("input[type=checkbox]")
    for box in boxes.all():
        box.uncheck()
    assert page.locator("#ui-picture g.item:not(.out)").count() < whole
    for box in boxes.all():
        box.check()
    assert page.locator("#ui-picture g.item:not(.out)").count() == whole


def test_axe_finds_no_serious_fault(page):
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe-core is not installed: pip install axe-playwright-python")
    page.click("#ui-to-table")
    page.add_script_tag(content=Path(found.origin).with_name("axe.min.js").read_text("utf-8"))
    faults = page.evaluate("axe.run()")["violations"]
    serious = [fault for fault in faults if fault["impact"] in ("serious", "critical")]
    assert [(fault["id"], fault["nodes"][0]["target"]) for fault in serious] == []
