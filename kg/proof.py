"""Why a triple follows: the shortest way back from it to asserted claims, as a tree of axioms.

The shortest proof needs the fewest claims, and of those that need as few it has the fewest steps; of
equals the first in order is taken. Cycles of axioms and of claims end the search, they do not trap it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kg.model import Claim, Entity, Literal
from kg.reason import Entailment, Side, iri_term
from kg.sparql import Answer
from kg.terms import Axiom
from kg.vocab import OWL, RDF, local_name

if TYPE_CHECKING:
    from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Proof:
    """A triple that holds, and why.

    Its own asserted ``claims``, or an ``axiom`` and the proofs of what that needs (``premises``).
    The class that an entity was given has neither.
    """

    subject: Entity
    predicate: str
    object: Entity | Literal
    claims: tuple[Claim, ...] = ()
    axiom: Axiom | None = None
    premises: tuple[Proof, ...] = ()


class Claims(Protocol):
    """What a proof asks of a graph."""

    @property
    def ontology(self) -> Ontology:
        """Its ontology."""

    def claims(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        status: str | None = None,
    ) -> list[Claim]:
        """The claims that have all that is given."""

    def query(self, sparql: str, *, inferred: bool = True) -> Answer:
        """The answer to a SPARQL query."""


def class_entity(iri: str, ontology: Ontology) -> Entity:
    """A class as a thing that can be the object of a triple."""
    label = next((kind.label for kind in ontology.types.values() if kind.iri == iri), local_name(iri))
    return Entity(iri, label, OWL.Class)


class Prover:
    """Finds proofs in one graph."""

    def __init__(self, graph: Claims) -> None:
        self._graph = graph
        self._law = Entailment(graph.ontology.axioms)
        terms = {iri for axiom in graph.ontology.axioms for iri in (axiom.term, axiom.other)}
        self._sides = {name: self._law.sides(name) for name in sorted(terms)}

    def prove(self, subject: Entity, predicate: str, value: Entity | Literal) -> Proof | None:
        """The shortest proof of a triple from others; None where it does not follow."""
        if predicate == RDF.type and isinstance(value, Entity):
            return self._by_class(subject, value)
        if isinstance(value, Literal):
            return self._by_value(subject, predicate, value)
        return self._by_claim(subject.iri, predicate, value.iri) or self._by_path(
            subject.iri, predicate, value.iri
        )

    def _by_class(self, thing: Entity, kind: Entity) -> Proof | None:
        """From the class that a thing was given to one above it."""
        query = f"SELECT ?class {{ {iri_term(thing.iri)} a ?class }} ORDER BY ?class"
        given = [str(row["class"]) for row in self._graph.query(query, inferred=False)]
        ways = [(self._law.uppers(name).get(kind.iri, ()), name) for name in given]
        chain, name = min((way for way in ways if way[0]), key=lambda way: len(way[0]), default=((), ""))
        proof = Proof(thing, RDF.type, class_entity(name, self._graph.ontology))
        for axiom in chain:
            upper = class_entity(axiom.other, self._graph.ontology)
            proof = Proof(thing, proof.predicate, upper, axiom=axiom, premises=(proof,))
        return proof if chain else None

    def _by_value(self, subject: Entity, predicate: str, value: Literal) -> Proof | None:
        """From a property with the same value to one above it."""
        found: dict[str, list[Claim]] = {}
        for claim in self._graph.claims(subject.iri, status="asserted"):
            if same_object(claim.object, value):
                found.setdefault(claim.predicate, []).append(claim)
        ways = [(self._law.uppers(name).get(predicate, ()), name) for name in sorted(found)]
        chain, name = min((way for way in ways if way[0]), key=lambda way: len(way[0]), default=((), ""))
        return _climb(_leaf(found[name]), chain) if chain else None

    def _by_claim(self, subject: str, predicate: str, value: str) -> Proof | None:
        """From one claim, by axioms with one premise."""
        ways = [
            (chain, name, (value, subject) if turned else (subject, value))
            for name, turned, chain in self._sources(predicate)
            if chain
        ]
        for chain, name, (start, end) in sorted(ways, key=lambda way: (len(way[0]), way[1])):
            claims = (
                self._graph.claims(start, name, end, "asserted") if self._asserts(start, name, end) else []
            )
            if claims:
                return _climb(_leaf(claims), chain)
        return None

    def _by_path(self, subject: str, predicate: str, value: str) -> Proof | None:
        """From a path of claims, by a transitive property."""
        best: tuple[tuple[int, int, str], Proof] | None = None
        for name in sorted(self._law.transitive):
            for turned in (False, True):
                chain = self._sides[name].get((predicate, turned))
                if chain is None:
                    continue
                start, end = (value, subject) if turned else (subject, value)
                path = self._path(name, start, end)
                rank = (len(path), sum(len(edge.chain) for edge in path) + len(chain), name)
                if path and (best is None or rank < best[0]):
                    best = rank, _climb(self._chained(name, path), chain)
        return best[1] if best else None

    def _sources(self, predicate: str) -> Iterator[tuple[str, bool, tuple[Axiom, ...]]]:
        """From which properties one follows by axioms with one premise, itself included."""
        for name, sides in self._sides.items():
            for turned in (False, True):
                if (predicate, turned) in sides:
                    yield name, turned, sides[predicate, turned]

    def _asserts(self, subject: str, predicate: str, value: str) -> bool:
        terms = map(iri_term, (subject, predicate, value))
        said = "ASK {{ ?claim rdf:subject {} ; rdf:predicate {} ; rdf:object {} ; kg:status kg:asserted }}"
        return bool(self._graph.query(said.format(*terms), inferred=False))

    def _path(self, name: str, start: str, end: str) -> list[_Edge]:
        """The shortest path of claims from one thing to another, each of which says the property.

        Breadth first: all things that are as many claims away are found together.
        """
        sources = {(source, turned): chain for source, turned, chain in self._sources(name)}
        reached: dict[str, tuple[int, _Edge]] = {}
        steps = {start: 0}
        while steps and end not in reached:
            nearer: dict[str, tuple[int, _Edge]] = {}
            for edge in self._edges(sorted(steps), sources):
                if edge.end in reached or (edge.end == start != end):
                    continue
                rank = (steps[edge.start] + len(edge.chain), edge)
                nearer[edge.end] = min(nearer.get(edge.end, rank), rank)
            reached |= nearer
            steps = {thing: rank for thing, (rank, _) in nearer.items()}
        return list(_traced(reached, start, end))

    def _edges(self, things: list[str], sources: Mapping[Side, tuple[Axiom, ...]]) -> Iterator[_Edge]:
        for turned in (False, True):
            names = sorted(name for name, turns in sources if turns is turned)
            near, far = ("object", "subject") if turned else ("subject", "object")
            query = f"""SELECT DISTINCT ?start ?property ?end {{
                VALUES ?start {{ {" ".join(map(iri_term, things))} }}
                ?claim rdf:{near} ?start ; rdf:predicate ?property ; rdf:{far} ?end ; kg:status kg:asserted
                VALUES ?property {{ {" ".join(map(iri_term, names))} }}
                FILTER(ISIRI(?end)) }}"""
            for row in self._graph.query(query, inferred=False) if names else ():
                name = str(row.property)
                yield _Edge(str(row.start), name, str(row.end), turned, sources[name, turned])

    def _chained(self, name: str, path: list[_Edge]) -> Proof:
        premises = []
        for edge in path:
            ends = (edge.end, edge.start) if edge.turned else (edge.start, edge.end)
            claims = self._graph.claims(ends[0], edge.property, ends[1], "asserted")
            premises.append(_climb(_leaf(claims), edge.chain))
        if len(premises) == 1:
            return premises[0]
        axiom = Axiom("transitive", name, name)
        first, last = premises[0].subject, premises[-1].object
        return Proof(first, name, last, axiom=axiom, premises=tuple(premises))


@dataclass(frozen=True, slots=True, order=True)
class _Edge:
    """A claim as a step of a path; ``turned`` where the claim's object comes first."""

    start: str
    property: str
    end: str
    turned: bool
    chain: tuple[Axiom, ...]


