"""The knowledge graph: claims in a store, asked by name, by SPARQL, or as rdflib, NetworkX and files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeGuard

import pyoxigraph as ox
from rdflib import RDF, RDFS, SKOS

from kg import rdf, store
from kg.claims import claim_order, facts
from kg.errors import StoreError, UsageError, did_you_mean
from kg.model import STATUSES, Claim, Document, Entity, Fact, Run
from kg.ontology import Ontology, load_ontology
from kg.sparql import Answer, run
from kg.vocab import BASE_IRI, KG, NIF, document_iris, local_name, prefixes, run_iri

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import StoreDataset
    from kg.why import Why

__all__ = ["Answer", "KnowledgeGraph"]

#: What ``save`` writes to a folder.
FILES = ("graph.db", "graph.ttl", "graph.html")


class KnowledgeGraph:
    """Claims and their evidence. Made by ``memory``, ``create`` and ``open``; close it, or use ``with``."""

    def __init__(
        self,
        engine: ox.Store,
        *,
        base_iri: str = BASE_IRI,
        ontology: Ontology | None = None,
        path: Path | None = None,
        writable: bool = True,
    ) -> None:
        self._store: ox.Store | None = engine
        self._law = ontology
        self._documents: dict[str, tuple[str, int]] = {}
        self._changed = False  # since it was last asked what follows from its claims
        self.base_iri, self.path, self.writable = base_iri, path, writable

    @classmethod
    def memory(cls, ontology: Ontology | None = None, *, base_iri: str = BASE_IRI) -> Self:
        """An empty graph in memory.

        >>> KnowledgeGraph.memory().claims()
        []
        """
        return cls(ox.Store(), base_iri=base_iri, ontology=ontology)

    @classmethod
    def create(cls, path: str | Path, ontology: Ontology | None = None, *, base_iri: str = BASE_IRI) -> Self:
        """An empty graph on disk. It replaces an earlier one at ``path`` by ``commit``, or not at all."""
        place = Path(path)
        return cls(store.begin(place, base_iri), base_iri=base_iri, ontology=ontology, path=place)

    @classmethod
    def open(cls, path: str | Path, ontology: Ontology | None = None) -> Self:
        """The finished graph at ``path``, to be read. A StoreError says what is there instead."""
        engine, base_iri = store.open_finished(Path(path))
        return cls(engine, base_iri=base_iri, ontology=ontology, path=Path(path), writable=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.path or 'in memory'}>"

    def close(self) -> None:
        """Let go of the store; one that was created and not committed is removed."""
        abandoned = self._store is not None and self.writable
        self._release()
        if abandoned and self.path is not None:
            store.discard(self.path)

    def commit(self) -> None:
        """Put a created graph in its place on disk; from then on it can only be read."""
        if self.path is None or not self.writable:
            raise UsageError("only a graph made by KnowledgeGraph.create can be committed")
        self._reasoned.flush()
        self._release()
        store.swap_in(self.path)
        self.writable = False
        self._store, _ = store.open_finished(self.path)

    def _release(self) -> None:
        dataset = self.__dict__.pop("dataset", None)
        if dataset is not None:
            dataset.close()
        self._store = None

    @property
    def _engine(self) -> ox.Store:
        if self._store is None:
            raise StoreError(f"{self.path or 'the graph'}: it is closed")
        return self._store

    @property
    def _reasoned(self) -> ox.Store:
        """The engine with what follows from its claims, which is inferred anew where they have changed."""
        if self._changed:
            from kg.reason import infer

            infer(self._engine, self.ontology.axioms)
            self._changed = False
        return self._engine

    @cached_property
    def dataset(self) -> StoreDataset:
        """The graph as an rdflib Dataset; what is inferred is in its named graph ``kg:inferred``."""
        return store.StoreDataset(self._reasoned, self.base_iri)

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes bound in its queries and files."""
        return prefixes(self.base_iri)

    @cached_property
    def ontology(self) -> Ontology:
        """Its ontology; the default one where none was given."""
        return self._law or load_ontology()

    def add(
        self, claims: Iterable[Claim], documents: Iterable[Document] = (), run: Run | None = None
    ) -> None:
        """Add claims, their entities and the documents of their evidence, and the run that found them.

        Documents that belong together come in one call, because their names depend on each other.
        """
        if not self.writable:
            raise StoreError(f"{self.path}: the graph is open for reading only; build a new one to change it")
        texts = list(documents)
        self._name(texts)
        quads: Iterator[ox.Quad] = chain(self._document_quads(texts), self._claim_quads(claims, run))
        if run is not None:
            quads = chain(quads, rdf.run_quads(run, self.base_iri))
        self._engine.bulk_extend(quads)
        self._changed = True

    def _name(self, documents: Iterable[Document]) -> None:
        lengths = {document.id: len(document.text) for document in documents}
        iris = document_iris(self._documents.keys() | lengths.keys(), self.base_iri)
        moved = [id_ for id_, (iri, _) in self._documents.items() if iris[id_] != iri]
        if moved:
            raise StoreError(f"the document {moved[0]} would change its IRI; add all documents in one call")
        self._documents |= {id_: (iris[id_], length) for id_, length in lengths.items()}

    def _document_quads(self, documents: Iterable[Document]) -> Iterator[ox.Quad]:
        for document in documents:
            yield from rdf.document_quads(document, self._documents[document.id][0])

    def _claim_quads(self, claims: Iterable[Claim], run: Run | None) -> Iterator[ox.Quad]:
        known: set[str] = set()
        activity = run_iri(run.id, self.base_iri) if run is not None else None
        for claim in claims:
            if claim.evidence.document not in self._documents:
                raise UsageError(f"{claim.iri}: the document {claim.evidence.document} is not in the graph")
            for entity in (claim.subject, claim.object, claim.attributed_to):
                if isinstance(entity, Entity) and entity.iri not in known:
                    known.add(entity.iri)
                    yield from rdf.entity_quads(entity)
            yield from rdf.claim_quads(claim, *self._documents[claim.evidence.document], activity)

    def claims(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        status: str | None = None,
    ) -> list[Claim]:
        """The claims that have all that is given, by name or IRI, in the order of their facts."""
        # From what narrows most to what narrows least: the first is looked up, the rest is checked.
        wanted: list[tuple[str, list[Any]]] = []
        if subject is not None:
            wanted.append((RDF.subject, self._entity_nodes(subject)))
        if object is not None:
            wanted.append((RDF.object, self._entity_nodes(object)))
        if predicate is not None:
            wanted.append((RDF.predicate, [self._predicate_node(predicate)]))
        if status is not None:
            wanted.append((KG.status, [_status_node(status)]))
        wanted.append((RDF.type, [ox.NamedNode(KG.Claim)]))
        found = self._subjects(*wanted[0])
        for name, values in wanted[1:]:
            found = {iri for iri in found if any(self._states(iri, name, value) for value in values)}
        reader = rdf.Reader(self._describe)
        return sorted((reader.claim(iri) for iri in found), key=claim_order)

    def facts(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        status: str | None = None,
    ) -> list[Fact]:
        """The same claims, grouped by what they say."""
        return facts(self.claims(subject, predicate, object, status), self.ontology)

    def entities(self) -> list[Entity]:
        """All entities, by IRI."""
        reader = rdf.Reader(self._describe)
        found = self._objects(RDF.subject) | self._objects(RDF.object) | self._objects(KG.attributedTo)
        return [reader.entity(iri) for iri in sorted(found)]

    def find(self, name: str) -> list[Entity]:
        """The entities of this name or IRI; names are labels and aliases, in any case."""
        reader = rdf.Reader(self._describe)
        return [reader.entity(node.value) for node in self._entity_nodes(name)]

    def relation(self, name: str) -> str:
        """The IRI of the property of this name or IRI."""
        return str(self._predicate_node(name).value)

    def why(self, subject: str, predicate: str, object: str) -> Why:
        """Why a triple is in the graph: its claims, or the axioms and claims from which it follows."""
        from kg.why import why

        return why(self, subject, predicate, object)

    def documents(self) -> list[Document]:
        """All documents, by id."""
        reader = rdf.Reader(self._describe)
        contexts = self._subjects(str(RDF.type), [ox.NamedNode(NIF.Context)])
        return sorted((reader.document(iri) for iri in contexts), key=lambda document: document.id)

    def query(self, sparql: str, *, inferred: bool = True) -> Answer:
        """The answer to a SPARQL query, with all prefixes bound.

        It is asked of what is stated and, unless told not to, of what is ``inferred`` from that.

        >>> list(KnowledgeGraph.memory().query("SELECT ?who { ?who news:invested_in ?what }"))
        []
        """
        return run(self._reasoned if inferred else self._engine, sparql, self.prefixes, inferred=inferred)

    def triples(self) -> Iterator[ox.Triple]:
        """The triples that are stated (none that are inferred), in no order."""
        for quad in self._engine.quads_for_pattern(None, None, None, ox.DefaultGraph()):
            yield quad.triple

    def ntriples(self, *, inferred: bool = False) -> bytes:
        """The same triples as lines of N-Triples, in no order, or those that are inferred."""
        engine, graph = (
            (self._reasoned, ox.NamedNode(KG.inferred)) if inferred else (self._engine, ox.DefaultGraph())
        )
        return engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""

    def serialize(
        self,
        path: str | Path,
        format: str | None = None,
        *,
        shape: str | None = None,
        text: bool = True,
        inferred: bool = True,
    ) -> Path:
        """Write the graph to a file in the format of its suffix: ``.ttl .nt .nq .trig .jsonld .rdf``.

        ``shape`` is ``rdf-1.2``, ``owl-axiom`` or ``web-annotation``, for tools that want claims so;
        without ``text`` the documents' texts are left out, without ``inferred`` what N-Quads and TriG
        hold of it.
        """
        from kg.export import export

        return export(self, Path(path), format, shape=shape, text=text, inferred=inferred)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The graph as NetworkX has it: an edge for every claim between two entities."""
        from kg.analyze import to_networkx

        return to_networkx(self.facts())

    def page(self, path: str | Path, title: str = "Knowledge graph") -> Path:
        """Write the interactive page: one file that opens in any browser."""
        from kg.page import write_page

        return write_page(path, self.facts(), self.documents(), title=title)

    def save(self, folder: str | Path, title: str = "Knowledge graph") -> KnowledgeGraph:
        """Write store, Turtle and page to a folder: all of them or, on failure, none."""
        place = Path(folder)
        database, turtle, page = (place / name for name in FILES)
        if self.path != database or not self.writable:
            with KnowledgeGraph.create(database, self._law, base_iri=self.base_iri) as copy:
                copy._engine.bulk_extend(self._reasoned.quads_for_pattern(None, None, None, None))
                copy.save(place, title)
            return KnowledgeGraph.open(database, self._law)
        drafts = [self.serialize(turtle.with_name(f".{turtle.name}.new"), "ttl")]
        try:
            drafts.append(self.page(page.with_name(f".{page.name}.new"), title))
            self.commit()
            for draft, final in zip(drafts, (turtle, page), strict=True):
                draft.replace(final)
        finally:
            for draft in drafts:
                draft.unlink(missing_ok=True)
        return self

    def _describe(self, iri: str) -> rdf.Description:
        found: dict[str, list[Any]] = defaultdict(list)
        for quad in self._engine.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph()):
            found[quad.predicate.value].append(quad.object)
        return found

    def _subjects(self, predicate: str, values: Iterable[Any]) -> set[str]:
        node = ox.NamedNode(predicate)
        found = (self._engine.quads_for_pattern(None, node, value, ox.DefaultGraph()) for value in values)
        return {quad.subject.value for quads in found for quad in quads if _is_iri(quad.subject)}

    def _states(self, subject: str, predicate: str, value: Any) -> bool:
        return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value) in self._engine

    def _objects(self, predicate: str) -> set[str]:
        found = self._engine.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph())
        return {quad.object.value for quad in found if _is_iri(quad.object)}

    def _entity_nodes(self, name: str) -> list[Any]:
        """The entities of this name or IRI; names are labels and aliases, in any case."""
        iri = self._expand(name)
        if iri is not None and self._describe(iri):
            return [ox.NamedNode(iri)]
        exact = {
            iri for kind in (RDFS.label, SKOS.altLabel) for iri in self._subjects(str(kind), [_label(name)])
        }
        if exact:
            return [ox.NamedNode(iri) for iri in sorted(exact)]
        entities = self.entities()
        folded = name.casefold()
        near = [e.iri for e in entities if folded in {n.casefold() for n in (e.name, *e.aliases)}]
        if not near:
            raise UsageError(f'nothing is called "{name}". {_suggest(name, (e.name for e in entities))}')
        return [ox.NamedNode(iri) for iri in near]

    def _predicate_node(self, name: str) -> Any:
        """The property of this name or IRI: one of the ontology's, or one that the graph uses."""
        axioms = [axiom.other for axiom in self.ontology.axioms if axiom.kind != "subClassOf"]
        iris = [*axioms, *sorted(self._objects(RDF.predicate))]
        known = {local_name(iri): iri for iri in iris}
        known |= {prop.name: prop.iri for prop in self.ontology.properties.values()}
        iri = self._expand(name) or known.get(name.replace(" ", "_"))
        if iri is None or iri not in {*known.values(), *iris}:
            raise UsageError(f'no relation is called "{name}". {did_you_mean(name, known)}')
        return ox.NamedNode(iri)

    def _expand(self, name: str) -> str | None:
        """The IRI that a name is, in full or with a prefix; None for any other name."""
        prefix, colon, local = name.partition(":")
        if not colon or any(c in ' <>"{}|^`\\' or c < " " for c in name):
            return None
        return self.prefixes[prefix] + local if prefix in self.prefixes else name if "//" in local else None


def _is_iri(term: Any) -> TypeGuard[ox.NamedNode]:
    return isinstance(term, ox.NamedNode)


def _status_node(status: str) -> Any:
    if status not in STATUSES:
        raise UsageError(f'no status is called "{status}". {did_you_mean(status, STATUSES)}')
    return ox.NamedNode(KG[status])


def _label(name: str) -> Any:
    return ox.Literal(name, language="en")


def _suggest(name: str, names: Iterable[str]) -> str:
    """The nearest name, but no list of all: a graph has too many."""
    hint = did_you_mean(name, names)
    return hint if hint.startswith("Did you mean") else "Look for it with: kg query most-connected"
