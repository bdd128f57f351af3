"""Facts as graphs of NetworkX: one with an edge for every claim, and a simple one to measure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypedDict

import networkx as nx

from kg.analyze.holding import holds
from kg.analyze.period import period
from kg.errors import UsageError, did_you_mean
from kg.model import STATUSES, Claim, Entity, Fact
from kg.vocab import local_name

#: The statuses that connect: what is denied, only possible or over does not.
CONNECTING = ("asserted", "planned")

_DAY = re.compile(r"\d{4}(-\d\d){0,2}")


class Wanted(TypedDict, total=False):
    """Which claims to keep; all that is given must hold, and what is empty leaves none out.

    Claims of these ``statuses``, of a score of at least ``min_score`` (those without one are kept), about
    the time from ``since`` to ``until``, of facts that were so ``at`` a day, of these ``relations`` (names
    or IRIs), and between things of these ``types`` (names or IRIs of classes, each without those below it).
    """

    statuses: Sequence[str]
    min_score: float
    since: str
    until: str
    at: str
    relations: Collection[str]
    types: Collection[str]


def narrowed(
    facts: Iterable[Fact], wanted: Wanted, dates: Mapping[str, str | None] | None = None
) -> list[Fact]:
    """The facts with only the claims that are wanted.

    ``dates`` are those of the documents by id: a claim that names no time is about that of its document.
    Raises UsageError for what nobody can mean.

    >>> narrowed([], {"statuses": ("asserted",)})
    []
    """
    check_statuses(wanted.get("statuses", ()))
    at = wanted.get("at")
    for name, day in (("since", wanted.get("since")), ("until", wanted.get("until")), ("at", at)):
        if day and not _DAY.fullmatch(day):
            raise UsageError(f'{name} is "{day}", which is no date; write it as 2024, 2024-06 or 2024-06-30')
    known = dates or {}
    kept = (
        replace(fact, claims=tuple(c for c in fact.claims if _fits(c, wanted, known)))
        for fact in facts
        if _between(fact, wanted) and (not at or holds(fact, known, at))
    )
    return [fact for fact in kept if fact.claims]


def check_statuses(statuses: Iterable[str]) -> None:
    """Raises UsageError where one of these is no status."""
    unknown = next((name for name in statuses if name not in STATUSES), None)
    if unknown is not None:
        raise UsageError(f'no status is called "{unknown}". {did_you_mean(unknown, STATUSES)}')


def _between(fact: Fact, wanted: Wanted) -> bool:
    relations, types = wanted.get("relations"), wanted.get("types")
    ends = [end for end in (fact.subject, fact.object) if isinstance(end, Entity)]
    return (not relations or bool({fact.predicate, local_name(fact.predicate)} & set(relations))) and (
        not types or all({end.type, local_name(end.type)} & set(types) for end in ends)
    )


def _fits(claim: Claim, wanted: Wanted, dates: Mapping[str, str | None]) -> bool:
    statuses, since, until = wanted.get("statuses"), wanted.get("since"), wanted.get("until")
    if statuses and claim.qualifiers.status not in statuses:
        return False
    if claim.score is not None and claim.score < wanted.get("min_score", 0.0):
        return False
    if not since and not until:
        return True
    # Each of these can be a year, a month or a day: they are compared as far as both go.
    first, last = period(claim.qualifiers, dates.get(claim.evidence.document))
    ends_before = since is not None and (last is None or last < since[: len(last)])
    begins_after = until is not None and (first is None or first[: len(until)] > until)
    return not ends_before and not begins_after


def to_networkx(facts: Iterable[Fact]) -> nx.MultiDiGraph[str]:
    """An edge for every claim between two things; its key is the IRI of the claim.

    Nodes are IRIs with ``label`` and ``class``. Edges have ``relation``, ``status``, ``document`` and
    ``sentence``, and ``score``, ``time``, ``amount``, ``currency`` and ``percent`` where they are known.
    Values such as dates are not nodes.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    claims = [claim for fact in facts for claim in fact.claims if isinstance(claim.object, Entity)]
    entities = {e.iri: e for c in claims for e in (c.subject, c.object) if isinstance(e, Entity)}
    for iri in sorted(entities):
        graph.add_node(iri, label=entities[iri].name, **{"class": local_name(entities[iri].type)})
    for claim in claims:
        if isinstance(claim.object, Entity):
            graph.add_edge(claim.subject.iri, claim.object.iri, key=claim.iri, **_attributes(claim))
    return graph


def _attributes(claim: Claim) -> dict[str, str | float]:
    qualifiers = claim.qualifiers
    known = {
        "relation": local_name(claim.predicate),
        "status": qualifiers.status,
        "score": claim.score,
        "time": qualifiers.time,
        "amount": qualifiers.amount,
        "currency": qualifiers.currency,
        "percent": qualifiers.percent,
        "document": claim.evidence.document,
        "sentence": claim.evidence.text,
    }
    return {name: value for name, value in known.items() if value is not None}


def collapse(facts: Iterable[Fact], statuses: Sequence[str] = CONNECTING) -> nx.DiGraph[str]:
    """One edge for each ordered pair of entities; its ``weight`` is how many facts connect them."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    pairs = [
        (fact.subject, fact.object)
        for fact in facts
        if isinstance(fact.object, Entity) and not set(fact.statuses).isdisjoint(statuses)
    ]
    graph.add_nodes_from(sorted({entity.iri for pair in pairs for entity in pair}))
    for subject, value in sorted((s.iri, o.iri) for s, o in pairs):
        known = graph.get_edge_data(subject, value, {"weight": 0})
        graph.add_edge(subject, value, weight=known["weight"] + 1)
    return graph
