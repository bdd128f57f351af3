"""Names that end in a genitive: "Sotheby's was bought by X"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

_ALONE = ("nsubj", "nsubjpass", "dobj")


def own_genitives(doc: Doc, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans whose genitive is part of the name, wherever the name stands in the document.

    Somewhere the genitive belongs to nothing behind it.
    """
    before = [span for span in spans if span[1] < len(doc) and _is_genitive(doc[span[1]])]
    own = {_words(doc, span) for span in before if _stands_alone(doc[span[1]], span)}
    return [span for span in before if _words(doc, span) in own]


def _is_genitive(token: Token) -> bool:
    return token.tag_ == "POS" and token.lower_ in ("'s", "’s")


def _words(doc: Doc, span: tuple[int, int]) -> str:
    return doc[span[0] : span[1]].text


def _stands_alone(genitive: Token, span: tuple[int, int]) -> bool:
    name = genitive.head
    return span[0] <= name.i < span[1] and name.dep_ in _ALONE and genitive.dep_ == "case"
