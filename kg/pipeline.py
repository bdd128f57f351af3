"""The order of the stages, and nothing else: read, extract, resolve, claim, store, write.

A graph is a function of the set of its documents and of the recipe. Nothing reads an earlier result but to
learn which documents there are, and to skip the reading of those that have not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from kg.changes import changes, renames
from kg.claims import claims
from kg.corpus import Corpus
from kg.extract import Extractor
from kg.graph import KnowledgeGraph
from kg.model import Document, Extraction, Resolution
from kg.ontology import Ontology
from kg.place import Place
from kg.readers import OnError, Paths, read
from kg.recipe import Recipe, check_score, sure
from kg.resolve import resolve

#: Called for each document with what was found in it, or with None where it was not read again.
Progress = Callable[[Document, Extraction | None], None]


def build(
    paths: Paths,
    output: str | Path | None = None,
    *,
    store: str | None = None,
    ontology: str | Path | None = None,
    model: str | None = None,
    min_score: float = 0.0,
    decisions: str | Path | None = None,
    backbone: Iterable[str | Path] = (),
    fresh: bool = False,
    inferred: bool = False,
    progress: Progress | None = None,
    on_error: OnError | None = None,
) -> KnowledgeGraph:
    """The knowledge graph of files, folders, globs or ``-``: in memory, or written to a folder.

    With ``output`` the folder gets ``graph.db``, ``graph.ttl`` and ``graph.html``, all of them or,
    on failure, none. Documents that are there already stay, changed ones are replaced, and what has
    not changed is not read again; ``fresh`` leaves out what is not in ``paths``. With ``store``, the
    address of a SPARQL 1.1 endpoint, the graph goes there instead of ``graph.db``, with ``inferred``
    also what follows from it. Relations with a score below ``min_score`` are left out; ``decisions``
    is a file of pins. The things of a backbone are known by their names and keep their IRIs: of the
    RDF files in ``backbone``, or of those that ``kg import`` put into the store in ``output``.
    ``graph.changes`` says what is new. A source that cannot be read goes to ``on_error`` and the rest
    is built; without ``on_error`` it is raised.
    """
    recipe = Recipe.make(ontology, model, min_score, decisions)
    place = Place(output, store, backbone, inferred=inferred)
    return _update(place, recipe, read(paths, on_error), fresh=fresh, progress=progress)


def remove(
    documents: str | Iterable[str],
    output: str | Path,
    *,
    store: str | None = None,
    inferred: bool = False,
    progress: Progress | None = None,
    **options: str | Path | float | None,
) -> KnowledgeGraph:
    """The graph of a folder or endpoint without these documents, given by id or source.

    What only they said goes with them. ``options`` are those of ``build`` that change the graph; those
    that are not given are as they were when it was built.
    """
    names = [documents] if isinstance(documents, str) else list(documents)
    place = Place(output, store, inferred=inferred)
    recipe = Recipe.again(place.corpus, options)
    return _update(place, recipe, iter(()), removed=names, progress=progress)


def _update(
    place: Place,
    recipe: Recipe,
    given: Iterator[Document],
    *,
    removed: Collection[str] = (),
    fresh: bool = False,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    graph = place.begin(recipe.ontology)
    try:
        recipe = place.backed(graph, recipe)
        with Corpus(place.corpus, recipe.maker) as corpus:
            earlier = {} if fresh else place.hashes()
            gone = place.named(removed)
            known = all(sha256 in corpus for sha256 in earlier.values())
            kept = {id_: sha256 for id_, sha256 in earlier.items() if id_ not in gone}
            reading = _Reading(recipe, corpus, place, progress)
            found = reading.read(given, kept)
            graph.state = recipe.state(kept | found, graph.base_iri)
            said = changes(earlier, found, gone, reading.reread)
            if place.is_finished(graph.state) and place.earlier is not None:
                graph.close()
                finished = place.earlier
            else:
                after = fill(graph, corpus, kept | found, recipe)
                if known and earlier:
                    same = {id_ for id_ in kept if found.get(id_, kept[id_]) == kept[id_]}
                    said = replace(said, renamed=renames(_resolve(corpus, earlier, recipe), after, same))
                finished = place.finish(graph)
                corpus.keep((kept | found).values(), recipe.options)
            finished.changes = said
            return finished
    except BaseException:
        graph.close()  # a store that was not finished is removed
        raise


class _Reading:
    """The reading of documents that are not in the corpus."""

    def __init__(self, recipe: Recipe, corpus: Corpus, place: Place, progress: Progress | None) -> None:
        self._recipe, self._corpus, self._place = recipe, corpus, place
        self._progress: Progress = progress or (lambda *_: None)
        self._found: dict[str, str] = {}
        #: The ids of documents that had been read before.
        self.reread: set[str] = set()

    def read(self, given: Iterator[Document], kept: Mapping[str, str]) -> dict[str, str]:
        """Put into the corpus what it lacks of both; the ids of the given documents with their hashes."""
        for extraction in self._recipe.extractor.extract(self._unread(given, kept)):
            document = extraction.document
            self._corpus.add(extraction)
            self._progress(document, extraction)
            if kept.get(document.id) == document.sha256:
                self.reread.add(document.id)
        return self._found

    def _unread(self, given: Iterator[Document], kept: Mapping[str, str]) -> Iterator[Document]:
        for document in given:
            self._found[document.id] = document.sha256
            if document.sha256 in self._corpus:
                self._progress(document, None)
            else:
                yield document
        missing = {sha for id_, sha in kept.items() if id_ not in self._found and sha not in self._corpus}
        known = (self._corpus.document(sha256) for sha256 in sorted(missing))
        for document in (found for found in known if found is not None):
            missing.discard(document.sha256)
            yield document
        yield from self._place.texts(missing) if missing else ()


def fill(graph: KnowledgeGraph, corpus: Corpus, documents: Mapping[str, str], recipe: Recipe) -> Resolution:
    """Add to an empty graph what the corpus knows of the documents, given as ids with hashes."""
    resolution = _resolve(corpus, documents, recipe)
    hashes = _hashes(documents)
    found = (recipe.sure(extraction) for extraction in corpus.extractions(hashes))
    stated = chain.from_iterable(claims(extraction, resolution, recipe.ontology) for extraction in found)
    graph.add(stated, corpus.documents(hashes), recipe.run)
    return resolution


def _resolve(corpus: Corpus, documents: Mapping[str, str], recipe: Recipe) -> Resolution:
    found = (recipe.sure(extraction) for extraction in corpus.extractions(_hashes(documents)))
    return resolve(found, recipe.ontology, pins=recipe.decisions.pins)


def _hashes(documents: Mapping[str, str]) -> list[str]:
    """The hashes of documents in the order of their ids."""
    return [documents[id_] for id_ in sorted(documents)]


def extract(
    paths: Paths,
    ontology: Ontology,
    *,
    model: str | None = None,
    on_error: OnError | None = None,
    open_relations: bool = False,
    min_score: float = 0.0,
) -> Iterator[Extraction]:
    """What the extraction finds in each document, before documents are compared.

    With ``open_relations`` the open propositions, in the words of the text, and no others; they have
    no score. Others with a score below ``min_score`` are left out.
    """
    check_score(min_score)
    for found in Extractor(ontology, model, open_relations).extract(read(paths, on_error)):
        if open_relations:
            found = replace(found, relations=tuple(r for r in found.relations if r.open))
        yield sure(found, min_score)
