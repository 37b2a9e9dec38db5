"""A network or a diagram to a file, whose ending chooses the format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cdv_graph.diagram.graphs import cytoscape_json, gexf, graphml
from cdv_graph.diagram.kinds.contract import contract, contract_views
from cdv_graph.diagram.model import Diagram, View
from cdv_graph.diagram.page import page
from cdv_graph.diagram.raster import raster
from cdv_graph.diagram.svg import svg
from cdv_graph.errors import InputError
from cdv_graph.files import swap_in

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["FORMATS", "draw", "render"]

TOP = 4

_PICTURES: dict[str, Callable[[Diagram], bytes]] = {
    "svg": svg,
    "png": lambda diagram: raster(diagram.scene, "png"),
    "pdf": lambda diagram: raster(diagram.scene, "pdf"),
}
# these hold any network; the others are pictures
_DATA: dict[str, Callable[[Network], bytes]] = {"graphml": graphml, "gexf": gexf, "json": cytoscape_json}
FORMATS = ("html", *_PICTURES, *_DATA)


def render(
    drawn: Network | Diagram | Sequence[View],
    form: str,
    *,
    lang: str = "fr",
    title: str = "",
    top: int = TOP,
    everything: bool = False,
) -> bytes:
    """A network or a diagram in a format, as bytes; see `draw`.

    Raises:
        InputError: the format or the language is unknown, `top` is below 1, a package is missing, there is no picture
            of networks of this kind, or a diagram is asked as data.
    """
    if form not in FORMATS:
        raise InputError("diagram.unknown-format", form=form, known=", ".join(FORMATS))
    if top < 1:
        raise InputError("diagram.top", top=top)
    if isinstance(drawn, (Diagram, Sequence)):
        return _diagram(drawn, form, lang)
    if form in _DATA:
        return _DATA[form](drawn)
    kind = drawn.graph.get("kind", "contract")
    if kind != "contract":
        raise InputError("diagram.no-picture", kind=kind, form=form, known=", ".join(_DATA))
    kept = None if everything else top
    if form == "html":
        return _diagram(contract_views(drawn, lang=lang, title=title, top=kept), form, lang)
    return _diagram(contract(drawn, lang=lang, title=title, top=kept), form, lang)


def _diagram(diagram: Diagram | Sequence[View], form: str, lang: str) -> bytes:
    if form == "html":
        return page(diagram, lang=lang)
    if form in _DATA:
        raise InputError("diagram.unknown-format", form=form, known=", ".join(("html", *_PICTURES)))
    return _PICTURES[form](diagram if isinstance(diagram, Diagram) else diagram[0].diagram)


def draw(
    drawn: Network | Diagram | Sequence[View],
    path: Path | str,
    *,
    lang: str = "fr",
    title: str = "",
    top: int = TOP,
    everything: bool = False,
) -> Path:
    """Draw a network or a diagram to a file; the same gives the same bytes.

    Args:
        drawn: what `Graph.network` made: pictures are of the kind `contract`, data of any. Or a diagram, or several
            views of one, of which a picture shows the first: these are laid out already, and of what follows only
            `lang` holds for them.
        path: where to; the ending is `html`, `svg`, `png`, `pdf` (pictures), `graphml`, `gexf` or `json` (data, whole).
        lang: `fr` or `en`.
        title: the title; one made from that of the network by default.
        top: how many dispositifs a picture shows per theme, leaving out mere mentions. The page of `html` starts there
            and leads to the rest.
        everything: show every dispositif instead.

    Returns:
        The path.

    Raises:
        InputError: the ending or the language is unknown, `top` is below 1, or PNG or PDF is asked without matplotlib.
        OutputError: the file cannot be written; what was there before is untouched.

    Example:
        >>> import networkx, tempfile
        >>> network = networkx.MultiDiGraph(title="C", contract="c", source="d", drawn=0, total=0)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     draw(network, f"{folder}/c.svg").name
        'c.svg'
    """
    target = Path(path)
    content = render(drawn, target.suffix.lstrip(".").lower(), lang=lang, title=title, top=top, everything=everything)
    swap_in(target, content)
    return target
