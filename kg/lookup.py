"""Claims, entities and documents of a store, asked for by the names that people use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import rdf
from kg.characters import writable
from kg.claims import claim_order
from kg.errors import UsageError, did_you_mean
from kg.model import STATUSES, Claim, Document, Entity
from kg.store import Engine, about, solutions
from kg.vocab import DCTERMS, KG, NIF, RDF, RDFS, SKOS, local_name

if TYPE_CHECKING:
    from kg.ontology import Ontology


class Lookup:
    """Reads from a store; names are labels and aliases, or IRIs in full or with a prefix."""

    def __init__(self, engine: Engine, prefixes: Mapping[str, str]) -> None:
        self._engine, self._prefixes = engine, prefixes

    def claims(
        self,
        ontology: Ontology | None,
        subject: str | None,
        predicate: str | None,
        object: str | None,
        status: str | None,
    ) -> list[Claim]:
        """The claims that have all that is given, in the order of their facts.

        ``ontology`` is needed to look a predicate up. Names that nothing has raise UsageError.
        """
        wanted: list[tuple[str, Sequence[Any]]] = []
        if subject is not None:
            wanted.append((RDF.subject, self._nodes(subject)))
        if object is not None:
            wanted.append((RDF.object, self._nodes(object)))
        if predicate is not None and ontology is not None:
            wanted.append((RDF.predicate, [ox.NamedNode(self.relation(predicate, ontology))]))
        if status is not None:
            wanted.append((KG.status, [_status_node(status)]))
        reader = rdf.Reader(self.describe)
        return sorted(reader.claims(self._claims_with(wanted)), key=claim_order)

    def entities(self) -> list[Entity]:
        """All entities, by IRI."""
        found = self._objects(RDF.subject) | self._objects(RDF.object) | self._objects(KG.attributedTo)
        return rdf.Reader(self.describe).entities(sorted(found))

    def find(self, name: str) -> list[Entity]:
        """The entities of this name or IRI, in any case."""
        return rdf.Reader(self.describe).entities(self.iris(name))

    def relation(self, name: str, ontology: Ontology) -> str:
        """The IRI of the property of this name or IRI: one of the ontology's, or one that the graph uses."""
        name = writable(name)
        axioms = [axiom.other for axiom in ontology.axioms if axiom.kind != "subClassOf"]
        iris = [*axioms, *sorted(self._objects(RDF.predicate))]
        known = {local_name(iri): iri for iri in iris}
        known |= {prop.name: prop.iri for prop in ontology.properties.values()}
        iri = self._expand(name) or known.get(name.replace(" ", "_"))
        if iri is None or iri not in {*known.values(), *iris}:
            raise UsageError(f'no relation is called "{name}". {did_you_mean(name, known)}')
        return iri

    def documents(self) -> list[Document]:
        """All documents, by id."""
        reader = rdf.Reader(self.describe)
        contexts = sorted(self._subjects(RDF.type, [ox.NamedNode(NIF.Context)]))
        return sorted(reader.documents(contexts), key=lambda document: document.id)

    def hashes(self) -> dict[str, str]:
        """The hash of each document, by its id."""
        query = f"SELECT ?id ?hash {{ ?d <{DCTERMS.identifier}> ?id ; <{KG.sha256}> ?hash }}"
        return {row[0].value: row[1].value for row in sorted(solutions(self._engine, query), key=str)}

    def describe(self, iris: Sequence[str]) -> Mapping[str, rdf.Description]:
        """What is stated of each node."""
        found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for quad in about(self._engine, [ox.NamedNode(iri) for iri in iris]):
            if isinstance(quad.subject, ox.NamedNode):
                found[quad.subject.value][quad.predicate.value].append(quad.object)
        return found

    def _claims_with(self, wanted: Sequence[tuple[str, Sequence[Any]]]) -> Iterator[str]:
        patterns = "".join(
            f"VALUES ?v{i} {{ {' '.join(map(str, values))} }} ?claim <{predicate}> ?v{i} . "
            for i, (predicate, values) in enumerate(wanted)
        )
        query = f"SELECT DISTINCT ?claim WHERE {{ {patterns} ?claim a <{KG.Claim}> }}"
        for row in solutions(self._engine, query):
            yield row[0].value

    def _subjects(self, predicate: str, values: Iterable[Any]) -> set[str]:
        node = ox.NamedNode(predicate)
        found = (self._engine.quads_for_pattern(None, node, value, ox.DefaultGraph()) for value in values)
        subjects = {quad.subject for quads in found for quad in quads}
        return {subject.value for subject in subjects if isinstance(subject, ox.NamedNode)}

    def _objects(self, predicate: str) -> set[str]:
        query = f"SELECT DISTINCT ?o WHERE {{ ?s <{predicate}> ?o }}"
        return {row[0].value for row in solutions(self._engine, query) if isinstance(row[0], ox.NamedNode)}

    def _nodes(self, name: str) -> list[Any]:
        return [ox.NamedNode(iri) for iri in self.iris(name)]

    def iris(self, name: str) -> list[str]:
        """The IRIs of the entities of this name or IRI; names are labels and aliases, in any case."""
        name = writable(name)  # as the graph has it: a command may be given any bytes
        iri = self._expand(name)
        if iri is not None and (stated := self.describe([iri]).get(iri)):
            return sorted({term.value for term in stated.get(DCTERMS.isReplacedBy, ())}) or [iri]
        label = ox.Literal(name, language="en")
        exact = {iri for kind in (RDFS.label, SKOS.altLabel) for iri in self._subjects(kind, [label])}
        if exact:
            return sorted(exact)
        query = f"SELECT ?e ?name WHERE {{ ?e <{RDFS.label}>|<{SKOS.altLabel}> ?name FILTER(ISIRI(?e)) }}"
        names = [(row[0].value, row[1].value) for row in solutions(self._engine, query)]
        folded = name.casefold()
        near = sorted({iri for iri, called in names if called.casefold() == folded})
        if not near:
            raise UsageError(f'nothing is called "{name}". {_suggest(name, {called for _, called in names})}')
        return near

    def used_relation(self, name: str) -> str:
        """The IRI of the relation of this name or IRI, of those that the graph uses."""
        return self._used("relation", name, f"?claim <{RDF.predicate}> ?iri")

    def used_class(self, name: str) -> str:
        """The IRI of the class of this name or IRI, of those that the entities of the graph have."""
        return self._used("class", name, f"?e a ?iri ; <{RDFS.label}> ?name")

    def _used(self, what: str, name: str, pattern: str) -> str:
        query = f"SELECT DISTINCT ?iri WHERE {{ {pattern} FILTER(ISIRI(?iri)) }} ORDER BY ?iri"
        iris = [row[0].value for row in solutions(self._engine, query)]
        name = writable(name)
        known = {local_name(iri): iri for iri in iris}
        iri = self._expand(name) or known.get(name.strip().replace(" ", "_"))
        if iri not in iris:
            raise UsageError(f'no {what} of the graph is called "{name}". {did_you_mean(name, known)}')
        return str(iri)

    def _expand(self, name: str) -> str | None:
        """The IRI that a name is, in full or with a prefix; None for any other name."""
        prefix, colon, local = name.partition(":")
        if not colon or any(c in ' <>"{}|^`\\' or c < " " for c in name):
            return None
        return self._prefixes[prefix] + local if prefix in self._prefixes else name if "//" in local else None


def _status_node(status: str) -> Any:
    if status not in STATUSES:
        raise UsageError(f'no status is called "{status}". {did_you_mean(status, STATUSES)}')
    return ox.NamedNode(KG[status])


def _suggest(name: str, names: Iterable[str]) -> str:
    """The nearest name, but no list of all: a graph has too many."""
    hint = did_you_mean(name, names)
    return hint if hint.startswith("Did you mean") else "Look for it with: kg query most-connected"
