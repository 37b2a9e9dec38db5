"""A network to a file, whose ending chooses the format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cdv_graph.diagram.graphs import cytoscape_json, gexf, graphml
from cdv_graph.diagram.html import html
from cdv_graph.diagram.raster import raster
from cdv_graph.diagram.scene import picture
from cdv_graph.diagram.svg import svg
from cdv_graph.errors import InputError
from cdv_graph.files import swap_in

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["FORMATS", "draw", "render"]

TOP = 4
_Renderer = Callable[["Network", str, str, int | None], bytes]

FORMATS: dict[str, _Renderer] = {
    "html": lambda network, lang, title, top: html(network, lang=lang, title=title, top=top),
    "svg": lambda network, lang, title, top: svg(picture(network, lang=lang, title=title, top=top)),
    "png": lambda network, lang, title, top: raster(picture(network, lang=lang, title=title, top=top), "png"),
    "pdf": lambda network, lang, title, top: raster(picture(network, lang=lang, title=title, top=top), "pdf"),
    "graphml": lambda network, lang, title, top: graphml(network),
    "gexf": lambda network, lang, title, top: gexf(network),
    "json": lambda network, lang, title, top: cytoscape_json(network),
}

# these hold any network; the others are pictures of one contract
_DATA = ("graphml", "gexf", "json")


def render(
    network: Network, form: str, *, lang: str = "fr", title: str = "", top: int = TOP, everything: bool = False
) -> bytes:
    """A network in a format, as bytes; see `draw`.

    Raises:
        InputError: the format or the language is unknown, `top` is below 1, a package is missing, or there is no
            picture of networks of this kind.
    """
    if form not in FORMATS:
        raise InputError("diagram.unknown-format", form=form, known=", ".join(FORMATS))
    drawn = network.graph.get("kind", "contract")
    if form not in _DATA and drawn != "contract":
        raise InputError("diagram.no-picture", kind=drawn, form=form, known=", ".join(_DATA))
    if top < 1:
        raise InputError("diagram.top", top=top)
    return FORMATS[form](network, lang, title, None if everything else top)


def draw(
    network: Network,
    path: Path | str,
    *,
    lang: str = "fr",
    title: str = "",
    top: int = TOP,
    everything: bool = False,
) -> Path:
    """Draw a network to a file; the same network gives the same bytes.

    Args:
        network: what `Graph.network` made; pictures are of the kind `contract`, data of any.
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
    content = render(network, target.suffix.lstrip(".").lower(), lang=lang, title=title, top=top, everything=everything)
    swap_in(target, content)
    return target
