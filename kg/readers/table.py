"""Tables (.csv, .tsv): one document a row, in columns that are named in the first line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kg.errors import InputError
from kg.model import Document
from kg.readers.encoding import encoding_of
from kg.readers.record import FIELDS, record_document

_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 20
#: Python's own limit is shorter than a long article.
_LONGEST = 1 << 27


def read_table(path: Path, id: str, source: str) -> Iterator[Document | InputError]:
    """One document a row; a row that is none is an error of its own, and the rest is read."""
    try:
        encoding = _encoding(path)
    except ValueError as error:
        yield InputError(f"{source}: {error}")
        return
    before = csv.field_size_limit(_LONGEST)  # the whole process has one
    try:
        yield from _rows(path, encoding, id, source)
    finally:
        csv.field_size_limit(before)


def _rows(path: Path, encoding: str, id: str, source: str) -> Iterator[Document | InputError]:
    with path.open(encoding=encoding, newline="") as file:
        header = file.readline(_SAMPLE)
        file.seek(0)
        delimiter = max(_DELIMITERS, key=header.count)
        rows = csv.reader(_lines(file, source), delimiter=delimiter)
        names = [name.strip().casefold() for name in next(rows, [])]
        if "text" not in names:
            yield InputError(f"{source}: {_no_text(names)}")
            return
        yield from _documents(rows, names, id, source)


def _lines(file: TextIO, source: str) -> Iterator[str]:
    """The lines of a file, unless one would fill the memory."""
    for number, line in enumerate(iter(lambda: file.readline(_LONGEST), ""), 1):
        if len(line) >= _LONGEST:
            raise InputError(f"{source}:{number}: longer than {_LONGEST >> 20} MB, which no line may be")
        yield line


def _documents(
    rows: Iterator[list[str]], names: list[str], id: str, source: str
) -> Iterator[Document | InputError]:
    found = False
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        found = True
        try:
            if len(row) > len(names):
                raise ValueError(f"{len(row)} cells, and the header has {len(names)}: is a quote missing?")
            yield record_document(dict(zip(names, row, strict=False)), id, source)
        except ValueError as error:
            yield InputError(f"{source}: row {number}: {error}")
    if not found:
        yield InputError(f"{source}: empty: no row below the header")


def _encoding(path: Path) -> str:
    """The encoding of a file, from its first lines."""
    with path.open("rb") as file:
        data = file.read(_SAMPLE)
    if not data.strip():
        raise ValueError("empty")
    if len(data) == _SAMPLE:
        data = data[: data.rfind(b"\n") + 1] or data
    return encoding_of(data)


def _no_text(names: list[str]) -> str:
    named = ", ".join(name or '""' for name in names)
    return f'no column "text"; it has: {named}. Columns that are read: {", ".join(FIELDS)}'
