"""A graph made anew from its documents, of which only those are read that the corpus does not know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from kg.changes import Changes, changes, renames
from kg.claims import claims
from kg.corpus import Corpus
from kg.errors import InputError, StoreError
from kg.files import reported
from kg.graph import KnowledgeGraph
from kg.model import Document, Extraction, Resolution
from kg.place import Place
from kg.readers import OnError
from kg.recipe import Recipe
from kg.resolve import resolve
from kg.stopwatch import each, stage
from kg.workers import Failed, Workers

#: Called for each document with what was found in it, or with None where it was not read again.
Progress = Callable[[Document, Extraction | None], None]
#: The documents of a graph: ids with hashes.
Hashes = Mapping[str, str]


@reported("the graph cannot be written")
def update(
    place: Place,
    recipe: Recipe,
    given: Iterable[Document],
    *,
    removed: Collection[str] = (),
    fresh: bool = False,
    progress: Progress | None = None,
    on_error: OnError | None = None,
    workers: Workers | None = None,
) -> KnowledgeGraph:
    """The graph of what is there and the given documents, without those that are removed.

    ``removed`` are ids or sources; ``fresh`` leaves out all that is there and not given. Its ``changes``
    say what is new. A document whose extraction fails goes to ``on_error``, or is raised.
    """
    graph = place.begin(recipe.ontology)
    try:
        recipe = place.backed(graph, recipe)
        with Corpus(place.corpus, recipe.maker) as corpus:
            earlier = {} if fresh else place.hashes()
            gone = place.named(removed)
            comparable = all(sha256 in corpus for sha256 in earlier.values())
            reading = Reading(recipe, corpus, place, progress, on_error, workers)
            documents = reading.read(given, {i: sha for i, sha in earlier.items() if i not in gone})
            said = changes(earlier, reading.found, gone, reading.reread)
            graph.state = recipe.state(documents, graph.base_iri)
            if place.earlier is not None and place.is_finished(graph.state):
                graph.close()
                finished = place.earlier
            else:
                after = fill(graph, corpus, documents, recipe)
                with stage("compare with before"):
                    before = resolved(corpus, earlier, recipe) if comparable else after
                finished = place.finish(graph)
                corpus.keep(documents.values(), recipe.options)
                unused = (*after.unused, *map(str, recipe.verdicts.unused()))
                said = replace(_with_renames(said, earlier, documents, before, after), unused=unused)
            finished.changes = said
            return finished
    except BaseException:
        graph.close()  # a store that was not finished is removed
        raise


class Reading:
    """The reading of documents that are not in the corpus."""

    def __init__(
        self,
        recipe: Recipe,
        corpus: Corpus,
        place: Place,
        progress: Progress | None = None,
        on_error: OnError | None = None,
        workers: Workers | None = None,
    ) -> None:
        self._recipe, self._corpus, self._place = recipe, corpus, place
        self._workers, self._on_error = workers or Workers(), on_error
        self._progress: Progress = progress or (lambda *_: None)
        self._failed: set[str] = set()
        #: The documents that were given.
        self.found: dict[str, str] = {}
        #: The ids of documents that had been read before.
        self.reread: set[str] = set()

    def read(self, given: Iterable[Document], kept: Hashes) -> Hashes:
        """Put into the corpus what it lacks of the given and the kept documents; all of them."""
        unread = each("read the sources", self._unread(given, kept))
        for extraction in each("extract", self._workers.extract(self._recipe.extractor, unread)):
            document = extraction.document
            if isinstance(extraction, Failed):
                self._fail(extraction)
                continue
            with stage("keep what was found"):
                self._corpus.add(extraction)
            tell_endless(extraction, self._on_error)
            self._progress(document, extraction)
            if kept.get(document.id) == document.sha256:
                self.reread.add(document.id)
        documents = {id_: sha for id_, sha in {**kept, **self.found}.items() if sha not in self._failed}
        if not documents and self._failed:
            raise InputError("no document could be read; nothing was changed")
        lost = sorted(id_ for id_, sha256 in documents.items() if sha256 not in self._corpus)
        if lost:
            raise StoreError(
                f"the text of {lost[0]!r} is not there to be read again, with {len(lost) - 1} others: "
                "give these documents again, remove them, or build with --fresh"
            )
        return documents

    def _fail(self, failed: Failed) -> None:
        if self._on_error is None:
            raise failed.error
        self._on_error(failed.error)
        self._failed.add(failed.document.sha256)
        self.found.pop(failed.document.id, None)  # an earlier version of it stays

    def _unread(self, given: Iterable[Document], kept: Hashes) -> Iterator[Document]:
        for document in given:
            self.found[document.id] = document.sha256
            if document.sha256 in self._corpus:
                self._progress(document, None)
            else:
                yield document
        missing = {sha for id_, sha in kept.items() if id_ not in self.found and sha not in self._corpus}
        known = (self._corpus.document(sha256) for sha256 in sorted(missing))
        for document in (found for found in known if found is not None):
            missing.discard(document.sha256)
            yield document
        yield from self._place.texts(missing) if missing else ()


def tell_endless(extraction: Extraction, on_error: OnError | None) -> None:
    """Say which sentences were not searched, where somebody listens."""
    document = extraction.document
    if on_error is None:
        return
    for start, words in extraction.endless:
        what = f"a sentence of {words:,} words, from character {start:,}, was not searched for relations"
        on_error(
            InputError(f"{document.source or document.id}: {what}; search it with --limit sentence={words}")
        )


def fill(graph: KnowledgeGraph, corpus: Corpus, documents: Hashes, recipe: Recipe) -> Resolution:
    """Add to an empty graph what the corpus knows of the documents."""
    with stage("resolve"):
        resolution = resolved(corpus, documents, recipe)
    hashes = in_order(documents)
    found = (recipe.sure(extraction) for extraction in corpus.extractions(hashes))
    stated = chain.from_iterable(claims(extraction, resolution, recipe.ontology) for extraction in found)
    with stage("claims into the store"):
        graph.add(stated, corpus.documents(hashes), recipe.run)
    return resolution


def resolved(corpus: Corpus, documents: Hashes, recipe: Recipe) -> Resolution:
    """The entities of documents of the corpus."""
    found = (recipe.sure(extraction) for extraction in corpus.extractions(in_order(documents)))
    return resolve(found, recipe.ontology, decisions=recipe.decisions)


def in_order(documents: Hashes) -> list[str]:
    """The hashes of documents in the order of their ids."""
    return [documents[id_] for id_ in sorted(documents)]


def _with_renames(
    said: Changes, earlier: Hashes, documents: Hashes, before: Resolution, after: Resolution
) -> Changes:
    same = {id_ for id_, sha256 in earlier.items() if documents.get(id_) == sha256}
    return replace(said, renamed=renames(before, after, same))
