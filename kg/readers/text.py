"""Plain text as it is decoded, character for character: every offset of the graph counts in it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from kg.characters import writable
from kg.errors import InputError
from kg.model import Document


def read_text(path: Path, id: str, source: str) -> Iterator[Document | InputError]:
    """One document: the file."""
    yield text_document(path.read_bytes(), id, source)


def text_document(data: bytes, id: str, source: str) -> Document | InputError:
    """The document in the bytes of a text file.

    >>> text_document("\\ufeffÅse left.".encode(), "a", "a.txt").text
    'Åse left.'
    >>> text_document(b"\\x00", "a", "a.txt")
    InputError('a.txt: a binary file, not text')
    """
    try:
        text = decode(data)
        return Document(id, checked(text), source=source)
    except ValueError as error:
        return InputError(f"{source}: {error}")


def decode(data: bytes) -> str:
    """UTF-8, with or without a byte order mark; ValueError says what else it is."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ValueError("UTF-16 text; convert it to UTF-8 and try again")
    if b"\0" in data:
        raise ValueError("a binary file, not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"not UTF-8 text (byte {error.start}, line {line}); convert it to UTF-8 and try again"
        ) from None


def checked(text: str) -> str:
    """The text, if there is any and it can be stored."""
    if not text.strip():
        raise ValueError("empty")
    if "\0" in text:
        raise ValueError("NUL characters, which no text has")
    return writable(text)
