"""The order of the stages, and nothing else: read, extract, resolve, claim, store, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from kg.claims import claims
from kg.errors import OntologyError
from kg.extract import Extractor
from kg.graph import FILES, KnowledgeGraph
from kg.model import Extraction, Run
from kg.ontology import Ontology, load_ontology
from kg.readers import OnError, Paths, read
from kg.resolve import resolve

Progress = Callable[[Extraction], None]


def build(
    paths: Paths,
    output: str | Path | None = None,
    *,
    ontology: str | Path | None = None,
    model: str | None = None,
    progress: Progress | None = None,
    on_error: OnError | None = None,
) -> KnowledgeGraph:
    """The knowledge graph of files, folders, globs or ``-``: in memory, or written to a folder.

    With ``output`` the folder gets ``graph.db``, ``graph.ttl`` and ``graph.html``, all of them or,
    on failure, none. ``progress`` is called after each document. A source that cannot be read goes
    to ``on_error`` and the rest is built; without ``on_error`` it is raised.
    """
    law = load_ontology(ontology)
    if not law.properties:
        raise OntologyError(f"{law.path}: no relation in it, so the graph would be empty")
    graph = KnowledgeGraph.create(Path(output) / FILES[0], law) if output else KnowledgeGraph.memory(law)
    try:
        extractor = Extractor(law, model)
        extractions = list(_watched(extractor.extract(read(paths, on_error)), progress))
        resolution = resolve(extractions, law)
        found = chain.from_iterable(claims(extraction, resolution, law) for extraction in extractions)
        documents = [extraction.document for extraction in extractions]
        graph.add(found, documents, Run(version("claimgraph"), extractor.model_name, law.sha256))
        return graph.save(output) if output else graph
    except BaseException:
        graph.close()  # a store that was not finished is removed
        raise


def extract(
    paths: Paths,
    ontology: Ontology,
    *,
    model: str | None = None,
    on_error: OnError | None = None,
    open_relations: bool = False,
) -> Iterator[Extraction]:
    """What the extraction finds in each document, before documents are compared.

    With ``open_relations`` the open propositions, in the words of the text, and no others.
    """
    for found in Extractor(ontology, model, open_relations).extract(read(paths, on_error)):
        yield (
            replace(found, relations=tuple(r for r in found.relations if r.open)) if open_relations else found
        )


def _watched(extractions: Iterable[Extraction], progress: Progress | None) -> Iterator[Extraction]:
    for extraction in extractions:
        if progress is not None:
            progress(extraction)
        yield extraction
