"""The order of the stages, and nothing else: read, extract, resolve, claim, store, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from kg.backbone import known_names, take_backbone
from kg.claims import claims
from kg.errors import OntologyError, UsageError
from kg.extract import Extractor
from kg.graph import FILES, KnowledgeGraph
from kg.model import Extraction, Run
from kg.ontology import Ontology, load_ontology
from kg.rdf import canonical_decimal
from kg.readers import OnError, Paths, read
from kg.resolve import resolve

Progress = Callable[[Extraction], None]


def build(
    paths: Paths,
    output: str | Path | None = None,
    *,
    ontology: str | Path | None = None,
    model: str | None = None,
    min_score: float = 0.0,
    backbone: Iterable[str | Path] = (),
    progress: Progress | None = None,
    on_error: OnError | None = None,
) -> KnowledgeGraph:
    """The knowledge graph of files, folders, globs or ``-``: in memory, or written to a folder.

    With ``output`` the folder gets ``graph.db``, ``graph.ttl`` and ``graph.html``, all of them or,
    on failure, none. Relations with a score below ``min_score`` are left out. The things of a backbone
    are known by their names and keep their IRIs: of the RDF files in ``backbone``, or of those that
    ``kg import`` put into the store in ``output``. ``progress`` is called after each document. A source
    that cannot be read goes to ``on_error`` and the rest is built; without ``on_error`` it is raised.
    """
    options = _options(min_score)
    law = load_ontology(ontology)
    if not law.properties:
        raise OntologyError(f"{law.path}: no relation in it, so the graph would be empty")
    graph = KnowledgeGraph.create(Path(output) / FILES[0], law) if output else KnowledgeGraph.memory(law)
    try:
        known = take_backbone(graph.engine, [Path(file) for file in backbone], graph.path)
        law = law.knowing(known_names(graph.engine, law))
        extractor = Extractor(law, model)
        found = (_sure(extraction, min_score) for extraction in extractor.extract(read(paths, on_error)))
        extractions = list(_watched(found, progress))
        resolution = resolve(extractions, law)
        stated = chain.from_iterable(claims(extraction, resolution, law) for extraction in extractions)
        documents = [extraction.document for extraction in extractions]
        run = Run(version("claimgraph"), extractor.model_name, law.sha256, (*known, *options))
        graph.add(stated, documents, run)
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
    min_score: float = 0.0,
) -> Iterator[Extraction]:
    """What the extraction finds in each document, before documents are compared.

    With ``open_relations`` the open propositions, in the words of the text, and no others; they have
    no score. Others with a score below ``min_score`` are left out.
    """
    _options(min_score)
    for found in Extractor(ontology, model, open_relations).extract(read(paths, on_error)):
        if open_relations:
            found = replace(found, relations=tuple(r for r in found.relations if r.open))
        yield _sure(found, min_score)


def _watched(extractions: Iterable[Extraction], progress: Progress | None) -> Iterator[Extraction]:
    for extraction in extractions:
        if progress is not None:
            progress(extraction)
        yield extraction


def _options(min_score: float) -> tuple[tuple[str, str], ...]:
    """The options that change the result, as the graph records them; an option that is off is none."""
    if not 0 <= min_score <= 1:
        raise UsageError(f"min_score is {min_score}: it is a probability, give a number from 0 to 1")
    return (("min_score", canonical_decimal(str(min_score))),) if min_score else ()


def _sure(extraction: Extraction, min_score: float) -> Extraction:
    """The extraction without relations that are less probable than asked."""
    kept = tuple(r for r in extraction.relations if r.score is None or r.score >= min_score)
    return replace(extraction, relations=kept)
