"""Records to documents: the fields of a row of a table, or of a line of JSON."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import astuple, replace

from kg.characters import writable
from kg.model import Document
from kg.readers.text import checked

#: What a record may say; ``text`` it must. A record without an id is named by a hash of what it says.
FIELDS = ("id", "text", "title", "date", "author", "source", "url")


def record_document(record: Mapping[str, object], id: str, source: str) -> Document:
    """The document of a record in a file; ``id`` is that of the file. ValueError says what is wrong.

    >>> record_document({"text": "Ada left.", "date": "2025-06-17"}, "news", "news.csv").id
    'news/27c8242db6'
    """
    given = record.get("id")
    if isinstance(given, bool) or not isinstance(given, str | int | None):
        raise ValueError('"id" is neither a string nor a number')
    text = record.get("text")
    if not isinstance(text, str):
        raise ValueError('no "text"; a record is {"text": …, "id"?, "title"?, "date"?, "author"?, "source"?}')
    document = Document(
        writable(str(given or "")),
        checked(text),
        title=_optional(record, "title"),
        date=iso_date(_optional(record, "date")),
        source=_optional(record, "source") or source,
        author=_optional(record, "author"),
        url=_optional(record, "url"),
    )
    if given is None or given == "":
        digest = hashlib.sha256("\x1f".join(part or "" for part in astuple(document)).encode()).hexdigest()
        return replace(document, id=f"{id}/{digest[:10]}")
    return document


def _optional(record: Mapping[str, object], key: str) -> str | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f'"{key}" is not a string')
    return writable(value.strip()) or None


def iso_date(given: str | None) -> str | None:
    """The ISO date, without the time of day that some formats carry."""
    if given is None:
        return None
    try:
        return datetime.date.fromisoformat(given[:10]).isoformat()
    except ValueError:
        raise ValueError(f'"date" is {given!r}, not an ISO date such as 2025-06-17') from None
