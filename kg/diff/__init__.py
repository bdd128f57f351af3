"""What differs between two graphs: documents, things, and claims with the sentences that say them."""

from __future__ import annotations

from pathlib import Path

from kg.diff.compare import Becoming, Change, Difference, Shift, diff
from kg.diff.records import as_json
from kg.diff.view import render
from kg.graph import KnowledgeGraph
from kg.look import write
from kg.ontology import Ontology
from kg.store import is_address

__all__ = ["Becoming", "Change", "Difference", "Shift", "as_json", "diff", "opened", "render", "write"]


def opened(place: str | Path, ontology: Ontology | None = None) -> KnowledgeGraph:
    """The graph of a store, of an endpoint, or of a file of RDF."""
    if not is_address(place) and Path(place).is_file():
        return KnowledgeGraph.load([place], ontology=ontology)
    return KnowledgeGraph.open(place, ontology)
