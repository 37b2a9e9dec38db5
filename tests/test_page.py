"""The page of a diagram in a real browser, opened from disk without a network: it does what its buttons say."""

from __future__ import annotations

import csv
import importlib.util
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cdv_graph.analysis.networks.contract import contract_network
from cdv_graph.diagram import draw
from cdv_graph.diagram.cards import cards
from cdv_graph.diagram.kinds.contract import contract_views
from cdv_graph.diagram.model import Diagram, Facet, Item
from cdv_graph.diagram.shapes import Box, Curve, Text
from cdv_graph.diagram.style import words
from cdv_graph.questions import ask

CONTRACT = "clermont-2024"
HOSTILES = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\"quoted\" & 'so' <!-- $& @@data@@",
    "עברית (ראשון), שני",
    "👩🏽‍🌾 ferme\u0000 = 1+1",
)


@pytest.fixture(scope="module")
def network(store):
    return contract_network(ask(store, "articulations", {"contract": CONTRACT}))


@pytest.fixture(scope="module")
def saved(network, tmp_path_factory):
    return draw(network, tmp_path_factory.mktemp("page") / "c.html")


@pytest.fixture(scope="module")
def views(network):
    return {view.name: view.diagram for view in contract_views(network, top=4)}


def opened(chromium, path, fragment="", **settings):
    context = chromium.new_context(**{"viewport": {"width": 1600, "height": 900}, "offline": True, **settings})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.troubles = []
    page.on("console", lambda message: page.troubles.append(message.text))
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("request", lambda request: request.url.startswith(("file:", "data:")) or page.troubles.append(request.url))
    page.goto(path.as_uri() + fragment)
    page.wait_for_function("window.diagram !== undefined")
    return page


@pytest.fixture
def page(chromium, saved):
    page = opened(chromium, saved)
    yield page
    assert page.troubles == []
    page.context.close()


def item(page, name):
    return page.locator(f'#ui-picture [id="item/{name}"]')


def shown(page, kind="dispositif"):
    return page.evaluate(
        """(kind) => [...document.querySelectorAll(`#ui-picture g.item[data-kind=${kind}]:not(.out)`)].map(
          (group) => diagram.state.view.byGroup.get(group).record.id)""",
        kind,
    )


def ids(diagram, kind="dispositif", keep=lambda item: True):
    return [item.id for item in diagram.items if item.kind == kind and keep(item)]


def only(page, facet, *codes):
    """Keep these codes of a facet, as a reader would."""
    page.locator(f"[data-facet={facet}] summary").click()
    page.locator(f"[data-facet={facet}] .both button").nth(1).click()
    for code in codes:
        page.locator(f'[data-facet={facet}] input[value="{code}"]').check()
    page.keyboard.press("Escape")


def rows(page):
    return page.locator("#ui-table tbody tr").evaluate_all("(all) => all.map((row) => row.dataset.item)")


def camera(page):
    return page.evaluate("[diagram.camera.x, diagram.camera.y, diagram.camera.zoom]")


