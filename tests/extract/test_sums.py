"""Sums as words of their own, and ranges of years as one date."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.extract.sums import mark_ranges, split_sums


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("paid €1.5bn for", "paid € 1.5 bn for"),
        ("a $3bn-a-year", "a $ 3 bn - a - year"),
        ("1.5bn euros", "1.5 bn euros"),
        ("$45M for", "$ 45 M for"),
        ("for $45M.", "for $ 45 M ."),
        ("for £45m.", "for £ 45 m ."),
        ("US$20mn, then", "US$ 20 mn , then"),
        ("a 45B pencil", "a 45B pencil"),
        ("747bnx", "747bnx"),
        ("nothing here", "nothing here"),
    ],
)
def test_scales_are_words(text: str, words: str) -> None:
    doc = split_sums(spacy.blank("en").make_doc(text))
    assert " ".join(token.text for token in doc) == words
    assert doc.text == text


@pytest.mark.parametrize(
    ("text", "ents", "joined"),
    [
        ("there between 2001 and 2009", [(1, 4), (4, 5)], ["between 2001 and 2009"]),
        ("in 2001 and 2009", [(1, 2), (3, 4)], ["2001", "2009"]),
        ("between 2001 and May , 2009", [(0, 3), (3, 4), (5, 6)], ["between 2001 and May", "2009"]),
    ],
)
def test_two_years_with_between_are_one_date(
    text: str, ents: list[tuple[int, int]], joined: list[str]
) -> None:
    doc = Doc(spacy.blank("en").vocab, words=text.split())
    doc.set_ents([Span(doc, start, end, label="DATE") for start, end in ents])
    mark_ranges(doc)
    assert [ent.text for ent in doc.ents] == joined
