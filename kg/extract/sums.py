"""Sums and ranges of time as words of their own: "$1.5bn", "between 2001 and 2009"."""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kg.extract.amounts import is_currency

_SIGNS = frozenset("$€£¥₹")
_GLUED = re.compile(r"(\d[\d.,]*)(bn|mn|tn|mln|[kKmMbB])(\.?)")
#: What is a scale without the sign of a currency before it; "3M" may be a name.
_ALONE = frozenset(("bn", "mn", "tn", "mln"))
_MAYBE = re.compile(r"\d(?:(?:bn|mn|tn|mln)\b|[kKmMbB]\b)")


def split_sums(doc: Doc) -> Doc:
    """The Doc with the scale of a sum as a word, which spaCy's tokenizer leaves at the number ("1.5bn")."""
    if not _MAYBE.search(doc.text):
        return doc
    words: list[str] = []
    spaces: list[bool] = []
    for token in doc:
        parts = _parts(token)
        words += parts
        spaces += [False] * (len(parts) - 1) + [bool(token.whitespace_)]
    return Doc(doc.vocab, words=words, spaces=spaces)


def _parts(token: Token) -> list[str]:
    """The words of a token; "m." after a number is a scale and the end of a sentence."""
    found = _GLUED.fullmatch(token.text)
    if found and (found[2] in _ALONE or _has_sign(token)):
        return [part for part in found.groups() if part]
    if token.text in ("m.", "k.", "b.") and token.i > 1 and _has_sign(token.nbor(-1)):
        return [token.text[0], "."]
    return [token.text]


def _has_sign(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).text[-1] in _SIGNS and not token.nbor(-1).whitespace_


def mark_sums(doc: Doc) -> None:
    """Label sums that the recogniser took for a part of a name: "fined Kestra Group 4 million euros"."""
    found: list[Span] = []
    names: list[Span] = []
    for noun in doc:
        if noun.pos_ != "NOUN" or not noun.i or not noun.nbor(-1).like_num or not is_currency(noun.lower_):
            continue
        start = noun.i - 1
        while start and doc[start - 1].like_num:
            start -= 1
        if any(token.ent_type_ != "MONEY" for token in doc[start : noun.i + 1]):
            found.append(Span(doc, start, noun.i + 1, label="MONEY"))
        elif start and doc[start - 1].ent_type_ == "MONEY" and doc[start - 1].pos_ == "PROPN":
            found.append(Span(doc, start, noun.i + 1, label="MONEY"))
            names.append(doc[start - 1 : start])
    if found:
        doc.set_ents(found, outside=names, default="unmodified")


def mark_ranges(doc: Doc) -> None:
    """Make one date of what the recogniser takes for two: "between 2001 and" and "2009"."""
    ents = list(doc.ents)
    joined = [
        Span(doc, left.start, right.end, label="DATE")
        for left, right in pairwise(ents)
        if left.label_ == right.label_ == "DATE"
        and left.end == right.start
        and left[0].lower_ == "between"
        and left[-1].lower_ == "and"
    ]
    if joined:
        doc.set_ents(joined, default="unmodified")
