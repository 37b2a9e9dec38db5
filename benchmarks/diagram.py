"""What a page of 2,000 items and 4,000 ties weighs, how long it takes to make and to open, and how it moves.

    python benchmarks/diagram.py [ITEMS]

Needs playwright and Chromium. Frames are counted while the mouse drags the picture for about two seconds, with and
without something chosen; without a graphics card Chromium draws on the processor, so that these are lower bounds.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from cdv_graph.build import load_store
from cdv_graph.diagram import draw
from cdv_graph.diagram.model import Diagram, Facet, Item
from cdv_graph.diagram.shapes import Box, Curve, Text
from cdv_graph.graph import Graph

_MODES = ("volet", "governance", "operational", "funding")
_ACROSS = 40
_FRAMES = """() => {
  const frames = window.frames_seen = [];
  const count = (now) => { frames.push(now); if (window.frames_seen === frames) requestAnimationFrame(count); };
  requestAnimationFrame(count);
}"""


def grid(items: int) -> Diagram:
    """Boxes in a grid, each tied to two others."""
    places = [(60 + 190.0 * (n % _ACROSS), 60 + 60.0 * (n // _ACROSS)) for n in range(items)]
    ties = []
    for n, (x, y) in enumerate(places):
        for other in ((n * 7 + 1) % items, (n * 13 + 5) % items):
            ox, oy = places[other]
            curve = Curve(((x, y), ((x + ox) / 2, y), ((x + ox) / 2, oy), (ox, oy)), "#8592a3", 1)
            ends = (f"node/{n}", f"node/{other}")
            ties.append(Item(f"tie/{n}/{other}", "tie", f"{n} → {other}", (curve,), ends=ends))
    nodes = [
        Item(
            id=f"node/{n}",
            kind="partner",
            label=f"Partenaire numéro {n}",
            shapes=(
                Box(x - 75, y - 16, 150, 32, "#ffffff", "#52606d", 16),
                Text(x, y + 5, ((f"Partenaire {n}", False),), 13, "#1f2933", "middle"),
            ),
            facts=(("Numéro", str(n)), ("Mode", _MODES[n % 4])),
            lines=(f"clermont-2024:{n}-{n + 2}",),
            facets={"mode": (_MODES[n % 4],)},
            row=(f"Partenaire numéro {n}", _MODES[n % 4], f"clermont-2024:{n}"),
        )
        for n, (x, y) in enumerate(places)
    ]
    size = (_ACROSS * 190.0 + 60, math.ceil(items / _ACROSS) * 60.0 + 60)
    facet = Facet("mode", "Mode", tuple((mode, mode) for mode in _MODES))
    columns = ("Nom", "Mode", "Lignes")
    return Diagram("partners", f"{items} partenaires", "", "", *size, (), (*ties, *nodes), (facet,), columns)


def milliseconds(page: Page, script: str) -> float:
    """How long a script takes, the next frame included."""
    return float(
        page.evaluate(
            f"""async () => {{
              const start = performance.now();
              {script};
              await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
              return performance.now() - start;
            }}"""
        )
    )


def frames(page: Page) -> float:
    """Frames per second while the mouse drags the picture."""
    page.mouse.move(800, 500)
    page.mouse.down()
    page.evaluate(_FRAMES)
    start = time.perf_counter()
    turn = 0
    while time.perf_counter() - start < 2:
        turn += 1
        page.mouse.move(800 + 200 * math.sin(turn / 20), 500 + 120 * math.cos(turn / 20))
    seen = page.evaluate("() => { const seen = window.frames_seen; window.frames_seen = null; return seen; }")
    page.mouse.up()
    return 1000 * (len(seen) - 1) / (seen[-1] - seen[0])


def main() -> None:
    """Print the figures."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    graph = Graph(load_store())
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        network = graph.network("contract", contract="clermont-2024")
        for name, drawn in (("clermont-2024", network), (f"{items} items, {2 * items} ties", grid(items))):
            for form in ("html", "svg"):
                start = time.perf_counter()
                path = draw(drawn, Path(folder) / f"d.{form}")
                taken = time.perf_counter() - start
                print(f"{name}: {form} {path.stat().st_size / 1e6:.2f} MB, made in {taken:.2f} s")
            browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1600, "height": 900})
            start = time.perf_counter()
            page.goto((Path(folder) / "d.html").as_uri())
            page.wait_for_function("window.diagram !== undefined")
            print(f"{name}: opens in {time.perf_counter() - start:.2f} s")
            print(f"{name}: panning {frames(page):.0f} frames/s seen whole")
            page.click("#ui-in", click_count=4)
            print(f"{name}: panning {frames(page):.0f} frames/s zoomed in")
            kept = milliseconds(page, "document.querySelector('[data-facet=mode] input').click()")
            standing = "state.view.nodes.find((node) => !node.out && node.record.kind !== 'tie')"
            chosen = milliseconds(page, f"choose({standing}.record.id)")
            print(f"{name}: a filter {kept:.0f} ms, choosing an item {chosen:.0f} ms")
            print(f"{name}: panning {frames(page):.0f} frames/s with an item chosen")
            table = milliseconds(page, "document.getElementById('ui-to-table').click()")
            print(f"{name}: table {table:.0f} ms")
            browser.close()


if __name__ == "__main__":
    main()
