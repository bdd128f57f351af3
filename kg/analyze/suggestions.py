"""Links that no text tells but that the network makes likely: suggestions to look into, never claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from kg.analyze.network import CONNECTING
from kg.analyze.numbered import Numbered, numbered
from kg.model import Entity, Fact
from kg.ontology import Ontology
from kg.vocab import local_name

#: How many neighbours two entities share at least; one says nothing.
COMMON = 2
#: A neighbour that so many entities have says nothing of two of them, and makes too many pairs.
HUB = 50
#: How many suggestions there are at most.
LISTED = 50


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be linked, for they have links to the same ones.

    ``score`` is the index of Adamic and Adar (2003); ``relations`` are the names of those in the graph that
    the ontology allows between the two, those first that ``facts`` have, the links of both to what they
    have in common.
    """

    start: Entity
    end: Entity
    score: float
    common: tuple[Entity, ...]
    relations: tuple[str, ...]
    facts: tuple[Fact, ...]


def suggestions(
    facts: Iterable[Fact], ontology: Ontology, statuses: Sequence[str] = CONNECTING
) -> tuple[Suggestion, ...]:
    """Pairs that no claim of any status links, that share neighbours, and that a relation may link.

    >>> from kg.ontology import load_ontology
    >>> suggestions([], load_ontology())
    ()
    """
    told = list(facts)
    network = numbered(told, statuses)
    everything = numbered(told, [status for fact in told for status in fact.statuses])
    linked = everything.links.keys()
    used = Counter(local_name(fact.predicate) for fact in told)
    allowed: dict[tuple[str, str], tuple[str, ...]] = {}

    def fits(pair: tuple[int, int]) -> bool:
        one, other = (network.entities[n] for n in pair)
        if (one.iri, other.iri) in linked:
            return False
        kinds = (one.type, other.type)
        if kinds not in allowed:
            allowed[kinds] = _allowed(kinds, ontology, used)
        return bool(allowed[kinds])

    pairs = [pair for pair in _near(network.plain) if fits(pair)]
    scored = sorted((-score, a, b) for a, b, score in nx.adamic_adar_index(network.plain, pairs))
    return tuple(_suggestion(network, a, b, -score, allowed) for score, a, b in scored[:LISTED])


def _near(graph: nx.Graph[int]) -> list[tuple[int, int]]:
    """Pairs without a link that share neighbours which are no hubs."""
    shared: Counter[tuple[int, int]] = Counter()
    for node in graph:
        if graph.degree(node) <= HUB:
            shared.update(combinations(sorted(graph[node]), 2))
    return sorted(pair for pair, n in shared.items() if n >= COMMON and not graph.has_edge(*pair))


def _allowed(kinds: tuple[str, str], ontology: Ontology, used: Counter[str]) -> tuple[str, ...]:
    """The relations in use that may hold between two classes, the most used first."""
    one, other = (local_name(kind) for kind in kinds)
    found = [
        prop.name
        for name, prop in ontology.properties.items()
        if used[name]
        and not prop.literal
        and any(
            ontology.is_a(a, prop.domain) and ontology.is_a(b, prop.range)
            for a, b in ((one, other), (other, one))
        )
    ]
    return tuple(sorted(found, key=lambda name: (-used[name], name)))


def _suggestion(
    network: Numbered, a: int, b: int, score: float, allowed: dict[tuple[str, str], tuple[str, ...]]
) -> Suggestion:
    start, end = network.entities[a], network.entities[b]
    common = sorted(set(network.plain[a]) & set(network.plain[b]), key=lambda n: (network.plain.degree(n), n))
    facts = tuple(fact for n in common for end_ in (a, b) for fact in network.facts(end_, n))
    seen = Counter(local_name(fact.predicate) for fact in facts)
    relations = tuple(sorted(allowed[start.type, end.type], key=lambda name: -seen[name]))
    return Suggestion(
        start, end, round(score, 9), tuple(network.entities[n] for n in common), relations, facts
    )
