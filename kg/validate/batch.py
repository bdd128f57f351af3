"""A few documents of a store with all that is said in them, copied to rdflib's memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any

import pyoxigraph as ox
from rdflib import DCTERMS, PROV, RDF, Graph, URIRef
from rdflib.term import Node

from kg.rdf import PLAIN_STATUSES
from kg.store import Engine
from kg.store.view import to_rdflib
from kg.vocab import KG, NIF, PREFIXES

#: How many documents are validated at once, and how many nodes that belong to none.
SIZE = 50

_NAMED = "SELECT ?text { VALUES ?id { %s } ?document dcterms:identifier ?id . ?text nif:sourceUrl ?document }"
_TEXTS = "SELECT ?text { ?text a nif:Context }"
_MEMBERS = """
SELECT DISTINCT ?span ?claim {
  VALUES ?text { %s } ?span nif:referenceContext ?text OPTIONAL { ?claim prov:wasDerivedFrom ?span }
}"""
#: Nodes from which no way leads to a text: a damaged store has some. (NOT EXISTS would be evaluated for
#: each node from its far end, and MINUS would hold all nodes in memory.)
_WITHOUT = """
SELECT DISTINCT ?node { ?node %s OPTIONAL { %s a nif:Context BIND(1 AS ?found) } FILTER(!BOUND(?found)) }"""
_TO_TEXT = "?node prov:wasDerivedFrom ?span . ?span nif:referenceContext ?text . ?text"
_ASTRAY = (
    _WITHOUT % ("a kg:Claim", _TO_TEXT),
    _WITHOUT % ("rdf:predicate ?property", _TO_TEXT),
    _WITHOUT % ("a nif:Sentence", "?node nif:referenceContext ?text . ?text"),
    _WITHOUT % ("kg:sha256 ?hash", "?text nif:sourceUrl ?node ;"),
)
_DESCRIBE = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { %s } ?s ?p ?o }"
#: An entity may have any number of triples: only its label and classes are asked for.
_ENTITIES = """
CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { %s }
  { ?s a ?o BIND(rdf:type AS ?p) } UNION { ?s rdfs:label ?o BIND(rdfs:label AS ?p) }
}"""
_UNSTATED = """
SELECT ?claim { VALUES ?claim { %s } ?claim kg:status ?status FILTER(?status IN (%s))
  ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o FILTER NOT EXISTS { ?s ?p ?o }
}"""
_UNSUPPORTED = """
SELECT ?s ?p ?o {
  { SELECT DISTINCT ?p { { ?any rdf:predicate ?p } UNION { VALUES ?p { %s } } } } ?s ?p ?o
  MINUS { ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:status ?status
          FILTER(?status IN (%s)) }
  MINUS { ?s a rdf:Statement } MINUS { ?s a nif:RFC5147String } MINUS { ?s kg:sha256 ?hash }
}"""
#: The statuses of claims that are plain triples too.
PLAIN = ", ".join(f"kg:{status}" for status in sorted(PLAIN_STATUSES))
_LINKS = tuple(
    map(
        URIRef,
        (
            PROV.wasDerivedFrom,
            NIF.referenceContext,
            NIF.sourceUrl,
            PROV.wasGeneratedBy,
            PROV.wasAssociatedWith,
        ),
    )
)
#: What leads from a claim to an entity.
TO_ENTITIES = (RDF.subject, RDF.object, URIRef(KG.attributedTo))


class Batch:
    """Documents, or nodes that belong to none, with what leads to and from them.

    ``graph`` holds what the store says of them and, beside each claim, the triple that it says, whatever
    its status; ``said`` are the claims of each such triple's subject and object.
    """

    def __init__(self, store: Engine, nodes: Iterable[Any]) -> None:
        self.graph = Graph(bind_namespaces="none")
        self._store = store
        self._described: set[Any] = set()
        self._terms: dict[Any, Any] = {}
        start = set(nodes)
        members = rows(store, _MEMBERS % _values(start))
        self._describe(start | {node for row in members for node in row if node is not None})
        while linked := self._linked(_LINKS) - self._described:
            self._describe(linked)
        self._add(_ENTITIES, self._linked(TO_ENTITIES))
        self.said: dict[tuple[Node, str, Node], list[Node]] = defaultdict(list)
        self._say()

    @cached_property
    def claims(self) -> set[Node]:
        """Its claims, also those that are damaged."""
        found = set(self.graph.subjects(RDF.type, URIRef(KG.Claim)))
        return found | set(self.graph.subjects(RDF.predicate))

    @cached_property
    def texts(self) -> set[Node]:
        """The texts of its documents."""
        return set(self.graph.subjects(RDF.type, URIRef(NIF.Context)))

    def unstated(self) -> list[Node]:
        """The claims whose plain triple should be in the store and is not."""
        claims = " ".join(claim.n3() for claim in self.claims if isinstance(claim, URIRef))
        return [self._term(row[0]) for row in rows(self._store, _UNSTATED % (claims, PLAIN))]

    def place(self, node: Node) -> tuple[str, int, str]:
        """The document of a claim, sentence or text, and where its sentence begins and how it reads."""
        span = self.graph.value(node, URIRef(PROV.wasDerivedFrom), any=True) or node
        text = self.graph.value(span, URIRef(NIF.referenceContext), any=True) or span
        document = self.graph.value(text, URIRef(NIF.sourceUrl), any=True) or text
        id_ = self.graph.value(document, DCTERMS.identifier, any=True)
        sentence = self.graph.value(span, URIRef(NIF.anchorOf), any=True)
        return str(id_ or ""), self.number(span, NIF.beginIndex) or 0, str(sentence or "")

    def number(self, node: Node, predicate: str) -> int | None:
        """A whole number that is said of a node; None where there is no readable one."""
        value = self.graph.value(node, URIRef(predicate), any=True)
        return int(str(value)) if value is not None and str(value).isdecimal() else None

    def string(self, node: Node, predicate: str) -> str | None:
        """A text that is said of a node."""
        value = self.graph.value(node, URIRef(predicate), any=True)
        return None if value is None else str(value)

    def _describe(self, nodes: set[Any]) -> None:
        self._described |= nodes
        self._add(_DESCRIBE, nodes)

    def _add(self, query: str, nodes: Iterable[Any]) -> None:
        for triple in rows(self._store, query % _values(nodes)):
            self.graph.add((self._term(triple[0]), self._term(triple[1]), self._term(triple[2])))

    def _linked(self, predicates: Iterable[Node]) -> set[Any]:
        """The nodes that these predicates lead to."""
        found = (node for predicate in predicates for node in self.graph.objects(None, predicate))
        return {ox.NamedNode(str(node)) for node in found if isinstance(node, URIRef)}

    def _say(self) -> None:
        for claim in self.claims:
            for predicate in self.graph.objects(claim, RDF.predicate):
                for subject in self.graph.objects(claim, RDF.subject):
                    for value in self.graph.objects(claim, RDF.object):
                        self.graph.add((subject, predicate, value))
                        self.said[predicate, "domain", subject].append(claim)
                        self.said[predicate, "range", value].append(claim)

    def _term(self, term: Any) -> Any:
        if term not in self._terms:
            self._terms[term] = to_rdflib(term)
        return self._terms[term]


def batches(store: Engine, documents: Iterable[str] | None) -> Iterator[Batch]:
    """A store in batches: its texts and then what belongs to none, or the texts of these documents."""
    queries: tuple[str, ...] = (_TEXTS, *_ASTRAY)
    if documents is not None:
        queries = (_NAMED % " ".join(str(ox.Literal(id_)) for id_ in documents),)
    for query in queries:
        nodes = (row[0] for row in rows(store, query) if isinstance(row[0], ox.NamedNode))
        while chunk := list(islice(nodes, SIZE)):
            yield Batch(store, chunk)


def unsupported(store: Engine, relations: Iterable[str]) -> Iterator[tuple[Any, Any, Any]]:
    """The plain triples, of these relations and those of claims, that no asserted or planned claim says."""
    query = _UNSUPPORTED % (" ".join(f"<{iri}>" for iri in sorted(relations)), PLAIN)
    for row in rows(store, query):
        subject, predicate, value = (to_rdflib(term) for term in row)
        yield subject, predicate, value


def rows(store: Engine, query: str) -> Iterator[Any]:
    """The solutions or triples of a query."""
    found: Any = store.query(query, prefixes=PREFIXES)
    yield from found


def _values(nodes: Iterable[Any]) -> str:
    return " ".join(sorted(map(str, nodes)))
