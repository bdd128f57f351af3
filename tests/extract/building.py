"""Docs built by hand, from a compact notation of their parse.

A word is ``text/TAG/dependency>head``. The head is the nearest word of that text; a word without a
dependency is the root. ``text=lemma`` gives the lemma where it is not the text in lower case, ``_`` before
a word glues it to the one before. Names are marked with their label: ``parse("…", Norvik="ORG")``.

>>> [(token.text, token.dep_, token.lemma_) for token in parse("It/PRP/nsubj>rained rained=rain/VBD")]
[('It', 'nsubj', 'it'), ('rained', 'ROOT', 'rain')]
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from spacy.lang.en import English
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from kg.extract.assemble import Assembler
from kg.extract.knowledge import Knowledge
from kg.extract.snapshot import snapshot
from kg.extract.state import LocalEntity, Named, set_entities, set_named
from kg.model import Document, Extraction
from kg.ontology import Ontology

_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ",
    "RB": "ADV", "RBR": "ADV", "WRB": "SCONJ", "IN": "ADP", "RP": "ADP", "TO": "PART", "POS": "PART",
    "DT": "DET", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WP$": "DET", "WDT": "PRON", "EX": "PRON",
    "CD": "NUM", "CC": "CCONJ", "MD": "AUX", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB",
    "VBP": "VERB", "VBZ": "VERB",
}  # fmt: skip
_GLUED = ("'s", "’s", ",", ".", "?", "n't")


class _Word(NamedTuple):
    text: str
    lemma: str
    tag: str
    dep: str
    head: str
    glued: bool


def parse(notation: str, **labels: str) -> Doc:
    """The Doc of a notation; ``labels`` are the recogniser's, by name with ``_`` for spaces."""
    words = [_read(item) for item in notation.split()]
    texts = [word.text for word in words]
    doc = Doc(
        _vocab(),
        words=texts,
        spaces=[not after.glued for after in words[1:]] + [False],
        tags=[word.tag for word in words],
        pos=[_pos(word) for word in words],
        deps=[word.dep for word in words],
        heads=[_head(texts, index, word.head) for index, word in enumerate(words)],
        lemmas=[word.lemma for word in words],
        ents=_entities(texts, labels),
    )
    assert len(doc) == len(words)
    return snapshot(doc)


@cache
def _vocab() -> Vocab:
    return English().vocab


def _read(item: str) -> _Word:
    glued = item.startswith("_") and len(item) > 1
    word, _, rest = item.removeprefix("_" if glued else "").partition("/")
    text, _, lemma = word.partition("=")
    tag, _, arc = rest.partition("/")
    dep, _, head = arc.partition(">")
    return _Word(text, lemma or text.lower(), tag, dep or "ROOT", head or text, glued or text in _GLUED)


def _pos(word: _Word) -> str:
    if word.dep in ("aux", "auxpass") or (word.lemma == "be" and word.tag.startswith("VB")):
        return "PART" if word.tag == "TO" else "AUX"
    if word.tag == "IN" and word.dep == "mark":
        return "SCONJ"
    return _POS.get(word.tag, "PUNCT")


def _head(texts: list[str], index: int, head: str) -> int:
    """The nearest word of a text; the one to the left of two equally near ones."""
    places = [place for place, text in enumerate(texts) if text == head]
    assert places, f"no word {head}"
    return min(places, key=lambda place: (abs(place - index), place))


def _entities(texts: list[str], labels: dict[str, str]) -> list[str]:
    """The labels as IOB tags."""
    tags = ["O"] * len(texts)
    for name, label in labels.items():
        parts = name.split("_")
        starts = [i for i in range(len(texts)) if texts[i : i + len(parts)] == parts]
        assert starts, f"no name {name}"
        for start in starts:
            tags[start : start + len(parts)] = [f"B-{label}", *[f"I-{label}"] * (len(parts) - 1)]
    return tags


def word(doc: Doc, text: str) -> Token:
    """The first word of a text."""
    return next(token for token in doc if token.text == text)


def texts(tokens: object) -> list[str]:
    """The words of tokens."""
    return [token.text for token in tokens]  # type: ignore[attr-defined]


def relations(doc: Doc, ontology: Ontology, **classes: str) -> Extraction:
    """What is extracted from a Doc whose names have the given classes; a name with ``_`` for spaces."""
    found, named = [], []
    words = texts(doc)
    for name, kind in classes.items():
        parts = name.split("_")
        named += [
            Named(start, start + len(parts), (len(found),), "name")
            for start in range(len(words))
            if words[start : start + len(parts)] == parts
        ]
        found.append(LocalEntity(" ".join(parts), kind, ()))
    set_entities(doc, found)
    set_named(doc, named)
    document = Document("built", doc.text)
    assembler = Assembler(doc, document, Knowledge(ontology), None)
    return Extraction(document, (), tuple(assembler.relations()), tuple(assembler.rejections))
