"""A place in a document where a frame of the ontology fits."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.knowledge import FrameOf


class Candidate(NamedTuple):
    """A frame that matched: words for X and Y, the trigger's words, and the clause it is said in."""

    found: FrameOf
    subjects: list[Token]
    objects: list[Token]
    trigger: tuple[int, int]
    anchor: Token
    construction: str
    ends: bool = False
    granted: bool = False
