"""JSON Lines: one document a line, ``{"id", "text", "title"?, "date"?, "source"?}``."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

from kg.characters import writable
from kg.errors import InputError
from kg.model import Document
from kg.readers.text import checked, decode


def read_jsonl(path: Path, id: str, source: str) -> Iterator[Document | InputError]:  # noqa: ARG001
    """One document a line; a line that is none is an error of its own, and the rest is read."""
    found = False
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            found = True
            try:
                yield _document(json.loads(decode(line)), source)
            except RecursionError:
                yield InputError(f"{source}:{number}: nested too deeply")
            except json.JSONDecodeError as error:
                yield InputError(f"{source}:{number}: not JSON (column {error.colno}: {error.msg})")
            except ValueError as error:
                yield InputError(f"{source}:{number}: {error}")
    if not found:
        yield InputError(f"{source}: empty")


def _document(record: object, source: str) -> Document:
    if not isinstance(record, dict):
        raise ValueError('not an object; a line is {"id": …, "text": …}')
    given = record.get("id")
    if isinstance(given, bool) or not isinstance(given, str | int) or given == "":
        raise ValueError('no "id": a line is {"id": …, "text": …}')
    text = record.get("text")
    if not isinstance(text, str):
        raise ValueError('no "text": a line is {"id": …, "text": …}')
    return Document(
        writable(str(given)),
        checked(text),
        title=_optional(record, "title"),
        date=_date(_optional(record, "date")),
        source=_optional(record, "source") or source,
    )


def _optional(record: dict[str, object], key: str) -> str | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f'"{key}" is not a string')
    return writable(value)


def _date(given: str | None) -> str | None:
    """The ISO date, without the time of day that some formats carry."""
    if given is None:
        return None
    try:
        return datetime.date.fromisoformat(given[:10]).isoformat()
    except ValueError:
        raise ValueError(f'"date" is {given!r}, not an ISO date such as 2025-06-17') from None
