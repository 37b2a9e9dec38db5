"""Who articulates what at a glance: dispositifs by contract, or themes by partner; a cell is the strongest mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdv_graph.analysis.networks.concepts import named, strength_of, top_theme
from cdv_graph.diagram.cards import in_order
from cdv_graph.diagram.kinds.grid import Cell, Grid
from cdv_graph.diagram.kinds.network_parts import element_name
from cdv_graph.diagram.kinds.table_parts import (
    Frame,
    dispositif_names,
    line_of,
    say,
    short_name,
    theme_label,
)
from cdv_graph.diagram.model import Diagram
from cdv_graph.diagram.text import one_line
from cdv_graph.query import Result

__all__ = ["articulations_of", "matrix", "partner_matrix"]

ROWS, ACROSS = 40, 30
Row = Mapping[str, Any]
_CONTRACTS = ("dispositif", "label", "contract", "mode", "elements", "lines")
_PARTNERS = ("partner", "theme", "mode", "dispositifs", "lines")


@dataclass(frozen=True)
class _Cut:
    """What is kept of the rows of a picture, and in words why."""

    names: frozenset[str]
    rule: str


def matrix(
    answer: Result, articulations: Result, contracts: Result, *, lang: str = "fr", top: int | None = ROWS
) -> Diagram:
    """Dispositifs (down) by contract (across); rows and columns are put in order by `seriation.seriate`.

    Args:
        answer: the answer to `articulation-matrix`, with the measure `mode`.
        articulations: the answer to `articulations`, for the labels and lines of the cells.
        contracts: the answer to `contracts`: a contract of which a document of its own was read is told apart.
        lang: `fr` or `en`.
        top: how many dispositifs at most, those that most contracts articulate; all by default of a number. The
            contracts are cut too, to the fullest.

    Returns:
        One item per cell that is not empty. What is left out is told in the caption.
    """
    told = {
        (str(name), str(row[0])): str(mode)
        for row in answer.rows
        for name, mode in zip(answer.columns[1:], row[1:], strict=True)
        if mode is not None
    }
    evidence: dict[tuple[str, str], list[Row]] = {}
    for row in articulations.records():
        if row["mode"] and (key := (str(row["dispositif"]), str(row["contract"]))) in told:
            evidence.setdefault(key, []).append(row)
    known = {str(row["contract"]): row for row in contracts.records()}
    labels = {code: str(row["label"]) for code, row in known.items()}
    read = {str(row["contract"]) for row in contracts.records() if row["contract"] == row["document"]}
    names = dispositif_names((row for rows in evidence.values() for row in rows), lang)
    down, across = (Counter(pair[side] for pair in told) for side in (0, 1))
    kept = _cut(down, told, top, lang)
    full = sorted(across, key=lambda name: (name not in read, -across[name], name))
    columns = frozenset(full if top is None else full[:ACROSS])
    shown = {pair for pair in told if pair[0] in kept.names and pair[1] in columns}
    words = say(lang)["matrix"]
    frame = Frame(
        "matrix",
        words["title"],
        words["caption"].format(
            **{"rows": len({row for row, _ in shown}), "of_rows": len(down), "columns": len(columns)},
            **{"of_columns": len(across), "cells": len(shown), "of_cells": len(told), "rule": kept.rule},
        )
        if told
        else words["nothing"],
        lang,
    )
    cells = [
        _cell(row, column, told[row, column], evidence.get((row, column), []), names, labels, lang)
        for row, column in sorted(shown)
    ]
    groups = [
        (words[group], [name for name in sorted(columns) if (name in read) == (group == "read")])
        for group in ("read", "named")
    ]
    grid = Grid(
        row_labels={row: (row, names.get(row, "")) for row, _ in shown},
        column_labels={
            name: " ".join(short_name(name, str(known[name]["territory"] or "") if name in known else ""))
            for name in columns
        },
        groups=[group for group in groups if group[1]],
        row_totals={row: str(down[row]) for row, _ in shown},
        column_totals={name: f"{sum(column == name for _, column in shown)}/{across[name]}" for name in columns},
        open_groups={words["named"]},
        columns=_CONTRACTS,
        notes=(words["unknown"],),
    )
    return grid.drawn(frame, cells)


def articulations_of(articulations: Result, contracts: Result) -> Result:
    """The articulations of the contracts of an answer to `contracts`."""
    known, at = set(contracts.column("contract")), articulations.columns.index("contract")
    return Result(articulations.columns, [row for row in articulations.rows if row[at] in known])


def _status(mode: str, rows: Sequence[Row]) -> str:
    """Whether what makes the strongest mode is so, or is only intended."""
    strongest = [row for row in rows if row["mode"] == mode]
    return "intended" if strongest and all(row["status"] == "intended" for row in strongest) else "stated"


def _cell(
    row: str,
    column: str,
    mode: str,
    rows: Sequence[Row],
    names: Mapping[str, str],
    contracts: Mapping[str, str],
    lang: str,
) -> Cell:
    words = say(lang)
    status = _status(mode, rows)
    elements = sorted({str(one["element"]) for one in rows})
    lines = in_order(line_of(one) for one in rows)
    modes = sorted({str(one["mode"]) for one in rows}, key=lambda code: (-strength_of(code), code)) or [mode]
    label = names.get(row, row)
    said = words["modes"]
    facts = (
        (words["facts"]["dispositif"], label if label == row else f"{row} – {label}"),
        (words["facts"]["contract"], contracts.get(column, column)),
        (words["facts"]["modes"], ", ".join(said.get(code, code) for code in modes)),
        (words["facts"]["status"], words["statuses"][status]),
        (
            words["facts"]["elements"],
            f"{len(elements)} ({' ; '.join(element_name(one, '', lang) for one in elements)})",
        ),
    )
    return Cell(
        row=row,
        column=column,
        mode=mode,
        status=status,
        label=f"{row} × {column}",
        facts=facts,
        lines=lines,
        facets={
            "mode": (mode,),
            "theme": tuple(sorted({top_theme(str(one["theme"])) if one["theme"] else "" for one in rows})),
            "contract": (column,),
        },
        told=(row, label, column, said.get(mode, mode), str(len(elements)), " ; ".join(lines)),
    )


def partner_matrix(articulations: Result, *, lang: str = "fr", top: int | None = ROWS) -> Diagram:
    """Partners (down) by top theme (across); a cell is the strongest mode of what the partner carries on the theme.

    Args:
        articulations: the answer to `articulations`.
        lang: `fr` or `en`.
        top: how many partners at most, those that carry on most themes; all of them for None.

    Returns:
        One item per partner and theme, in the order of `seriation.seriate`.
    """
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in articulations.records():
        if row["carrier"] and row["mode"]:
            theme = top_theme(str(row["theme"])) if row["theme"] else ""
            rows.setdefault((one_line(row["carrier"]), theme), []).append(row)
    told = {pair: max((str(row["mode"]) for row in found), key=strength_of) for pair, found in rows.items()}
    down, across = (Counter(pair[side] for pair in told) for side in (0, 1))
    kept = _cut(down, told, top, lang)
    shown = {pair for pair in told if pair[0] in kept.names}
    words = say(lang)["matrix"]
    said = words["partners_caption"].format(
        **{"rows": len({row for row, _ in shown}), "of_rows": len(down)},
        **{
            "columns": len({column for _, column in shown}),
            "cells": len(shown),
            "of_cells": len(told),
            "rule": kept.rule,
        },
    )
    frame = Frame("matrix", words["partners_title"], said if told else words["nothing"], lang)
    themes = {code: theme_label(code, lang) for code in sorted({column for _, column in shown})}
    grid = Grid(
        row_labels={row: ("", row) for row, _ in shown},
        column_labels=themes,
        groups=[(words["themes"], sorted(themes))] if themes else [],
        row_totals={row: str(down[row]) for row, _ in shown},
        column_totals={code: f"{sum(column == code for _, column in shown)}/{across[code]}" for code in themes},
        open_groups=set(),
        columns=_PARTNERS,
        notes=(words["carriers"],),
    )
    cells = [_carried(pair, told[pair], rows[pair], themes, lang) for pair in sorted(shown)]
    return grid.drawn(frame, cells)


def _carried(pair: tuple[str, str], mode: str, rows: Sequence[Row], themes: Mapping[str, str], lang: str) -> Cell:
    words = say(lang)
    partner, theme = pair
    status = _status(mode, rows)
    what = sorted({named("dispositif-type", str(row["dispositif_label"]), lang) for row in rows})
    lines = in_order(line_of(row) for row in rows)
    facts = (
        (words["facts"]["partner"], partner),
        (words["facts"]["theme"], themes[theme]),
        (words["facts"]["mode"], words["modes"].get(mode, mode)),
        (words["facts"]["status"], words["statuses"][status]),
        (words["facts"]["dispositifs"], f"{len(what)} ({' ; '.join(what)})"),
        (words["facts"]["contract"], ", ".join(sorted({str(row["contract"]) for row in rows}))),
    )
    return Cell(
        row=partner,
        column=theme,
        mode=mode,
        status=status,
        label=f"{partner} × {themes[theme]}",
        facts=facts,
        lines=lines,
        facets={
            "mode": (mode,),
            "theme": (theme,),
            "contract": tuple(sorted({str(row["contract"]) for row in rows})),
        },
        told=(partner, themes[theme], words["modes"].get(mode, mode), str(len(what)), " ; ".join(lines)),
    )


def _cut(down: Counter[str], told: Mapping[tuple[str, str], str], top: int | None, lang: str) -> _Cut:
    """The rows in most columns: all those in at least so many, or the strongest where one number takes too many."""
    words = say(lang)["matrix"]
    if top is None or len(down) <= top:
        return _Cut(frozenset(down), words["all"])
    for least in range(2, max(down.values()) + 1):
        names = {row for row, count in down.items() if count >= least}
        if 0 < len(names) <= top:
            return _Cut(frozenset(names), words["least"].format(least=least))
    force = Counter[str]()
    for (row, _), mode in told.items():
        force[row] += strength_of(mode)
    ranked = sorted(down, key=lambda row: (-down[row], -force[row], row))
    return _Cut(frozenset(ranked[:top]), words["first"].format(top=top))
