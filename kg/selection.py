"""A part of a graph that stands by itself: some of its claims, and all that they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyoxigraph as ox
from rdflib import DCTERMS, PROV, RDF

from kg.rdf import PLAIN_STATUSES
from kg.vocab import KG, NIF

_AT_ONCE = 1_000  # nodes in one query

_CLAIMS = f"""
SELECT ?claim ?s ?p ?o ?status ?span ?context ?document ?speaker ?run ?software WHERE {{
  %s
  ?claim a <{KG.Claim}> ; <{RDF.subject}> ?s ; <{RDF.predicate}> ?p ; <{RDF.object}> ?o ;
    <{KG.status}> ?status ; <{PROV.wasDerivedFrom}> ?span .
  ?span <{NIF.referenceContext}> ?context .
  ?context <{NIF.sourceUrl}> ?document .
  OPTIONAL {{ ?claim <{KG.score}> ?score }}
  OPTIONAL {{ ?claim <{KG.attributedTo}> ?speaker }}
  OPTIONAL {{ ?claim <{PROV.wasGeneratedBy}> ?run OPTIONAL {{ ?run <{PROV.wasAssociatedWith}> ?software }} }}
  FILTER(!BOUND(?score) || ?score >= %s)
}}
"""
_RELATIONS = f"SELECT DISTINCT ?p WHERE {{ ?claim <{RDF.predicate}> ?p }}"
_ABOUT = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { %s } ?s ?p ?o }"
_REPLACED = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?o {{ %s }} ?s ?p ?o FILTER(?p = <{DCTERMS.isReplacedBy}>) }}"


class Engine(Protocol):
    """What can be asked with SPARQL."""

    def query(self, query: str) -> Any:
        """The rows or triples of the answer."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which claims are wanted, by IRIs; what is empty leaves none out. An entity is subject or object."""

    statuses: tuple[str, ...] = ()
    min_score: str = "0"
    documents: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()

    def query(self) -> str:
        """The query for the claims and what they need."""
        patterns = [
            _values("status", self.statuses),
            _values("document", self.documents),
            _values("p", self.relations),
        ]
        if self.entities:
            ends = f"{{ ?claim <{RDF.subject}> ?entity }} UNION {{ ?claim <{RDF.object}> ?entity }}"
            patterns.append(f"{_values('entity', self.entities)} {ends}")
        return _CLAIMS % ("\n  ".join(filter(None, patterns)), self.min_score)


@dataclass(slots=True)
class _Needed:
    """The nodes that stay, and the plain triples that a claim supports."""

    nodes: set[Any] = field(default_factory=set)
    entities: set[Any] = field(default_factory=set)
    plain: set[tuple[Any, Any, Any]] = field(default_factory=set)


def selected(engine: Engine, wanted: Selection) -> Iterator[ox.Quad]:
    """The claims, their entities, spans, documents and runs, and the plain triples that they support."""
    needed = _needed(engine, wanted)
    for triple in _triples(engine, _ABOUT, needed.nodes):
        yield ox.Quad(triple.subject, triple.predicate, triple.object)
    relations = {row[0] for row in engine.query(_RELATIONS)}
    for triple in _triples(engine, _ABOUT, needed.entities):
        if triple.predicate not in relations or tuple(triple) in needed.plain:
            yield ox.Quad(triple.subject, triple.predicate, triple.object)
    for triple in _triples(engine, _REPLACED, needed.entities):
        yield ox.Quad(triple.subject, triple.predicate, triple.object)


def _needed(engine: Engine, wanted: Selection) -> _Needed:
    plain = {ox.NamedNode(KG[status]) for status in PLAIN_STATUSES}
    found = _Needed()
    for claim, subject, predicate, value, status, *used, speaker, run, software in engine.query(wanted.query()):
        found.nodes.update(node for node in (claim, *used, run, software) if node is not None)
        found.entities.update(node for node in (subject, value, speaker) if isinstance(node, ox.NamedNode))
        if status in plain:
            found.plain.add((subject, predicate, value))
    return found


def _triples(engine: Engine, query: str, nodes: Iterable[Any]) -> Iterator[ox.Triple]:
    ordered = sorted(nodes, key=str)
    for begin in range(0, len(ordered), _AT_ONCE):
        yield from engine.query(query % " ".join(map(str, ordered[begin : begin + _AT_ONCE])))


def _values(name: str, iris: Sequence[str]) -> str:
    nodes = " ".join(str(ox.NamedNode(iri)) for iri in iris)
    return f"VALUES ?{name} {{ {nodes} }}" if iris else ""