def downloaded(page, kind):
    page.locator("#ui-export summary").click()
    with page.expect_download() as waiting:
        page.click(f"#ui-{kind}")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_it_opens_on_the_overview_seen_whole_with_nothing_overlapping(page, views):
    assert page.title() == f"Articulations · {CONTRACT}"
    assert shown(page) == ids(views["overview"])
    ground = page.locator("#ui-picture").bounding_box()
    drawn = page.locator("#ui-picture > svg").bounding_box()
    assert drawn["y"] >= ground["y"] - 1
    assert drawn["y"] + drawn["height"] <= ground["y"] + ground["height"] + 1
    clashes = page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll("#ui-picture text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
          const found = [];
          boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
            const w = Math.min(p.right, q.right) - Math.max(p.left, q.left);
            const h = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
            if (w > 1 && h > 1) found.push([a, b, w, h]);
          }));
          return found;
        }"""
    )
    assert clashes == []


def test_bars_and_menus_stay_inside_a_small_window(chromium, saved):
    page = opened(chromium, saved, viewport={"width": 420, "height": 720})
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    assert page.locator("#ui-picture").bounding_box()["height"] > 300
    page.context.close()


def test_search_ignores_accents_and_goes_from_one_to_the_next(page, views):
    page.fill("#ui-search", "sante mentale")
    found = page.locator("#ui-results li button")
    expected = {i.id for i in views["whole"].items if i.kind != "tie" and "santé mentale" in i.label.lower()}
    assert found.count() >= len(expected) > 2
    assert page.inner_text("#ui-found") == f"{found.count()} trouvés"
    seen = []
    for _ in range(found.count()):
        page.press("#ui-search", "Enter")
        seen.append(page.evaluate("diagram.state.item"))
    assert len(set(seen)) == found.count()
    assert expected <= set(seen)
    page.click("#ui-previous")
    assert page.evaluate("diagram.state.item") == seen[-2]
    page.press("#ui-search", "Escape")
    assert page.input_value("#ui-search") == ""
    assert page.locator("#ui-aside").is_hidden()


def test_search_finds_what_this_view_does_not_show(page, network):
    mention = next(e for card in cards(network) for e in card.entries if e.only_mentioned and e.carriers == ())
    page.fill("#ui-search", mention.label)
    page.locator("#ui-results li button").first.click()
    assert page.input_value("#ui-view") == "whole"
    assert mention.label in page.inner_text("#ui-facts")


def test_a_search_without_an_answer_says_so(page):
    page.fill("#ui-search", "zzz")
    assert page.inner_text("#ui-found") == "Rien trouvé"
    assert page.locator("#ui-picture svg.reading").count() == 0


@pytest.mark.parametrize("facet", ["mode", "status", "theme", "carrier"])
def test_each_filter_keeps_what_has_the_code(page, views, facet):
    page.select_option("#ui-view", "whole")
    page.click("#ui-to-table")
    values = next(f.values for f in views["whole"].facets if f.name == facet)
    code = values[1][0]
    only(page, facet, code)
    kept = ids(views["whole"], keep=lambda i: code in i.facets[facet])
    assert 0 < len(kept) < len(ids(views["whole"]))
    assert shown(page) == kept
    page.wait_for_function("(n) => document.querySelectorAll('#ui-table tbody tr').length === n", arg=len(kept))
    assert rows(page) == kept
    # a card without a line left, a carrier of nothing and a tie without an end are gone
    parts = {i.id: i for i in views["whole"].items}
    assert set(shown(page, "theme")) == {parts[one].within for one in kept}
    ties = [i for i in views["whole"].items if i.kind == "tie" and i.id in shown(page, "tie")]
    assert all(set(tie.ends) <= {*kept, *shown(page, "partner")} for tie in ties)
    assert set(shown(page, "partner")) == {tie.ends[1] for tie in ties}
    page.click("#ui-reset")
    assert shown(page) == ids(views["whole"])


def test_filters_that_leave_nothing_say_so(page):
    only(page, "mode")
    assert shown(page) == []
    assert page.locator("#ui-empty").is_visible()


def test_a_theme_alone(page, network, views):
    page.select_option("#ui-view", "theme/sante")
    (card,) = cards(network, theme="sante")
    assert sorted(shown(page)) == sorted(f"entry/sante/{entry.node}" for entry in card.entries)
    assert ids(views["theme/sante"], "theme") == shown(page, "theme")


def test_a_click_tells_the_facts_with_their_lines_and_lights_what_is_around(page, network, views):
    card, entry = next((c, e) for c in cards(network, top=4) for e in c.entries if e.carriers)
    name = f"entry/{card.theme}/{entry.node}"
    item(page, name).click()
    facts = page.inner_text("#ui-facts")
    assert entry.label in facts
    assert words("fr")["modes"][entry.modes[0]] in facts
    assert f"{len(entry.elements)} (" in facts
    document, _, lines = entry.lines[0].rpartition(":")
    first, last = lines.split("-")
    assert f"{document}, l. {first}{'' if first == last else '–' + last}" in facts
    lit = set(
        page.locator("#ui-picture .lit").evaluate_all(
            "(all) => all.map((group) => diagram.state.view.byGroup.get(group).record.id)"
        )
    )
    ties = [i for i in views["overview"].items if name in i.ends]
    assert lit == {name, f"theme/{card.theme}", *(t.id for t in ties), *(t.ends[1] for t in ties)}
    partner = network.nodes[entry.carriers[0]]["label"]
    page.locator("#ui-facts li button", has_text=partner).click()
    assert page.inner_text("#ui-facts h2") == partner
    page.keyboard.press("Escape")
    assert page.locator("#ui-picture .lit, #ui-picture .reading").count() == 0


def test_a_thin_line_is_found_from_beside_it(page, views):
    tie = next(i for i in views["overview"].items if i.kind == "tie")
    spot = page.evaluate(
        """(id) => {
          const path = diagram.state.view.byId.get(id).group.querySelector("path");
          const at = path.getPointAtLength(20).matrixTransform(path.getScreenCTM());
          return [at.x, at.y];
        }""",
        tie.id,
    )
    page.mouse.click(spot[0], spot[1] + 2)
    assert page.evaluate("diagram.state.item") == tie.id
    assert len(page.locator("#ui-facts li button").all()) == 2


def test_pan_zoom_and_fit(page):
    start = camera(page)
    page.click("#ui-in")
    assert camera(page)[2] == pytest.approx(start[2] * 1.25)
    page.click("#ui-out")
    page.mouse.move(800, 500)
    page.mouse.wheel(0, -300)
    page.wait_for_function("(zoom) => diagram.camera.zoom > zoom", arg=start[2])
    before = camera(page)
    page.mouse.down()
    page.mouse.move(850, 460, steps=4)
    page.mouse.up()
    assert camera(page) == pytest.approx([before[0] + 50, before[1] - 40, before[2]])
    assert page.evaluate("diagram.state.item") == ""
    page.click("#ui-fit")
    assert camera(page) == pytest.approx(start)


def test_two_fingers_zoom(page):
    before = camera(page)[2]
    page.evaluate(
        """() => {
          const send = (type, id, x) => document.getElementById("ui-picture").dispatchEvent(
            new PointerEvent(type, { pointerId: id, clientX: x, clientY: 400, bubbles: true, pointerType: "touch" }));
          HTMLElement.prototype.setPointerCapture = () => {};
          send("pointerdown", 1, 700); send("pointerdown", 2, 900);
          send("pointermove", 2, 1000); send("pointermove", 1, 600);
          send("pointerup", 1, 600); send("pointerup", 2, 1000);
        }"""
    )
    assert camera(page)[2] == pytest.approx(before * 2, rel=0.1)


def test_everything_by_keyboard(page):
    focused = "document.activeElement.id"
    page.keyboard.press("/")
    assert page.evaluate(focused) == "ui-search"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == "ui-picture":
            break
    assert page.evaluate(focused) == "ui-picture"
    before = camera(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    assert camera(page)[0] != before[0]
    assert camera(page)[2] > before[2]
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    first = page.evaluate(focused)
    assert first.startswith("item/theme/")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press("ArrowDown")
    second = page.evaluate(focused)
    assert second.startswith("item/entry/")
    page.keyboard.press("Enter")
    assert page.evaluate("diagram.state.item") == second.removeprefix("item/")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == first
    page.keyboard.press("Escape")
    assert page.evaluate("diagram.state.item") == ""
    assert page.locator('#ui-picture g.item[tabindex="0"]').count() == 1


def test_the_table_has_every_row_sorts_and_leads_back(page, views):
    page.click("#ui-to-table")
    page.select_option("#ui-view", "whole")
    every = [i for i in views["whole"].items if i.row]
    page.wait_for_function("(n) => document.querySelectorAll('#ui-table tbody tr').length === n", arg=len(every))
    assert rows(page) == [i.id for i in every]
    cells = page.locator("#ui-table tbody tr").first.locator("td").all_inner_texts()
    assert tuple(cells) == every[0].row
    counts = "(all) => all.map((row) => +row.children[5].textContent)"
    sort = page.locator("#ui-table th button").nth(5)
    sort.click()
    numbers = page.locator("#ui-table tbody tr").evaluate_all(counts)
    assert numbers == sorted(int(i.row[5]) for i in every)
    sort.click()
    assert page.locator("#ui-table tbody tr").evaluate_all(counts) == numbers[::-1]
    assert page.locator("#ui-table th[aria-sort=descending]").count() == 1
    last = rows(page)[-1]
    page.locator("#ui-table tbody tr").last.locator("button").click()
    assert page.evaluate("diagram.state.item") == last
    page.wait_for_function(
        """(id) => {
          const item = document.getElementById(id).getBoundingClientRect();
          const ground = document.getElementById("ui-picture").getBoundingClientRect();
          return item.top >= ground.top && item.bottom <= ground.bottom;
        }""",
        arg=f"item/{last}",
    )


def test_exports_are_what_is_seen(page, views):
    only(page, "mode", "governance")
    kept = ids(views["overview"], keep=lambda i: "governance" in i.facets["mode"])
    name, content = downloaded(page, "svg")
    assert name == f"articulations-{CONTRACT}-vue-d-ensemble.svg"
    root = ElementTree.fromstring(content)
    groups = [g.get("id") for g in root.iter("{http://www.w3.org/2000/svg}g") if g.get("data-kind") == "dispositif"]
    assert groups == [f"item/{one}" for one in kept]
    assert root[0].tag.endswith("title")
    assert root[0].text == f"Articulations · {CONTRACT}"
    name, content = downloaded(page, "png")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    wide = int.from_bytes(content[16:20], "big")
    assert (name[-4:], wide) == (".png", 2 * views["overview"].width)
    name, content = downloaded(page, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    expected = [list(i.row) for i in views["overview"].items if i.id in kept]
    assert found == [list(views["overview"].columns), *expected]


def test_an_export_without_filters_is_the_static_picture(page, views):
    from cdv_graph.diagram.svg import svg

    def told(content):
        """Every element with what draws it, and its text."""
        return [
            (e.tag, sorted(e.attrib.items()), (e.text or "").strip()) for e in ElementTree.fromstring(content).iter()
        ]

    assert told(downloaded(page, "svg")[1]) == told(svg(views["overview"]))


def test_the_address_says_what_is_seen(chromium, saved, page, views):
    page.select_option("#ui-view", "whole")
    only(page, "mode", "governance", "volet")
    page.fill("#ui-search", "contrat local")
    page.press("#ui-search", "Enter")
    told = page.evaluate("[location.hash, diagram.state.item, diagram.state.asked]")
    again = opened(chromium, saved, told[0])
    assert again.evaluate("[location.hash, diagram.state.item, diagram.state.asked]") == told
    assert again.input_value("#ui-view") == "whole"
    assert again.input_value("#ui-search") == "contrat local"
    assert shown(again) == shown(page)
    assert again.inner_text("#ui-facts h2") == page.inner_text("#ui-facts h2")
    again.evaluate("location.hash = 'view=theme/sante'")
    again.wait_for_function("diagram.state.view.name === 'theme/sante'")
    assert shown(again) == ids(views["theme/sante"])
    assert again.locator("#ui-aside").is_hidden()
    again.go_back()
    again.wait_for_function("(id) => diagram.state.item === id", arg=told[1])
    assert again.troubles == []
    again.context.close()


def test_an_address_that_asks_for_what_is_not_there_changes_nothing(chromium, saved, views):
    page = opened(chromium, saved, "#view=%3Cb%3E&item=nowhere&hide.mode=zzz&only.colour=red&q=%00%3Cimg%3E")
    assert shown(page) == ids(views["overview"])
    assert page.evaluate("diagram.state.item") == ""
    assert page.troubles == []
    page.context.close()


def hostile() -> Diagram:
    items = [
        Item(
            id=label,
            kind="partner",
            label=label,
            shapes=(
                Box(20, 40 + 60 * n, 400, 40, "#ffffff", "#52606d"),
                Text(30, 65 + 60 * n, ((label, True),), 12, "#1f2933"),
            ),
            facts=((label, label),),
            lines=(f"{label}:1-2",),
            facets={label: (label,)},
            row=(label, label),
        )
        for n, label in enumerate(HOSTILES)
    ]
    items.append(Item("tie", "tie", "x", (Curve(((0, 0), (5, 5)), "#1f2933", 1),), ends=(HOSTILES[0], HOSTILES[1])))
    facets = tuple(Facet(label, label, ((label, label),)) for label in HOSTILES)
    return Diagram(
        "partners", HOSTILES[0], HOSTILES[1], "", 460, 400, (), tuple(items), facets, HOSTILES[:2], HOSTILES[2]
    )


def test_hostile_labels_stay_data(chromium, tmp_path):
    page = opened(chromium, draw(hostile(), tmp_path / "h.html"))
    assert page.title() == HOSTILES[0]
    assert page.locator("img, script").count() == 2
    for label in HOSTILES:
        seen = label.replace("\u0000", " ")
        page.locator(f"#ui-picture g.item[aria-label={_quoted(seen)}]").click()
        assert page.locator("#ui-facts h2").text_content() == seen
        assert page.locator("#ui-facts h2").get_attribute("dir") == "auto"
        assert page.evaluate("new URLSearchParams(location.hash.slice(1)).get('item')") == seen
        page.keyboard.press("Escape")
        page.fill("#ui-search", seen)
        assert page.locator("#ui-results li").count() == 1
        page.keyboard.press("Escape")
    page.click("#ui-to-table")
    assert len(rows(page)) == len(HOSTILES)
    ElementTree.fromstring(downloaded(page, "svg")[1])
    _, content = downloaded(page, "csv")
    assert [row[0].replace("\u0000", " ") for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))][1:] == [
        label.replace("\u0000", " ") for label in HOSTILES
    ]
    assert page.evaluate("window.hacked") is None
    assert page.troubles == []
    page.context.close()


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def test_in_english(chromium, network, tmp_path):
    page = opened(chromium, draw(network, tmp_path / "c.html", lang="en"))
    assert page.get_attribute("html", "lang") == "en"
    page.locator("[data-facet=mode] summary").click()
    assert "Governance" in page.inner_text("[data-facet=mode]")
    assert page.inner_text("#ui-to-table") == "Table"
    assert page.troubles == []
    page.context.close()


def test_without_a_script_the_picture_is_there(chromium, saved):
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(saved.as_uri())
    assert page.locator("#ui-picture > svg").is_visible()
    assert page.locator("#ui-search").is_hidden()
    context.close()


def test_who_wants_less_motion_gets_none_and_paper_gets_the_picture(chromium, saved):
    page = opened(chromium, saved, reduced_motion="reduce")
    page.evaluate("document.getElementById('ui-picture').classList.add('gliding')")
    assert page.evaluate("getComputedStyle(document.querySelector('#ui-picture > svg')).transitionDuration") == "0s"
    page.click("#ui-in")
    page.emulate_media(media="print")
    assert page.locator("header").is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('#ui-picture > svg')).transform") == "none"
    assert page.pdf().startswith(b"%PDF")
    page.context.close()


@pytest.mark.parametrize("state", ["", "#item=theme%2Fsante&q=sante", "#view=theme%2Fsante&hide.mode=mention"])
def test_axe_finds_no_serious_fault(chromium, saved, state):
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe-core is not installed: pip install axe-playwright-python")
    page = opened(chromium, saved, state, bypass_csp=True)
    page.click("#ui-to-table")
    page.locator("[data-facet=mode] summary").click()
    page.add_script_tag(content=Path(found.origin).with_name("axe.min.js").read_text("utf-8"))
    faults = page.evaluate("axe.run()")["violations"]
    assert [(fault["id"], fault["nodes"][0]["target"]) for fault in faults] == []
    page.context.close()
