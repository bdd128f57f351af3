"""Pages of the web: their main text, without menus and advertisements, and what they say of themselves."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.characters import writable
from kg.errors import InputError
from kg.model import Document
from kg.readers.encoding import decode
from kg.readers.text import checked

_CHARSET = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""")
_PAGE = re.compile(r"(?i)<(?:html|body)\b")
#: libxml2 reads no deeper.
DEEPEST = 2048
#: Only a date that the page states; a text is not searched for one, and none is judged by today's.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


def read_html(path: Path, id: str, source: str) -> Iterator[Document | InputError]:
    """One document: the article of a page."""
    data = path.read_bytes()
    declared = _CHARSET.search(data, 0, 4096)
    try:
        text = decode(data, declared[1].decode() if declared else None)
        yield html_document(text, id, source)
    except ValueError as error:
        yield InputError(f"{source}: {error}")


def html_document(html: str, id: str, source: str) -> Document:
    """The document of a page; ValueError where it has no text."""
    quiet("trafilatura", "htmldate", "courlan", "justext")
    from trafilatura import bare_extraction

    if not html.strip():
        raise ValueError("empty")
    found = bare_extraction(
        parsed(html if _PAGE.search(html) else f"<html><body>{html}</body></html>"),
        favor_precision=True,  # without it the words of a menu are sentences of a short page
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=_DATES,
    )
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise ValueError("no text on this page; it may be one that a browser must first run")
    return Document(
        id,
        checked(found.text or ""),
        title=_said(found.title),
        date=_said(found.date),
        source=source,
        author=_said(found.author),
        url=_said(found.url),
    )


def parsed(html: str) -> Any:
    """The tree of a page; ValueError where the parser would leave out all from some element on."""
    from lxml.etree import ErrorTypes
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    tree = document_fromstring(writable(html).encode(), parser=parser)
    cut = next((error for error in parser.error_log if error.type == ErrorTypes.ERR_RESOURCE_LIMIT), None)
    if cut is not None:
        raise ValueError(f"line {cut.line}: its elements are nested too deeply ({DEEPEST:,} are read)")
    return tree


def _said(value: str | None) -> str | None:
    return writable(" ".join(value.split())) or None if value else None


def quiet(*names: str) -> None:
    """Keep what libraries log from standard error, where nobody has asked for it."""
    for name in names:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
