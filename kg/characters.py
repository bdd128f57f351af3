"""Which characters a graph holds: those that every format of RDF can write."""

from __future__ import annotations

import re

# Page breaks and separators of old printers and databases; XML has none of them.
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f]")
# Lone surrogates (JSON can hold them) are no characters; the others no XML can hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """The text with what no file of RDF/XML can hold replaced, one for one, so that offsets stay.

    >>> writable("page 1\\fpage 2"), writable("a\\x07b")
    ('page 1\\npage 2', 'a\\ufffdb')
    """
    if not _UNWRITABLE.search(text):
        return text
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", _BREAKS.sub("\n", text))


def is_writable(text: str) -> bool:
    """Whether a text is the same in every format of RDF."""
    return _UNWRITABLE.search(text) is None
