"""Where a build finds what earlier ones left and puts what it makes: memory, a folder, an endpoint."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from kg.backbone import known_names, take_backbone
from kg.corpus import CORPUS
from kg.errors import InputError, StoreError, UsageError, did_you_mean
from kg.graph import FILES, KnowledgeGraph
from kg.model import Document
from kg.ontology import Ontology
from kg.readers import OnError
from kg.recipe import Recipe
from kg.store import Remote, disk, is_address
from kg.store.sync import send

_IDS = "SELECT ?id { ?document dcterms:identifier ?id }"
_SOURCES = "SELECT ?id ?source { ?document dcterms:identifier ?id ; dcterms:source ?source }"


class Place:
    """A folder for store, Turtle and page; with the address of an endpoint, that is the store instead.

    Without a folder everything is in memory. ``inferred`` sends what is inferred to the endpoint too;
    without ``page`` none is written.
    """

    def __init__(
        self,
        folder: str | Path | None = None,
        store: str | None = None,
        backbone: Iterable[str | Path] = (),
        *,
        inferred: bool = False,
        page: bool = True,
    ) -> None:
        if store is not None and not is_address(store):
            raise UsageError(f"{store}: this is no http address; a folder to build into is given as output")
        if store is not None and folder is None:
            raise UsageError(f"{store}: an output folder is needed too, for the Turtle file and the page")
        self.folder = None if folder is None else Path(folder)
        self.address, self.inferred, self.page = store, inferred, page
        self._backbone = [Path(file) for file in backbone]
        self._ontology: Ontology | None = None

    @property
    def corpus(self) -> Path | None:
        """The file of the corpus."""
        return None if self.folder is None else self.folder / CORPUS

    def begin(self, ontology: Ontology) -> KnowledgeGraph:
        """An empty graph to fill. A StoreError says so where another build is filling one."""
        self._ontology = ontology
        if self.folder is None:
            return KnowledgeGraph.memory(ontology)
        if self._remote is not None:
            self._remote.require_updates()
        return KnowledgeGraph.create(self.folder / FILES[0], ontology)

    def backed(self, graph: KnowledgeGraph, recipe: Recipe) -> Recipe:
        """Fill the backbone of an empty graph; the recipe that knows its names."""
        recorded = take_backbone(graph.engine, self._backbone, self.address or graph.path)
        return recipe.knowing(known_names(graph.engine, recipe.ontology), recorded) if recorded else recipe

    @cached_property
    def earlier(self) -> KnowledgeGraph | None:
        """The graph that is there, if there is one."""
        if self.address is not None:
            return KnowledgeGraph.open(self.address, self._ontology)
        if self.folder is None or not disk.exists(self.folder / FILES[0]):
            return None
        return KnowledgeGraph.open(self.folder / FILES[0], self._ontology)

    @property
    def _remote(self) -> Remote | None:
        """The endpoint; it is one object, because one that has answered once is waited for."""
        engine = self.earlier.engine if self.address is not None and self.earlier is not None else None
        return engine if isinstance(engine, Remote) else None

    def hashes(self) -> dict[str, str]:
        """The documents that are there: ids with hashes."""
        return self.earlier.hashes() if self.earlier is not None else {}

    def distinct(self, given: Iterable[Document], on_error: OnError | None = None) -> Iterator[Document]:
        """The given documents but those that another file of the same name would take the place of.

        Two folders may hold a file of one name. One by one they would have one id, and the second would
        silently replace the first: it goes to ``on_error``, or is raised.
        """
        sources, hashes = self.sources(), self.hashes()
        for document in given:
            other = sources.get(document.id)
            if other is None or _is_same(document, other, hashes[document.id]):
                yield document
                continue
            error = InputError(
                f"{document.source}: the graph has another document {document.id!r}, from {other}; "
                "remove that one first if this is it, or build both at once, which tells them apart"
            )
            if on_error is None:
                raise error
            on_error(error)

    def named(self, names: Collection[str]) -> set[str]:
        """The ids of the documents with these ids or sources; a UsageError says which is not there."""
        if not names:
            return set()
        if self.earlier is None:
            raise StoreError(f"{self.folder}: there is no store in it; build one with: kg build PATHS")
        ids = {source: id_ for id_, source in self.sources().items()}
        ids |= {id_: id_ for id_ in self.hashes()}
        for name in names:
            if name not in ids:
                raise UsageError(f'no document is called "{name}". {_nearest(name, ids)}')
        return {ids[name] for name in names}

    def sources(self) -> dict[str, str]:
        """The sources of the documents that are there, by id."""
        if self.earlier is None:
            return {}
        return {row.id: row.source for row in self.earlier.query(_SOURCES, inferred=False)}

    def texts(self, hashes: set[str]) -> Iterator[Document]:
        """Those of the documents that are there that have these hashes."""
        if self.earlier is not None:
            yield from (document for document in self.earlier.documents() if document.sha256 in hashes)

    def is_finished(self, state: str) -> bool:
        """Whether this very graph is there, with its files."""
        if self.folder is None or self.address is not None:
            return False
        files = all((self.folder / name).exists() for name in FILES[1 : 3 if self.page else 2])
        return files and self.earlier is not None and self.earlier.state == state

    def finish(self, graph: KnowledgeGraph) -> KnowledgeGraph:
        """Put a filled graph in its place; what comes back is open for reading."""
        if self.folder is None:
            return graph
        remote = self._remote
        if remote is None:
            return graph.save(self.folder, page=self.page)
        engine = graph.reasoned
        if isinstance(engine, Remote):
            raise StoreError(f"{self.address}: only a graph on this machine can be sent")
        graph.write(self.folder, page=self.page)
        try:
            send(engine, remote, graph.base_iri, inferred=self.inferred)
        except StoreError as error:
            raise StoreError(f"{error}; build again, and it goes on from there") from None
        graph.close()
        return KnowledgeGraph(remote, base_iri=graph.base_iri, ontology=graph.ontology, writable=False)


def _is_same(document: Document, source: str, sha256: str) -> bool:
    """Whether a document is the one that was read from this source, perhaps changed or at another place."""
    path = PurePosixPath(document.source or "").with_suffix("").as_posix()
    named_by_path = path == document.id or path.endswith(f"/{document.id}")
    moved = replace(document, source=source)
    return document.source == source or not named_by_path or moved.sha256 == sha256


def _nearest(name: str, names: Iterable[str]) -> str:
    """The nearest name, but no list of all: an archive has too many."""
    hint = did_you_mean(name, names)
    return hint if hint.startswith("Did you mean") else f"List them with: kg query '{_IDS}'"
