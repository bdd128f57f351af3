"""Word documents (.docx), through python-docx: paragraphs and tables in their order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from kg.characters import writable
from kg.errors import InputError
from kg.model import Document

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph


def read_docx(path: Path, id: str, source: str) -> Iterator[Document | InputError]:
    """One document, with its title and author; no date: that of its making is the template's."""
    try:
        import docx
        from docx.opc.exceptions import OpcError
    except ImportError:
        raise InputError(
            f"{source}: DOCX needs python-docx; install it with: pip install 'claimgraph[docx]'"
        ) from None
    try:
        found = docx.Document(str(path))
    except (OpcError, BadZipFile, KeyError, ValueError) as error:
        if not path.exists():
            raise
        yield InputError(f"{source}: damaged, encrypted or no DOCX ({error})")
        return
    text = "\n".join(line for block in found.iter_inner_content() for line in _lines(block))
    if not text.strip():
        yield InputError(f"{source}: empty")
        return
    said = found.core_properties
    yield Document(id, writable(text), _clean(said.title), None, source, _clean(said.author))


def _lines(block: Paragraph | Table) -> Iterator[str]:
    if hasattr(block, "rows"):
        yield from (" | ".join(cell.text for cell in row.cells) for row in block.rows)
    else:
        yield block.text


def _clean(value: str | None) -> str | None:
    # "python-docx" is what the library's own template names as author.
    return writable(value.strip()) or None if value and value != "python-docx" else None
