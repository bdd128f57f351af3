"""Names of authorities that have a list in them: "the Competition and Markets Authority"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon

if TYPE_CHECKING:
    from kg.extract.names import NameSpan


def is_authority(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    """ "Competition and Markets Authority", "Ministry of Energy, Mines and Steel": all of it is one name."""
    words = [token.lower_ for token in doc[start:end] if token.is_alpha]
    first = words[: words.index("and")] if "and" in words else []
    if any(lexicon.has("names.authority_words", a) and b in ("of", "for") for a, b in pairwise(first)):
        return True
    if any(token.text == "," for token in doc[start:end]):
        return False
    own = bool(first) and lexicon.has("names.organization_words", first[-1])  # "Kestra Bank and Orbix Trust"
    return lexicon.has("names.authority_words", words[-1]) and not own


def join_authorities(doc: Doc, taken: dict[int, NameSpan], lexicon: Lexicon) -> None:
    """ "The Competition | and | Markets Authority", which the recogniser takes for two."""
    for span in sorted(set(taken.values())):
        before = taken.get(span.start - 2)
        if before is None or doc[span.start - 1].lower_ != "and" or before.start == 0:
            continue
        first, last = doc[before.end - 1], doc[span.end - 1]
        article = "the" in (doc[before.start].lower_, doc[before.start - 1].lower_)
        tied = first.head == last and first.dep_ in ("nmod", "compound", "amod")
        if article and tied and is_authority(doc, before.start, span.end, lexicon):
            joined = span._replace(start=before.start, label="ORG")
            taken.update(dict.fromkeys(range(joined.start, joined.end), joined))
