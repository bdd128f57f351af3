"""JSON Lines: one document a line, ``{"text", "id"?, "title"?, "date"?, "author"?, "source"?, "url"?}``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg.errors import InputError
from kg.model import Document
from kg.readers.record import record_document

#: Bytes of a line, which is read as a whole; no text is as long.
LONGEST = 1 << 27


def read_jsonl(path: Path, id: str, source: str) -> Iterator[Document | InputError]:
    """One document a line; a line that is none is an error of its own, and the rest is read."""
    found = False
    with path.open("rb") as lines:
        for number, line in enumerate(iter(lambda: _line(lines), b""), 1):
            if len(line) >= LONGEST:
                yield InputError(f"{source}:{number}: longer than {LONGEST >> 20} MB, which no line may be")
                continue
            if not line.strip():
                continue
            found = True
            try:
                yield _document(line, id, source)
            except RecursionError:
                yield InputError(f"{source}:{number}: nested too deeply")
            except json.JSONDecodeError as error:
                yield InputError(f"{source}:{number}: not JSON (column {error.colno}: {error.msg})")
            except ValueError as error:
                yield InputError(f"{source}:{number}: {error}")
    if not found:
        yield InputError(f"{source}: empty")


def _line(file: IO[bytes]) -> bytes:
    """The next line, as far as one may go."""
    line = rest = file.readline(LONGEST)
    while len(rest) >= LONGEST and not rest.endswith(b"\n"):
        rest = file.readline(LONGEST)
    return line


def _document(line: bytes, id: str, source: str) -> Document:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 (byte {error.start} of the line), which JSON must be") from None
    record = json.loads(text)
    if not isinstance(record, dict):
        raise ValueError('not an object; a line is {"text": …}')
    return record_document(record, id, source)
