"""Names that the tokenizer cut, at hyphens or behind numbers: "Per-Olof Wik", "Ashby-on-Sea", "3M"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Doc

if TYPE_CHECKING:
    from kg.extract.lexicon import Lexicon

_BETWEEN = frozenset("am an aux by de der du en im in la le les of on sous sul sur the under upon".split())


def whole(doc: Doc, start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """The first and last token of a name with what hyphens tie to it."""
    while _is_tied(doc, start - 1) and _is_given(doc, start - 2, lexicon):
        start -= 2
    after = end
    while _is_tied(doc, after) and after + 1 < len(doc) and doc[after + 1].lower_ in _BETWEEN:
        after += 2
    if after > end and _is_tied(doc, after) and after + 1 < len(doc) and doc[after + 1].is_title:
        end = after + 2
    return _from_number(doc, start), end


def _from_number(doc: Doc, start: int) -> int:
    """Where a name begins that has a number before it: "3M", "7-Eleven", "20th Century Fox"."""
    if start > 1 and doc[start - 1].text == "Century" and doc[start - 2].lower_.endswith(("th", "st")):
        return start - 2
    number = start - 2 if _is_tied(doc, start - 1) else start - 1
    if number < 0 or not doc[number].text.isdigit() or doc[number].whitespace_ or len(doc[number]) > 3:
        return start
    return start if number and doc[number - 1].is_currency else number


def _is_tied(doc: Doc, index: int) -> bool:
    """Whether a hyphen without spaces stands at a place."""
    return (
        0 < index < len(doc)
        and doc[index].text == "-"
        and not (doc[index].whitespace_ or doc[index - 1].whitespace_)
    )


def _is_given(doc: Doc, index: int, lexicon: Lexicon) -> bool:
    """Whether a word can be the first half of a given name: "Per-", not "Franco-" nor "Monday-"."""
    word = doc[index] if index >= 0 else None
    if word is None or not (word.is_title and word.is_alpha) or lexicon.is_demonym(word.text):
        return False
    return word.lower_ not in lexicon["calendar"] and word.ent_type_ not in ("ORG", "GPE", "NORP", "DATE")
