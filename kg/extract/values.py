"""Literal objects: the date or the sum of money that stands in a slot."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from kg.extract.amounts import read_money
from kg.extract.dates import read_date
from kg.extract.snapshot import recognised
from kg.extract.state import sentence_of
from kg.model import Literal

_DATE_TYPES = frozenset(("xsd:date", "xsd:gYear", "xsd:gYearMonth", "xsd:dateTime"))


def literal_for(
    token: Token, datatypes: tuple[str, ...], issued: str | None
) -> tuple[Literal, str, str] | None:
    """The literal in a slot with the days that bound it, or None when the words are of another kind."""
    span = _around(token)
    start, end = span.start_char, span.end_char
    if _DATE_TYPES & set(datatypes):
        time = read_date(span.text, issued)
        if time is None or not re.fullmatch(r"\d{4}(-\d\d){0,2}", time.edtf):
            return None
        return Literal(time.edtf, date_type(time.edtf), span.text, start, end), time.earliest, time.latest
    if "xsd:decimal" in datatypes:
        money = read_money(span.text)
        if money is None:
            return None
        return Literal(money.amount, "xsd:decimal", span.text, start, end, money.currency), "", ""
    if "xsd:string" in datatypes:
        return Literal(span.text, "xsd:string", span.text, start, end), "", ""
    return None


def _around(token: Token) -> Span:
    """The recogniser's span over a word with its currency sign, or the word."""
    doc = token.doc
    for ent in recognised(sentence_of(token)):
        if ent.start <= token.i < ent.end:
            start = ent.start - 1 if ent.start and doc[ent.start - 1].is_currency else ent.start
            return doc[start : ent.end]
    return doc[token.i : token.i + 1]


def date_type(edtf: str) -> str:
    """The datatype of a date by its precision."""
    return {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(edtf), "xsd:date")
