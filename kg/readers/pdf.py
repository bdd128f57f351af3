"""PDF, through pypdf: the text layer of its pages, with the lines of a paragraph joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.characters import writable
from kg.errors import InputError
from kg.model import Document
from kg.readers.html import quiet
from kg.readers.record import iso_date
from kg.readers.text import unwrapped

if TYPE_CHECKING:
    from pypdf import PdfReader

#: Text is packed ten times smaller at best; less than this many characters take no time.
_RATIO, _SMALL = 100, 1_000_000


def read_pdf(path: Path, id: str, source: str) -> Iterator[Document | InputError]:
    """One document: all pages. Its date is that of its making, where it is given."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError:
        raise InputError(
            f"{source}: PDF needs pypdf; install it with: pip install 'claimgraph[pdf]'"
        ) from None
    quiet("pypdf")
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            yield InputError(f"{source}: encrypted with a password; save it without one and try again")
            return
        text = "\n".join(_texts(reader, max(_SMALL, _RATIO * path.stat().st_size)))
        said = reader.metadata
        title, author = (said.title, said.author) if said else (None, None)
        date = _made(said.creation_date_raw if said else None)
    except _BombError:
        yield InputError(f"{source}: its text is more than {_RATIO} times larger than the file, as in a bomb")
    except DependencyError:
        yield InputError(f"{source}: encrypted; save it without encryption, or: pip install cryptography")
    except PyPdfError as error:
        yield InputError(f"{source}: damaged, or no PDF ({error})")
    else:
        if not text.strip():
            yield InputError(f"{source}: no text in it: scanned pages need a text layer first (OCR)")
            return
        yield Document(id, writable(text.replace("\0", "")), _clean(title), date, source, _clean(author))


class _BombError(Exception):
    """A small file with much text: it may name one page a thousand times."""


def _texts(reader: PdfReader, most: int) -> Iterator[str]:
    """The text of each page."""
    for page in reader.pages:
        text = unwrapped(page.extract_text())
        most -= len(text)
        if most < 0:
            raise _BombError
        yield text


def _clean(value: object) -> str | None:
    return writable(" ".join(str(value).replace("\0", "").split())) or None if value else None


def _made(raw: object) -> str | None:
    """``D:20240305…`` as an ISO date."""
    found = re.match(r"D:(\d{4})(\d\d)(\d\d)", str(raw or ""))
    try:
        return iso_date("-".join(found.groups())) if found else None
    except ValueError:
        return None
