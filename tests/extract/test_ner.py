"""The quick recogniser finds the names that spaCy's own finds, and where it cannot, spaCy's own is asked."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from tests.gold.count import read

if TYPE_CHECKING:
    from kg.extract import Extractor

WORDS = ("Karin", "Moe", "the", "Tarn", "Bank", "of", "Oslo", "3", "May", "said", ".", "\n", " ", "€", "Ltd")


def found_by(extractor: Extractor, pipe: str, doc: Doc) -> list[tuple[int, int, str]]:
    """The names that one of the two finds in a Doc that has none yet."""
    nlp, doc = extractor.nlp, doc.copy()
    recognise: Any = nlp.get_pipe(pipe)
    doc = recognise(doc)
    assert all(token.ent_iob for token in doc)
    return [(span.start, span.end, span.label_) for span in doc.ents]


def parsed(extractor: Extractor, text: str) -> Doc:
    """What a recogniser is given."""
    nlp = extractor.nlp
    doc = nlp.make_doc(text)
    for name, pipe in nlp.pipeline:
        if name == "kg_ner":
            break
        doc = pipe(doc)
    return doc


@pytest.mark.model
def test_it_is_in_the_place_of_the_other(extractor: Extractor) -> None:
    nlp = extractor.nlp
    assert "ner" in nlp.disabled
    assert nlp.pipe_names.index("kg_ner") < nlp.pipe_names.index("kg_mentions")


@pytest.mark.model
def test_articles(extractor: Extractor) -> None:
    names = 0
    for article in chain.from_iterable(read("dev").values()):
        doc = parsed(extractor, article.document.text)
        quick = found_by(extractor, "kg_ner", doc)
        assert quick == found_by(extractor, "ner", doc), article.document.id
        names += len(quick)
    assert names > 500


@pytest.mark.model
@given(words=st.lists(st.sampled_from(WORDS), max_size=12))
def test_any_words(extractor: Extractor, words: list[str]) -> None:
    doc = parsed(extractor, " ".join(words))
    assert found_by(extractor, "kg_ner", doc) == found_by(extractor, "ner", doc)


@pytest.mark.model
def test_names_set_before_are_kept(extractor: Extractor) -> None:
    doc = parsed(extractor, "Karin Moe left Oslo on Monday.")
    doc.set_ents([Span(doc, 3, 4, label="PRODUCT")], default="unmodified")
    assert (3, 4, "PRODUCT") in found_by(extractor, "kg_ner", doc)
