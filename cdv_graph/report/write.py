"""A document of headings, paragraphs, lists and tables, as Markdown or as a page of its own; both say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from cdv_graph.errors import InputError

__all__ = ["DOCUMENT_FORMATS", "Document", "Heading", "Items", "Paragraph", "Table", "write_document"]


@dataclass(frozen=True)
class Heading:
    """A title within a document."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list; a document leaves out an empty one."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table; the first column names the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Table


@dataclass(frozen=True)
class Document:
    """A document in one language.

    Attributes:
        title: of the whole.
        lang: `fr` or `en`.
        blocks: in order.
    """

    title: str
    lang: str
    blocks: tuple[Block, ...]


def _markdown(document: Document) -> str:
    return "\n".join([f"# {_plain(document.title)}\n", *(_markdown_block(block) for block in document.blocks)])


def _plain(text: str) -> str:
    """Text that no Markdown reader takes for markup."""
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, "\\" + sign)
    return text


def _markdown_block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"## {_plain(block.text)}\n"
    if isinstance(block, Paragraph):
        return f"{_plain(block.text)}\n"
    if isinstance(block, Items):
        return "".join(f"- {_plain(text)}\n" for text in block.texts)
    lines = [block.columns, ["---"] * len(block.columns), *block.rows]
    return "".join(
        "| " + " | ".join(cells if number == 1 else map(_plain, cells)) + " |\n" for number, cells in enumerate(lines)
    )


def _html(document: Document) -> str:
    template = Template(Path(__file__).with_name("page.html").read_text("utf-8"))
    body = "\n".join(_html_block(block) for block in document.blocks)
    return template.substitute(lang=document.lang, title=escape(document.title), body=body)


def _html_block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h2>{escape(block.text)}</h2>"
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    if isinstance(block, Items):
        return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in block.texts) + "</ul>"
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in block.columns)
    rows = "\n".join(_html_row(cells) for cells in block.rows)
    table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    return f'<div class="wide" tabindex="0">{table}</div>'


def _html_row(row: Sequence[str]) -> str:
    first, *others = row
    return (
        f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in others) + "</tr>"
    )


DOCUMENT_FORMATS: dict[str, Callable[[Document], str]] = {"md": _markdown, "html": _html}


def write_document(document: Document, form: str) -> bytes:
    """A document in a format: one file, with nothing to fetch.

    Args:
        document: what to write.
        form: `md` or `html`.

    Raises:
        InputError: the format is unknown.

    Example:
        >>> write_document(Document("Titre", "fr", (Paragraph("3 < 5"),)), "md").decode()
        '# Titre\\n\\n3 \\\\< 5\\n'
    """
    if form not in DOCUMENT_FORMATS:
        raise InputError("query.unknown-format", form=form, known=", ".join(DOCUMENT_FORMATS))
    return DOCUMENT_FORMATS[form](document).encode()
