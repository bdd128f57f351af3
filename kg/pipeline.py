"""From paths to a graph: read, extract, resolve, claim, store, write.

A graph is a function of the set of its documents and of the recipe. Nothing reads an earlier result but to
learn which documents there are, and to skip the reading of those that have not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kg.extract import Extractor
from kg.graph import KnowledgeGraph
from kg.limits import USUAL, Limits
from kg.model import Extraction
from kg.ontology import Ontology
from kg.place import Place
from kg.readers import OnError, Paths, read
from kg.recipe import Recipe, check_score, sure
from kg.update import Progress as Progress
from kg.update import tell_endless, update
from kg.workers import Failed, Workers


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
    private: bool = False,
    limits: Limits = USUAL,
    jobs: int = 1,
    dask: str | None = None,
    page: bool = True,
    progress: Progress | None = None,
    on_error: OnError | None = None,
) -> KnowledgeGraph:
    """The knowledge graph of files, folders, globs, addresses or ``-``: in memory, or written to a folder.

    With ``output`` the folder gets ``graph.db``, ``graph.ttl`` and ``graph.html``, all of them or,
    on failure, none. Documents that are there already stay, changed ones are replaced, and what has
    not changed is not read again; ``fresh`` leaves out what is not in ``paths``. With ``store``, the
    address of a SPARQL 1.1 endpoint, the graph goes there instead of ``graph.db``, with ``inferred``
    also what follows from it. Relations with a score below ``min_score`` are left out; ``decisions``
    is a file of pins. The things of a backbone are known by their names and keep their IRIs: of the
    RDF files in ``backbone``, or of those that ``kg import`` put into the store in ``output``.
    ``graph.changes`` says what is new. A source that cannot be read goes to ``on_error`` and the rest
    is built; without ``on_error`` it is raised. ``private`` lets a page of the web send on to an address
    that is not public; what is larger than ``limits`` allow is left out. ``jobs`` processes extract, or
    those of the Dask scheduler at an address, with the same result; without ``page`` no page is written.
    """
    recipe = Recipe.make(ontology, model, min_score, decisions, limits.sentence)
    workers = Workers(jobs, dask)
    place = Place(output, store, backbone, inferred=inferred, page=page)
    given = read(paths, on_error, private=private, limits=limits)
    if not fresh:
        given = place.distinct(given, on_error)
    return update(place, recipe, given, fresh=fresh, progress=progress, on_error=on_error, workers=workers)


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
    return update(place, recipe, (), removed=names, progress=progress)


def extract(
    paths: Paths,
    ontology: Ontology,
    *,
    model: str | None = None,
    on_error: OnError | None = None,
    open_relations: bool = False,
    min_score: float = 0.0,
    private: bool = False,
    limits: Limits = USUAL,
    jobs: int = 1,
    dask: str | None = None,
) -> Iterator[Extraction]:
    """What the extraction finds in each document, before documents are compared.

    With ``open_relations`` the open propositions, in the words of the text, and no others; they have
    no score. Others with a score below ``min_score`` are left out.
    """
    check_score(min_score)
    documents = read(paths, on_error, private=private, limits=limits)
    extractor = Extractor(ontology, model, open_relations, limits.sentence)
    for found in Workers(jobs, dask).extract(extractor, documents):
        if isinstance(found, Failed):
            if on_error is None:
                raise found.error
            on_error(found.error)
            continue
        tell_endless(found, on_error)
        if open_relations:
            found = replace(found, relations=tuple(r for r in found.relations if r.open))
        yield sure(found, min_score)
