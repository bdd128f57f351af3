"""A matcher that remembers finds what spaCy's own finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kg.extract import Extractor

TEXTS = (
    "Halden Motors wasn't going to buy Quill's   labs; it got them for $3 million (and more) on Monday.",
    "Who'd have thought that the firm's been had? They're said to be better off.\n\nNobody knows, she ain't.",
)


@pytest.mark.model
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_remembered_is_what_is_found(extractor: Extractor, text: str) -> None:
    from spacy.matcher import Matcher
    from spacy.pipeline import AttributeRuler

    ruler = extractor.nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    plain = Matcher(ruler.vocab)
    for number, rule in enumerate(ruler.patterns):
        plain.add(str(number), rule["patterns"])
    assert len(plain) == len(ruler.matcher) > 100
    doc = extractor.nlp(text)
    for tag in ("", "VBD", "_SP"):  # also with tags that the words do not have
        if tag:
            doc[0].tag_ = doc[5].tag_ = tag
        expected = sorted(plain(doc, allow_missing=True))
        assert sorted(ruler.matcher(doc, allow_missing=True)) == expected
        assert sorted(ruler.matcher(doc, allow_missing=True)) == expected
