"""What belongs together, with a name that a person can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.analyze.numbered import Numbered
from kg.model import Entity, Fact
from kg.ontology import Ontology
from kg.vocab import local_name

#: How many of its members a community is named after.
_NAMED = 3
#: What part of its facts a relation makes that tells what a community is about.
_TELLING = 0.2


@dataclass(frozen=True, slots=True)
class Community:
    """Entities with more links among them than to others, those with the most such links first.

    ``name`` is made of the first of them and of the relation that is told most among them, if it is told
    often; ``facts`` are those among them. ``classes`` are the classes of its members with how many have each.
    """

    name: str
    entities: tuple[Entity, ...]
    classes: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, int], ...]
    facts: tuple[Fact, ...]


def partition(graph: nx.Graph[int]) -> list[list[int]]:
    """The Louvain communities (Blondel et al. 2008) from a fixed seed, the largest first."""
    return largest_first(nx.community.louvain_communities(graph, weight="weight", seed=0)) if graph else []


def largest_first(groups: Iterable[Iterable[int]]) -> list[list[int]]:
    """Groups of nodes in an order that hangs on nothing else."""
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))


def communities(
    network: Numbered, groups: Sequence[Sequence[int]], ontology: Ontology | None = None
) -> tuple[Community, ...]:
    """The communities of these nodes; relations are called as the ontology labels them."""
    return tuple(_community(network, group, ontology) for group in groups)


def _community(network: Numbered, group: Sequence[int], ontology: Ontology | None) -> Community:
    inner = network.plain.subgraph(group)
    ordered = sorted(group, key=lambda n: (-inner.degree(n, weight="weight"), -inner.degree(n), n))
    entities = tuple(network.entities[n] for n in ordered)
    facts = [fact for one, other in sorted(map(sorted, inner.edges)) for fact in network.facts(one, other)]
    relations = _counted(local_name(fact.predicate) for fact in facts)
    name = ", ".join(entity.name for entity in entities[:_NAMED])
    if relations and relations[0][1] >= max(2, _TELLING * len(facts)):
        name += f": {_label(relations[0][0], ontology)}"
    classes = _counted(local_name(entity.type) for entity in entities)
    return Community(name, entities, classes, relations, tuple(facts))


def _label(relation: str, ontology: Ontology | None) -> str:
    found = ontology.properties.get(relation) if ontology else None
    return found.label if found else relation.replace("_", " ")


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))
