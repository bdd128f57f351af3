"""The knowledge graph: claims in a store, asked by name, by SPARQL, or as rdflib, NetworkX and files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack

import pyoxigraph as ox

from kg import store
from kg.changes import Changes
from kg.claims import facts
from kg.errors import KGError, StoreError, UsageError
from kg.files import reported
from kg.lookup import Lookup
from kg.model import Claim, Document, Entity, Fact, Run
from kg.parameters import named, prepare
from kg.sparql import Answer, run
from kg.stopwatch import stage
from kg.store import Engine, disk
from kg.store.lines import Key
from kg.vocab import BASE_IRI, KG, prefixes

if TYPE_CHECKING:
    import networkx as nx

    from kg.analyze import Wanted
    from kg.ontology import Ontology
    from kg.page import Page, Part
    from kg.statements import Statements
    from kg.store.view import StoreDataset
    from kg.validate import Report
    from kg.why import Why

__all__ = ["Answer", "KnowledgeGraph"]

#: What ``save`` writes to a folder.
FILES = ("graph.db", "graph.ttl", "graph.html")


class KnowledgeGraph:
    """Claims and their evidence. Made by ``memory``, ``create`` and ``open``; close it, or use ``with``."""

    def __init__(
        self,
        engine: Engine,
        *,
        base_iri: str = BASE_IRI,
        ontology: Ontology | None = None,
        path: Path | None = None,
        writable: bool = True,
        state: str = "",
    ) -> None:
        self._store: Engine | None = engine
        self._law = ontology
        self._changed = False  # since it was last asked what follows from its claims
        self.base_iri, self.path, self.writable, self.state = base_iri, path, writable, state
        self.changes = Changes()

    @classmethod
    def memory(cls, ontology: Ontology | None = None, *, base_iri: str = BASE_IRI) -> Self:
        """An empty graph in memory.

        >>> KnowledgeGraph.memory().claims()
        []
        """
        return cls(store.memory(), base_iri=base_iri, ontology=ontology)

    @classmethod
    def create(cls, path: str | Path, ontology: Ontology | None = None, *, base_iri: str = BASE_IRI) -> Self:
        """An empty graph on disk. It replaces an earlier one at ``path`` by ``commit``, or not at all."""
        place = Path(path)
        return cls(disk.begin(place), base_iri=base_iri, ontology=ontology, path=place)

    @classmethod
    def open(cls, path: str | Path, ontology: Ontology | None = None) -> Self:
        """The finished graph at a path, or at the address of a SPARQL endpoint, to be read.

        A StoreError says what is there instead.
        """
        engine, mark = store.open_to_read(path)
        place = None if store.is_address(path) else Path(path)
        return cls(
            engine, base_iri=mark.base, ontology=ontology, path=place, writable=False, state=mark.state
        )

    @classmethod
    def load(
        cls, files: Iterable[str | Path], path: str | Path | None = None, ontology: Ontology | None = None
    ) -> Self:
        """The graph in files of RDF: in memory, or written to ``path``, or to an endpoint at this address.

        An export of claimgraph is restored as it was. What other files hold becomes the backbone, in
        place of that of an earlier store at ``path``, which keeps all else: a build into the store then
        knows its things by their names. Raises InputError where a file is malformed: nothing is changed.
        """
        from kg.loading import Loading, put

        if path is not None and store.is_address(path):
            there = store.Remote(str(path))
            with cls.load(files, None, ontology) as here:
                assert isinstance(here.engine, ox.Store)
                put(here.engine, there)
            return cls.open(path, ontology)
        work = Loading(files, path)
        base = work.base_iri
        graph = cls.create(path, ontology, base_iri=base) if path else cls.memory(ontology, base_iri=base)
        try:
            graph._changed = work.fill(graph.engine)
            if path is not None:
                graph.commit()
        except BaseException:
            graph.close()
            raise
        return graph

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.path or 'in memory'}>"

    def close(self) -> None:
        """Let go of the store; one that was created and not committed is removed."""
        abandoned = self._store is not None and self.writable
        self._release()
        if abandoned and self.path is not None:
            disk.discard(self.path)

    @reported("the store cannot be written")
    def commit(self) -> None:
        """Put a created graph in its place on disk; from then on it can only be read."""
        if self.path is None or not self.writable:
            raise UsageError("only a graph made by KnowledgeGraph.create can be committed")
        self.reasoned.flush()
        self._release()
        disk.swap_in(self.path, disk.Mark(self.base_iri, self.state))
        self.writable = False
        self._store, _ = disk.open_finished(self.path)

    def _release(self) -> None:
        dataset = self.__dict__.pop("dataset", None)
        if dataset is not None:
            dataset.close()
        self._store = None

    @property
    def engine(self) -> Engine:
        """The store itself: pyoxigraph's, or one with its methods at the other end of a network."""
        if self._store is None:
            raise StoreError(f"{self.path or 'the graph'}: it is closed")
        return self._store

    @property
    def reasoned(self) -> Engine:
        """The engine with what follows from its claims, which is inferred anew where they have changed."""
        if self._changed and isinstance(self.engine, ox.Store):  # an endpoint is given them on request only
            from kg.reason import infer

            with stage("infer"):
                infer(self.engine, self.ontology.axioms)
            self._changed = False
        return self.engine

    @cached_property
    def dataset(self) -> StoreDataset:
        """The graph as an rdflib Dataset; what is inferred is in its named graph ``kg:inferred``."""
        from kg.store.view import StoreDataset

        return StoreDataset(self.reasoned, self.base_iri)

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes bound in its queries and files."""
        return prefixes(self.base_iri)

    @cached_property
    def ontology(self) -> Ontology:
        """Its ontology; the default one where none was given."""
        from kg.ontology import load_ontology

        return self._law or load_ontology()

    def add(
        self, claims: Iterable[Claim], documents: Iterable[Document] = (), run: Run | None = None
    ) -> None:
        """Add claims, their entities and the documents of their evidence, and the run that found them.

        Documents that belong together come in one call, because their names depend on each other.
        """
        if not self.writable:
            raise StoreError(f"{self.path}: the graph is open for reading only; build a new one to change it")
        texts = documents if isinstance(documents, Collection) else list(documents)
        store.load(self.engine, self._statements.lines(claims, texts, run))
        self._changed = True

    @cached_property
    def _statements(self) -> Statements:
        from kg.statements import Statements

        return Statements(self.base_iri)

    def claims(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        status: str | None = None,
    ) -> list[Claim]:
        """The claims that have all that is given, by name or IRI, in the order of their facts."""
        law = None if predicate is None else self.ontology
        return self._lookup.claims(law, subject, predicate, object, status)

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
        return self._lookup.entities()

    def find(self, name: str) -> list[Entity]:
        """The entities of this name or IRI; names are labels and aliases, in any case."""
        return self._lookup.find(name)

    def relation(self, name: str) -> str:
        """The IRI of the property of this name or IRI."""
        return self._lookup.relation(name, self.ontology)

    def why(self, subject: str, predicate: str, object: str) -> Why:
        """Why a triple is in the graph: its claims, or the axioms and claims from which it follows."""
        from kg.why import why

        return why(self, subject, predicate, object)

    def validate(self, documents: Iterable[str] | None = None, jobs: int = 1) -> Report:
        """What is wrong with the graph or with what these documents say, as ``jobs`` processes find it."""
        from kg.validate import validate

        return validate(self.engine, self.ontology, documents, None if self.writable else self.path, jobs)

    def documents(self) -> list[Document]:
        """All documents, by id."""
        return self._lookup.documents()

    def hashes(self) -> dict[str, str]:
        """The hash of each document, by its id."""
        return self._lookup.hashes()

    @property
    def _lookup(self) -> Lookup:
        return Lookup(self.engine, self.prefixes)

    def query(
        self, sparql: str, parameters: Mapping[str, str] | None = None, *, inferred: bool = True
    ) -> Answer:
        """The answer to a SPARQL query, or to the shipped query of this name, with all prefixes bound.

        ``parameters`` are values by name, as people write them. It is asked of what is stated and,
        unless told not to, of what is ``inferred`` from that.

        >>> list(KnowledgeGraph.memory().query("SELECT ?who { ?who news:invested_in ?what }"))
        []
        """
        engine = self.reasoned if inferred else self.engine
        query = named(sparql)
        text = prepare(query, parameters or {}, engine, self.prefixes)
        return run(engine, text, self.prefixes, inferred=inferred and not query.stated)

    def triples(self) -> Iterator[ox.Triple]:
        """The triples that are stated (none that are inferred), in no order."""
        for quad in self.engine.quads_for_pattern(None, None, None, ox.DefaultGraph()):
            yield quad.triple

    def lines(
        self, graph: str | None = None, *, construct: str | None = None, key: Key | None = None
    ) -> Iterator[bytes]:
        """The same triples as lines of N-Triples, in order; or those of a named graph, or of a query."""
        return store.lines(self.reasoned if graph == KG.inferred else self.engine, graph, construct, key)

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

        As a network: ``.graphml .gexf .json .csv .cypher .parquet``.
        ``shape`` is ``rdf-1.2``, ``owl-axiom`` or ``web-annotation``, for tools that want claims so, or
        ``ontolex`` for the words of its ontology;
        without ``text`` the documents' texts are left out, without ``inferred`` what N-Quads and TriG
        hold of it.
        """
        from kg.export import export

        return export(self, Path(path), format, shape=shape, text=text, inferred=inferred)

    def select(
        self,
        *,
        statuses: Iterable[str] = (),
        min_score: float = 0.0,
        documents: Iterable[str] = (),
        relations: Iterable[str] = (),
        entities: Iterable[str] = (),
    ) -> KnowledgeGraph:
        """The claims that fit all that is given, with all that they need, as a graph in memory.

        Entities and relations are given by name or IRI, documents by id. Inferred is what follows from
        these claims.
        """
        from kg.selection import select

        part = KnowledgeGraph.memory(self._law, base_iri=self.base_iri)
        part.engine.bulk_extend(select(self, statuses, min_score, documents, relations, entities))
        part._changed = True
        return part

    def to_networkx(self, **wanted: Unpack[Wanted]) -> nx.MultiDiGraph[str]:
        """The graph as NetworkX has it: an edge for every claim between two entities that is wanted.

        ``graph.to_networkx(statuses=["asserted"], min_score=0.8, since="2023", relations=["acquired"])``;
        ``kg.analyze.collapse`` makes the simple graph that measures are taken of.
        """
        from kg.analyze import narrowed, to_networkx

        timed = wanted.get("since") or wanted.get("until") or wanted.get("at")
        dates = {document.id: document.date for document in self.documents()} if timed else None
        return to_networkx(narrowed(self.facts(), wanted, dates))

    def page(
        self, path: str | Path | None = None, title: str = "Knowledge graph", **wanted: Unpack[Part]
    ) -> Page:
        """The interactive page, which notebooks display; with a path, written to that file too.

        A part of the graph is ``around`` an entity up to ``depth`` steps, the ``top`` entities, claims of
        ``statuses`` or ``since`` a date: ``graph.page(around="OpenAI", depth=1)``.
        """
        from kg.page import make_page

        return make_page(self, title, wanted, path)

    def save(
        self, folder: str | Path, title: str = "Knowledge graph", *, page: bool = True
    ) -> KnowledgeGraph:
        """Write store, Turtle and page to a folder: all of them or, on failure, none."""
        place = Path(folder)
        if self.path != place / FILES[0] or not self.writable:
            with KnowledgeGraph.create(place / FILES[0], self._law, base_iri=self.base_iri) as copy:
                copy.engine.bulk_extend(self.reasoned.quads_for_pattern(None, None, None, None))
                copy.save(place, title, page=page)
            return KnowledgeGraph.open(place / FILES[0], self._law)
        self.reasoned.flush()  # all that takes time, before the first file takes its place
        self.write(place, title, page=page)
        # The store comes last: who finds it finished finds the files too.
        self.commit()
        return self

    def write(self, folder: str | Path, title: str = "Knowledge graph", *, page: bool = True) -> None:
        """Write Turtle and page to a folder: both or, on failure, none. Without ``page`` an old one goes."""
        finals = [Path(folder) / name for name in FILES[1:]]
        blocked = next((final for final in finals if final.is_dir()), None)
        if blocked is not None:
            raise KGError(f"{blocked}: a folder is in the way of the file; move it or choose another output")
        place = disk.drafts(self.path) if self.path is not None and self.writable else Path(folder)
        drafts = [place / f".{final.name}" for final in finals]
        try:
            with stage("Turtle"):
                self.serialize(drafts[0], "ttl")
            if page:
                with stage("page"):
                    self.page(drafts[1], title)
            for draft, final in zip(drafts, finals, strict=True):
                draft.replace(final) if draft.exists() else final.unlink(missing_ok=True)
        finally:
            for draft in drafts:
                draft.unlink(missing_ok=True)
