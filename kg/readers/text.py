"""Plain text as it is decoded, character for character: every offset of the graph counts in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from kg.characters import writable
from kg.errors import InputError
from kg.model import Document
from kg.readers.encoding import decode

#: A line that reaches this part of the width of its text goes on in the next one.
_FULL = 0.8
#: Narrower text is a list or a table, not a paragraph that was wrapped.
_NARROW = 45
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


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
        return Document(id, checked(decode(data)), source=source)
    except ValueError as error:
        return InputError(f"{source}: {error}")


def checked(text: str) -> str:
    """The text, if there is any and it can be stored."""
    if not text.strip():
        raise ValueError("empty")
    if "\0" in text:
        raise ValueError("NUL characters, which no text has")
    return writable(text)


def unwrapped(text: str) -> str:
    """Paragraphs on one line each, for formats that break lines where the page ends, not the thought.

    >>> unwrapped("The company said on Monday that it would buy the com-\\npany for cash.\\nDetails")
    'The company said on Monday that it would buy the company for cash.\\nDetails'
    """
    lines = [line.strip() for line in text.splitlines()]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    width = lengths[len(lengths) * 9 // 10]
    parts = [lines[0]]
    for line, after in pairwise(lines):
        full = width >= _NARROW and len(line) >= _FULL * width
        goes_on = line and after and (full or after[0].islower())
        parts += [" " if goes_on and not _is_broken(line, after) else "\n", after]
    return re.sub(r"\n{3,}", "\n\n", _HYPHEN.sub("", "".join(parts)))


def _is_broken(line: str, after: str) -> bool:
    """Whether a word is broken at the end of a line."""
    return line.endswith("-") and line[-2:-1].islower() and after[0].islower()
