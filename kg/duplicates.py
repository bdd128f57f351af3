"""Documents that repeat another: the same text, or nearly the same, as agencies sell it to many papers.

MinHash over runs of words, with locality-sensitive hashing for the candidates (Broder 1997; Leskovec,
Rajaraman and Ullman, Mining of Massive Datasets, chapter 3). A function of the set of documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import networkx as nx
from rensa import RMinHash, RMinHashLSH

from kg.model import Document

#: The part of their runs of words that two documents share when one repeats the other. A changed word
#: takes RUN runs with it: at 0.6 about one word in fifteen differs, or a third was cut off.
SHARED = 0.6
RUN = 4
_HASHES, _SEED, _BANDS = 128, 1, 32
_WORD = re.compile(r"\w+")


def copies(documents: Iterable[Document]) -> dict[str, str]:
    """The ids of documents that repeat another, each with that of the first: the earliest, then by id.

    >>> text = "Halden said on Monday that it would buy Ostara for three billion dollars in cash."
    >>> copies([Document("b", text), Document("a", text), Document("c", "Ostara sued Kestrel.")])
    {'b': 'a'}
    """
    order: list[tuple[str, str]] = []
    hashes: list[RMinHash] = []
    for document in documents:
        runs = _runs(document.text)
        if runs:
            order.append((document.date or "9999", document.id))
            hashes.append(_hash(runs))
    found = {}
    for group in nx.connected_components(_alike(hashes)):
        first, *rest = sorted(order[n] for n in group)
        found.update({id_: first[1] for _, id_ in rest})
    return dict(sorted(found.items()))


def _alike(hashes: list[RMinHash]) -> nx.Graph[int]:
    """The pairs of numbers whose documents repeat one another."""
    index = RMinHashLSH(SHARED, _HASHES, _BANDS)
    pairs: nx.Graph[int] = nx.Graph()
    for number, mine in enumerate(hashes):
        for other in index.query(mine):
            if mine.jaccard(hashes[other]) >= SHARED:
                pairs.add_edge(other, number)
        index.insert(number, mine)
    return pairs


def _runs(text: str) -> list[str]:
    """All runs of a few words; the whole text where it is shorter."""
    words = _WORD.findall(text.casefold())
    return [" ".join(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1))] if words else []


def _hash(runs: list[str]) -> RMinHash:
    made = RMinHash(_HASHES, _SEED)
    made.update(runs)
    return made
