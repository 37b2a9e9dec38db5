"""Primitives as PNG and PDF, drawn by matplotlib (extra `viz`)."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from cdv_graph.diagram.shapes import Box, Curve, Marker, Scene, Shape, Text
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import width
from cdv_graph.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["raster"]

_DPI = 100
_SHARPER = {"png": 2, "pdf": 1}
# what would change from one run to the next is left out
_METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "pdf": {"Creator": "cdv-graph", "Producer": None, "CreationDate": None},
}
# flat colours shrink well at once; the most would cost a second and spare little
_OPTIONS: dict[str, dict[str, Any]] = {"png": {"pil_kwargs": {"compress_level": 3}}, "pdf": {}}


def raster(scene: Scene, form: str) -> bytes:
    """A scene as PNG (two dots per unit) or PDF (text stays text).

    Args:
        scene: what to draw.
        form: `png` or `pdf`.

    Raises:
        InputError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise InputError("files.writing-needs", form=form.upper(), package="matplotlib", extra="viz") from error
    settings: dict[Any, Any] = {
        "font.family": "DejaVu Sans",
        "pdf.fonttype": 42,
        "lines.scale_dashes": False,
        "path.simplify": False,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(scene.width / _DPI, scene.height / _DPI), dpi=_DPI, facecolor=style().paper)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, scene.width), ylim=(scene.height, 0))
        axes.axis("off")
        for order, shape in enumerate(scene.shapes):
            _draw(axes, shape, order)
        buffer = io.BytesIO()
        figure.savefig(buffer, format=form, dpi=_DPI * _SHARPER[form], metadata=_METADATA[form], **_OPTIONS[form])
    return buffer.getvalue()


def _points(units: float) -> float:
    """Units of the scene as typographic points."""
    return units * 72 / _DPI


def _draw(axes: Axes, shape: Shape, order: int) -> None:
    from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Polygon
    from matplotlib.path import Path

    look: dict[str, Any]
    match shape:
        case Box():
            rounding = f"round,pad=0,rounding_size={min(shape.radius, shape.h / 2, shape.w / 2)}"
            look = {"facecolor": shape.fill, "edgecolor": shape.stroke or "none", "linewidth": _points(1)}
            axes.add_artist(FancyBboxPatch((shape.x, shape.y), shape.w, shape.h, rounding, zorder=order, **look))
        case Curve():
            codes = [Path.MOVETO, *[Path.CURVE4 if len(shape.points) == 4 else Path.LINETO] * (len(shape.points) - 1)]
            dashes = (0, tuple(map(_points, shape.dash))) if shape.dash else "solid"
            look = {"edgecolor": shape.stroke, "linewidth": _points(shape.width), "linestyle": dashes}
            axes.add_artist(PathPatch(Path(shape.points, codes), fill=False, zorder=order, capstyle="butt", **look))
        case Marker():
            look = {"facecolor": shape.fill, "edgecolor": shape.colour, "linewidth": _points(2), "joinstyle": "round"}
            if shape.polygon:
                axes.add_artist(Polygon(shape.polygon, zorder=order, **look))
            else:
                axes.add_artist(Circle((shape.x, shape.y), shape.radius, zorder=order, **look))
        case Text():
            _write(axes, shape, order)


def _write(axes: Axes, text: Text, order: int) -> None:
    x = text.bounds[0]
    for piece, bold in text.pieces:
        axes.text(
            x,
            text.y,
            piece,
            fontsize=_points(text.size),
            color=text.colour,
            fontweight="bold" if bold else "normal",
            parse_math=False,
            zorder=order,
        )
        x += width(piece, text.size, bold=bold)
