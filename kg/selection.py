"""A part of a graph that stands by itself: some of its claims, and all that they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyoxigraph as ox

from kg.errors import UsageError, did_you_mean
from kg.model import STATUSES, Entity
from kg.rdf import PLAIN_STATUSES, canonical_decimal
from kg.store import Engine, about, solutions
from kg.vocab import DCTERMS, KG, NIF, PROV, RDF

# Started from claims that are known: engines find no good way through it from anywhere else.
_CLAIMS = f"""
SELECT ?claim ?s ?p ?o ?status ?span ?context ?document ?speaker ?run ?software WHERE {{
  VALUES ?claim {{ %s }}
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
_AT_ONCE = 500  # nodes in one query
_WITH = "SELECT ?node WHERE { VALUES ?value { %s } ?node <%s> ?value }"
_RELATIONS = f"SELECT DISTINCT ?p WHERE {{ ?claim <{RDF.predicate}> ?p }}"
_DOCUMENT = f"SELECT ?document WHERE {{ ?document <{DCTERMS.identifier}> %s ; <{KG.sha256}> ?hash }}"
_DOCUMENTS = f"SELECT ?document ?id WHERE {{ ?document <{DCTERMS.identifier}> ?id ; <{KG.sha256}> ?hash }}"
_REPLACED_BY = ox.NamedNode(DCTERMS.isReplacedBy)
_REPLACED = f"SELECT ?old ?new WHERE {{ ?old {_REPLACED_BY} ?new }}"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which claims are wanted, by IRIs; what is empty leaves none out. An entity is subject or object."""

    statuses: tuple[str, ...] = ()
    min_score: str = "0"
    documents: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()


class Source(Protocol):
    """What is asked of the graph that is selected from."""

    @property
    def engine(self) -> Engine:
        """Its store."""

    def find(self, name: str) -> list[Entity]:
        """The entities of a name."""

    def relation(self, name: str) -> str:
        """The IRI of the relation of a name."""


def select(
    graph: Source,
    statuses: Iterable[str],
    min_score: float,
    documents: Iterable[str],
    relations: Iterable[str],
    entities: Iterable[str],
) -> Iterator[ox.Quad]:
    """The part of a graph that fits all that is given by name; a UsageError names what is not known."""
    named = tuple(statuses)
    unknown = next((status for status in named if status not in STATUSES), None)
    if unknown is not None:
        raise UsageError(f'no status is called "{unknown}". {did_you_mean(unknown, STATUSES)}')
    if not 0 <= min_score <= 1:
        raise UsageError(f"min_score is {min_score}: it is a probability, give a number from 0 to 1")
    wanted = Selection(
        tuple(KG[status] for status in named),
        canonical_decimal(str(min_score)),
        tuple(document_iri(graph.engine, name) for name in documents),
        tuple(graph.relation(name) for name in relations),
        tuple(entity.iri for name in entities for entity in graph.find(name)),
    )
    return selected(graph.engine, wanted)


@dataclass(slots=True)
class _Needed:
    """The nodes that stay, and the plain triples that a claim supports."""

    nodes: set[Any] = field(default_factory=set)
    entities: set[Any] = field(default_factory=set)
    plain: set[tuple[Any, Any, Any]] = field(default_factory=set)


def selected(engine: Engine, wanted: Selection) -> Iterator[ox.Quad]:
    """The claims, their entities, spans, documents and runs, and the plain triples that they support."""
    needed = _needed(engine, wanted)
    yield from about(engine, list(needed.nodes))
    relations = {row[0] for row in solutions(engine, _RELATIONS)}
    for quad in about(engine, list(needed.entities)):
        if quad.predicate not in relations or (quad.subject, quad.predicate, quad.object) in needed.plain:
            yield quad
    for row in solutions(engine, _REPLACED):
        if row[1] in needed.entities:
            yield ox.Quad(row[0], _REPLACED_BY, row[1])


def document_iri(engine: Engine, name: str) -> str:
    """The IRI of the document with this id or IRI."""
    id_ = ox.Literal(name.encode("utf-8", "replace").decode("utf-8"))  # a command may be given any bytes
    for (document,) in solutions(engine, _DOCUMENT % id_):
        return str(document.value)
    known: dict[str, str] = {row[1].value: row[0].value for row in solutions(engine, _DOCUMENTS)}
    if name not in known.values():
        raise UsageError(f'no document is called "{name}". {did_you_mean(name, known)}')
    return name


def _needed(engine: Engine, wanted: Selection) -> _Needed:
    plain = {ox.NamedNode(KG[status]) for status in PLAIN_STATUSES}
    found = _Needed()
    for block in _blocks(_claims(engine, wanted)):
        for row in solutions(engine, _CLAIMS % (block, wanted.min_score)):
            claim, subject, predicate, value, status, span, context, document, speaker, run, software = row
            used = (claim, span, context, document, run, software)
            found.nodes.update(node for node in used if node is not None)
            ends = (subject, value, speaker)
            found.entities.update(node for node in ends if isinstance(node, ox.NamedNode))
            if status in plain:
                found.plain.add((subject, predicate, value))
    return found


def _claims(engine: Engine, wanted: Selection) -> set[Any]:
    """The claims that fit, whatever their scores."""
    about = _nodes(wanted.entities)
    sets = [
        _with(engine, KG.status, _nodes(wanted.statuses)) if wanted.statuses else None,
        _with(engine, RDF.predicate, _nodes(wanted.relations)) if wanted.relations else None,
        _with(engine, RDF.subject, about) | _with(engine, RDF.object, about) if about else None,
        _of_documents(engine, _nodes(wanted.documents)) if wanted.documents else None,
    ]
    asked = [found for found in sets if found is not None]
    return set.intersection(*asked) if asked else _with(engine, RDF.type, _nodes([KG.Claim]))


def _of_documents(engine: Engine, documents: set[Any]) -> set[Any]:
    contexts = _with(engine, NIF.sourceUrl, documents)
    return _with(engine, PROV.wasDerivedFrom, _with(engine, NIF.referenceContext, contexts))


def _with(engine: Engine, predicate: str, values: set[Any]) -> set[Any]:
    """The nodes that have one of these values."""
    rows = (row for block in _blocks(values) for row in solutions(engine, _WITH % (block, predicate)))
    return {row[0] for row in rows}


def _blocks(nodes: set[Any]) -> Iterator[str]:
    ordered = sorted(map(str, nodes))
    for begin in range(0, len(ordered), _AT_ONCE):
        yield " ".join(ordered[begin : begin + _AT_ONCE])


def _nodes(iris: Iterable[str]) -> set[Any]:
    return {ox.NamedNode(iri) for iri in iris}
