"""A network or a diagram to a file, whose ending chooses the format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cdv_graph.diagram.graph_data import cytoscape_json, edges_csv, gexf, graphml, nodes_csv
from cdv_graph.diagram.graph_text import dot, mermaid
from cdv_graph.diagram.graphs import of_diagram, placed
from cdv_graph.diagram.kinds.contract import contract, contract_views
from cdv_graph.diagram.kinds.network import ROWS, network_diagram, network_views
from cdv_graph.diagram.model import Diagram, View
from cdv_graph.diagram.page import page
from cdv_graph.diagram.raster import raster
from cdv_graph.diagram.svg import svg
from cdv_graph.errors import InputError
from cdv_graph.files import swap_all_in

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["ENDINGS", "FORMATS", "draw", "files_of", "render"]

_TOP = 4

_PICTURES: dict[str, Callable[[Diagram], bytes]] = {
    "svg": svg,
    "png": lambda diagram: raster(diagram.scene, "png"),
    "pdf": lambda diagram: raster(diagram.scene, "pdf"),
    "mmd": lambda diagram: mermaid(of_diagram(diagram)),
}
# these hold a network whole, whatever a picture of it leaves out
_DATA: dict[str, Callable[[Network], bytes]] = {
    "graphml": graphml,
    "gexf": gexf,
    "dot": dot,
    "json": cytoscape_json,
    "nodes.csv": nodes_csv,
    "edges.csv": edges_csv,
}
FORMATS = ("html", *_PICTURES, *_DATA)
# one ending means two files
_TWO = {"csv": ("nodes.csv", "edges.csv")}
ENDINGS = (*(form for form in FORMATS if "." not in form), *_TWO)


def render(
    drawn: Network | Diagram | Sequence[View],
    form: str,
    *,
    lang: str = "fr",
    title: str = "",
    top: int | None = None,
    everything: bool = False,
) -> bytes:
    """A network or a diagram in a format of `FORMATS`, as bytes; see `draw`.

    Raises:
        InputError: the format or the language is unknown, `top` is below 1, or a package is missing.
    """
    if form not in FORMATS:
        raise InputError("diagram.unknown-format", form=form, known=", ".join(FORMATS))
    if top is not None and top < 1:
        raise InputError("diagram.top", top=top)
    if form in _DATA:
        return _DATA[form](_whole(drawn, lang, title))
    shown = drawn if isinstance(drawn, (Diagram, Sequence)) else _views(drawn, form, lang, title, top, everything)
    if form == "html":
        return page(shown, lang=lang)
    return _PICTURES[form](shown if isinstance(shown, Diagram) else shown[0].diagram)


def _views(
    network: Network, form: str, lang: str, title: str, top: int | None, everything: bool
) -> Diagram | Sequence[View]:
    """What is drawn of a network: one picture, or all those of a page."""
    if network.graph.get("kind", "contract") == "contract":
        kept = None if everything else top or _TOP
        return (contract_views if form == "html" else contract)(network, lang=lang, title=title, top=kept)
    kept = None if everything else top or ROWS
    return (network_views if form == "html" else network_diagram)(network, lang=lang, title=title, top=kept)


def _whole(drawn: Network | Diagram | Sequence[View], lang: str, title: str) -> Network:
    """The network with the look of its nodes, or the one that a diagram, or the first of several views, is."""
    if isinstance(drawn, Diagram):
        return of_diagram(drawn)
    if isinstance(drawn, Sequence):
        return of_diagram(drawn[0].diagram)
    return placed(drawn, network_diagram(drawn, lang=lang, title=title))


def files_of(path: Path | str) -> tuple[Path, ...]:
    """The files that `draw` writes for a path: that one, or of `.csv` two, the nodes and the edges.

    Example:
        >>> [path.name for path in files_of("clermont.csv")]
        ['clermont-nodes.csv', 'clermont-edges.csv']
    """
    target = Path(path)
    forms = _TWO.get(_ending(target), ())
    return tuple(target.with_name(f"{target.stem}-{form}") for form in forms) or (target,)


def _ending(path: Path) -> str:
    return path.suffix.lstrip(".").lower()


def draw(
    drawn: Network | Diagram | Sequence[View],
    path: Path | str,
    *,
    lang: str = "fr",
    title: str = "",
    top: int | None = None,
    everything: bool = False,
) -> Path:
    """Draw a network or a diagram to a file; the same gives the same bytes.

    Args:
        drawn: what `Graph.network` made, or a diagram, or several views of one, of which all but the page show the
            first: these are laid out already, and of what follows only `lang` holds for them.
        path: where to; the ending is `html`, `svg`, `png`, `pdf` or `mmd` (Mermaid) for a picture, `graphml`, `gexf`,
            `dot`, `json` (Cytoscape) or `csv` for data: all nodes and ties of a network, with the places and colours
            of its picture. Of `x.csv`, nodes go to `x-nodes.csv` and edges to `x-edges.csv`.
        lang: `fr` or `en`.
        title: the title; one made from that of the network by default.
        top: how much a picture shows: of the kind `contract`, so many dispositifs per theme (4), leaving out mere
            mentions; of the others, so many nodes of each kind (30), twice as many where they stand on two sides. The
            page of `html` starts there and leads to the rest.
        everything: show all instead.

    Returns:
        The path as it was given; `files_of` tells what was written.

    Raises:
        InputError: the ending or the language is unknown, `top` is below 1, or PNG or PDF is asked without matplotlib.
        OutputError: a file cannot be written; what was there before is untouched.

    Example:
        >>> import networkx, tempfile
        >>> network = networkx.MultiDiGraph(title="C", contract="c", source="d", drawn=0, total=0)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     draw(network, f"{folder}/c.svg").name
        'c.svg'
    """
    target, form = Path(path), _ending(Path(path))
    if form not in ENDINGS:
        raise InputError("diagram.unknown-format", form=form, known=", ".join(ENDINGS))
    forms = _TWO.get(form, (form,))
    asked: dict[str, Any] = {"lang": lang, "title": title, "top": top, "everything": everything}
    swap_all_in({file: render(drawn, one, **asked) for file, one in zip(files_of(target), forms, strict=True)})
    return target
