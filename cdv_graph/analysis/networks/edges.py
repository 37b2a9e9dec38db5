"""One edge of a network: what several rows say of the same tie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cdv_graph.analysis.networks.concepts import strength_of

__all__ = ["Edge"]


@dataclass
class Edge:
    """What is gathered of one tie: modes, elements that make it, lines where it is read."""

    modes: set[str] = field(default_factory=set)
    elements: set[str] = field(default_factory=set)
    lines: set[tuple[str, int, int]] = field(default_factory=set)

    def take(self, row: Mapping[str, object], element: str = "") -> None:
        """Add a row, with `mode`, `element` (or another name for it), `document`, `start_line`, `end_line`."""
        if row["mode"] is not None:
            self.modes.add(str(row["mode"]))
        self.elements.add(element or str(row["element"]))
        if row["document"] is not None:
            self.lines.add((str(row["document"]), int(str(row["start_line"])), int(str(row["end_line"]))))

    def attributes(self) -> dict[str, object]:
        """`mode` (the strongest), `modes`, its `strength`, `weight` (how many elements), `elements`, `lines`."""
        modes = sorted(self.modes, key=lambda mode: (-strength_of(mode), mode))
        return {
            "mode": modes[0] if modes else "",
            "modes": modes,
            "strength": strength_of(modes[0]) if modes else 0,
            "weight": len(self.elements),
            "elements": sorted(self.elements),
            "lines": [f"{document}:{start}-{end}" for document, start, end in sorted(self.lines)],
        }
