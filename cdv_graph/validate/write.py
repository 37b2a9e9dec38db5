"""A validation report to the formats that other programs read: JSON, SARIF, HTML, SHACL in Turtle, text."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path, PurePosixPath
from string import Template
from typing import Any
from urllib.parse import quote

from cdv_graph.errors import InputError
from cdv_graph.validate.report import COLUMNS, Problem, Report
from cdv_graph.validate.rules import PROFILES, SEVERITIES, Rule, words
from cdv_graph.validate.turtle import turtle_report

__all__ = ["REPORT_FORMATS", "write_report"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}


def _json(report: Report, lang: str, data: str) -> bytes:
    told = {
        "conforms": report.conforms,
        "engine": report.engine,
        "problems": [
            {
                **dict(zip(COLUMNS, row, strict=True)),
                "rows": [{"file": place.file, "line": place.line} for place in problem.rows],
                "why": problem.rule.why.told(lang) or None,
                "component": problem.component,
            }
            for row, problem in zip(report.rows(lang), report.problems, strict=True)
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _sarif(report: Report, lang: str, data: str) -> bytes:
    """SARIF 2.1.0 (OASIS): a forge shows each problem on the line of the table.

    Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
    """
    rules = {problem.rule.code: problem.rule for problem in report.problems}
    ids = sorted(rules)
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "cdv-graph", "rules": [_sarif_rule(rules[code], lang) for code in ids]}},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem, ids.index(problem.rule.code), lang, data) for problem in report.problems],
    }
    told = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _sarif_rule(rule: Rule, lang: str) -> dict[str, Any]:
    said = {"shortDescription": rule.name, "fullDescription": rule.why, "help": rule.remedy}
    return {
        "id": rule.code,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.profile]},
        **{key: {"text": text.told(lang)} for key, text in said.items() if text.told(lang)},
    }


def _sarif_result(problem: Problem, index: int, lang: str, data: str) -> dict[str, Any]:
    places = [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": _uri(PurePosixPath(data, place.file))},
                "region": {"startLine": place.line},
            },
            "logicalLocations": [{"fullyQualifiedName": problem.focus}],
        }
        for place in problem.rows
    ]
    unplaced = [{"logicalLocations": [{"fullyQualifiedName": problem.focus}]}]
    return {
        "ruleId": problem.rule.code,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": problem.reason(lang)},
        "locations": places[:1] or unplaced,
        **({"relatedLocations": places[1:]} if len(places) > 1 else {}),
    }


def _uri(path: PurePosixPath) -> str:
    return path.as_uri() if path.is_absolute() else quote(str(path))


def _html(report: Report, lang: str, data: str) -> bytes:
    template = Template(Path(__file__).with_name("report.html").read_text("utf-8"))
    heading = {key.replace("-", "_"): escape(said[lang]) for key, said in words()["heading"].items()}
    groups = "\n".join(_html_group(place, problems, lang) for place, problems in report.by_row().items())
    page = template.substitute(
        heading,
        lang=lang,
        verdict="conforms" if report.conforms else "fails",
        summary=escape(report.summary(lang)),
        groups=groups or f"<p>{heading['all_well']}</p>",
        severities=_options("severity", SEVERITIES, {p.severity for p in report.problems}, lang),
        profiles=_options("profile", PROFILES, {p.rule.profile for p in report.problems}, lang),
    )
    return page.encode()


def _options(section: str, keys: tuple[str, ...], present: set[str], lang: str) -> str:
    return "".join(
        f'<option value="{key}">{escape(words()[section][key][lang])}</option>' for key in keys if key in present
    )


def _html_group(place: object, problems: list[Problem], lang: str) -> str:
    heading = words()["heading"]
    title = heading["no-row"][lang] if place is None else str(place)
    items = "\n".join(_html_problem(problem, lang) for problem in problems)
    return f"<section><h2>{escape(title)}</h2>\n{items}\n</section>"


def _html_problem(problem: Problem, lang: str) -> str:
    heading, rule = words()["heading"], problem.rule
    said = [
        (heading["value"], problem.value),
        (heading["expected"], problem.expected.told(lang)),
        (heading["remedy"], rule.remedy.told(lang)),
        (heading["why"], rule.why.told(lang)),
        (heading["read-in"], problem.passage()),
        (heading["others"], ", ".join(map(str, problem.rows[1:]))),
        (heading["rule"], f"{rule.code} ({words()['profile'][rule.profile][lang]})"),
    ]
    facts = "".join(f"<dt>{escape(name[lang])}</dt><dd>{escape(value)}</dd>" for name, value in said if value)
    kind = words()["severity"][problem.severity][lang]
    return (
        f'<article data-severity="{problem.severity}" data-profile="{rule.profile}">'
        f"<h3><span>{escape(kind)}</span> {escape(problem.message(lang))}</h3>"
        f"<p>{escape(problem.name(lang))}</p><dl>{facts}</dl></article>"
    )


def _turtle(report: Report, lang: str, data: str) -> bytes:
    return turtle_report(report)


def _text(report: Report, lang: str, data: str) -> bytes:
    return (report.to_text(lang) + "\n").encode()


REPORT_FORMATS: dict[str, Callable[[Report, str, str], bytes]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "html": _html,
    "ttl": _turtle,
}


def write_report(report: Report, form: str, lang: str = "fr", *, data: str = "") -> bytes:
    """A report in a format.

    Args:
        report: the report.
        form: `text`, `json`, `sarif`, `html` or `ttl` (rows: see `Report.rows` and `Report.to_frame`).
        lang: `fr` or `en`.
        data: the folder of the tables as SARIF names it, relative to the root of the repository.

    Raises:
        InputError: the format is unknown.

    Example:
        >>> write_report(Report(()), "text").decode()
        'conforme\\n'
    """
    if form not in REPORT_FORMATS:
        raise InputError("validate.unknown-form", form=form, known=", ".join(REPORT_FORMATS))
    return REPORT_FORMATS[form](report, lang, data)