def _traced(reached: Mapping[str, tuple[int, _Edge]], start: str, end: str) -> Iterable[_Edge]:
    path: list[_Edge] = []
    while end in reached and (not path or path[-1].start != start):
        path.append(reached[end][1])
        end = path[-1].start
    return reversed(path)


def _leaf(claims: list[Claim]) -> Proof:
    first = claims[0]
    return Proof(first.subject, first.predicate, first.object, tuple(claims))


def _climb(proof: Proof, chain: Iterable[Axiom]) -> Proof:
    """The proof of what follows from a triple by axioms with one premise each."""
    for axiom in chain:
        subject, value = proof.subject, proof.object
        upper = axiom.other if axiom.term == proof.predicate else axiom.term
        if axiom.kind != "subPropertyOf" and isinstance(value, Entity):
            subject, value = value, subject
        proof = Proof(subject, upper, value, axiom=axiom, premises=(proof,))
    return proof


def same_object(one: Entity | Literal, other: Entity | Literal) -> bool:
    """Whether two objects are one term, however a value is written in the text."""
    if isinstance(one, Literal) and isinstance(other, Literal):
        return (one.value, one.datatype) == (other.value, other.datatype)
    return isinstance(one, Entity) and isinstance(other, Entity) and one.iri == other.iri
