"""How much a graph holds, and how tightly that hangs together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.analyze.network import CONNECTING, collapse
from kg.analyze.period import period
from kg.model import Entity, Fact


@dataclass(frozen=True, slots=True)
class Overview:
    """The sums of a graph. ``first`` and ``last`` bound the times of its claims, where any is known.

    ``connected`` is how many things facts of these statuses connect; ``density`` is what part of all
    ordered pairs of these has such a fact, ``components`` in how many parts they fall.
    """

    entities: int
    facts: int
    claims: int
    documents: int
    first: str | None
    last: str | None
    connected: int
    components: int
    density: float


def overview(
    facts: Iterable[Fact],
    dates: Mapping[str, str | None] | None = None,
    statuses: Sequence[str] = CONNECTING,
) -> Overview:
    """The sums of facts. ``dates`` are those of the documents by id, for claims that name no time.

    >>> overview([]).claims
    0
    """
    known = list(facts)
    claims = [claim for fact in known for claim in fact.claims]
    published = dates or {}
    periods = [period(claim.qualifiers, published.get(claim.evidence.document)) for claim in claims]
    network = collapse(known, statuses)
    return Overview(
        entities=len({e.iri for f in known for e in (f.subject, f.object) if isinstance(e, Entity)}),
        facts=len(known),
        claims=len(claims),
        documents=len({claim.evidence.document for claim in claims}),
        first=min((first for first, _ in periods if first), default=None),
        last=max((last for _, last in periods if last), default=None),
        connected=len(network),
        components=nx.number_weakly_connected_components(network) if network else 0,
        density=round(nx.density(network), 9),
    )
