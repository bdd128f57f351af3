"""Bytes to text: UTF-8 and, where they are something else, what they most likely are."""

from __future__ import annotations

import codecs
from contextlib import suppress

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Python's names of what no page is written in; some of them take hours for a long one.
_FOR_OTHERS = frozenset(("idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"))
#: Of English text in one byte a letter this part at most is not ASCII: names, quotes and dashes.
_FEW = 0.5


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of bytes in the encoding that they are in; ValueError where they are no text.

    >>> decode("Zoë’s café".encode("cp1252"))
    'Zoë’s café'
    """
    encoding = encoding_of(data, declared)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"damaged: not all of it is {encoding} (byte {error.start})") from None


def encoding_of(data: bytes, declared: str | None = None) -> str:
    """The name of the encoding; ``declared`` counts where the bytes themselves do not tell."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if b"\0" in data:
        return _wide(data)
    try:
        data.decode()
        return "utf-8"
    except UnicodeDecodeError as error:
        if _is_damaged(data):
            line = data.count(b"\n", 0, error.start) + 1
            raise ValueError(
                f"damaged: UTF-8 text but for byte {error.start} (line {line}); save it as UTF-8 again"
            ) from None
    if declared is not None and as_text(data, declared) is not None:
        return declared
    return _narrow(data)


def as_text(data: bytes, encoding: str) -> str | None:
    """The text of bytes in the encoding that somebody names; None where it is unknown, or not theirs."""
    with suppress(LookupError, UnicodeError, ValueError):  # a name may hold anything, even NUL
        if codecs.lookup(encoding).name not in _FOR_OTHERS:
            return data.decode(encoding)
    return None


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: the upper byte of nearly each of its letters is nought."""
    for begin, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(data) > 2 and data[begin::2].count(0) > 0.8 * len(data) / 2:
            return name
    raise ValueError("a binary file, not text")


def _is_damaged(data: bytes) -> bool:
    """Whether it is UTF-8 in all but a few places."""
    text = data.decode(errors="replace")
    wrong = text.count("\N{REPLACEMENT CHARACTER}")
    return sum(not char.isascii() for char in text) - wrong > 4 * wrong


def _narrow(data: bytes) -> str:
    """An encoding of one byte a letter: for English that of Windows; others are guessed by their letters."""
    if sum(byte > 127 for byte in data) <= _FEW * len(data):
        with suppress(UnicodeDecodeError):
            data.decode("cp1252")
            return "cp1252"
    from charset_normalizer import from_bytes

    found = from_bytes(data).best()
    if found is None:
        raise ValueError("a binary file, or text in an unknown encoding; save it as UTF-8 and try again")
    return found.encoding
