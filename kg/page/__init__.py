"""The interactive page: one HTML file that opens anywhere, offline, and proves every edge.

``part`` chooses facts, ``inferred`` finds what follows from them, ``contents`` turns all of it into plain
data, ``layout`` gives it a place, ``html`` puts data, script and style into one file, and this module
writes it or hands it to a notebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.files import replacing
from kg.model import Document, Entity, Fact
from kg.page.html import render
from kg.page.inferred import Reasoned
from kg.page.old import old_places
from kg.page.part import Part, described, part

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.sparql import Answer

_INFERRED = "SELECT ?s ?p ?o { GRAPH kg:inferred { ?s ?p ?o FILTER(?p != rdf:type && ISIRI(?o)) } }"

__all__ = ["Page", "Part", "make_page", "render", "write_page"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as HTML. Notebooks display it, ``write`` puts it into a file."""

    html: str = field(repr=False)

    def write(self, path: str | Path) -> Path:
        """Write the page; an older file stays whole until the new one is complete."""
        target = Path(path)
        with replacing(target, "page") as file:
            file.write(self.html.encode("utf-8"))
        return target

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which can reach nothing of the notebook around it.

        Where a notebook is not trusted the frame is taken out, and what it covers can be read.
        """
        return (
            '<div style="position: relative"><p style="position: absolute">The page of the graph is shown '
            "when the notebook is trusted (File, Trust Notebook), or when this cell is run.</p>"
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts allow-downloads" '
            'title="Knowledge graph" width="100%" height="640" '
            'style="position: relative; border: 1px solid #8886"></iframe></div>'
        )


class Source(Protocol):
    """What is asked of the graph that is shown."""

    def facts(self) -> list[Fact]:
        """Its facts."""

    def documents(self) -> list[Document]:
        """Its documents."""

    def find(self, name: str) -> list[Entity]:
        """The entities of a name."""

    @property
    def ontology(self) -> Ontology:
        """Its ontology."""

    def query(self, sparql: str) -> Answer:
        """The answer to a SPARQL query."""


def make_page(graph: Source, title: str, wanted: Part, path: str | Path | None = None) -> Page:
    """The page of a graph, or of the part of it that is wanted, with the documents that it quotes."""
    facts, documents = graph.facts(), graph.documents()
    old = old_places(wanted.pop("layout_from")) if "layout_from" in wanted else None
    if wanted:
        centre = [entity.iri for entity in graph.find(wanted["around"])] if "around" in wanted else []
        facts = part(facts, {document.id: document.date for document in documents}, wanted, centre)
        quoted = {claim.evidence.document for fact in facts for claim in fact.claims}
        documents = [document for document in documents if document.id in quoted]
    note, follows = described(wanted), reasoned(graph)
    page = Page(render(facts, documents, title=title, note=note, old=old, reasoned=follows))
    if path is not None:
        page.write(path)
    return page


def reasoned(graph: Source) -> Reasoned:
    """What the graph infers between things, and by what."""
    triples = [(str(row.s), str(row.p), str(row.o)) for row in graph.query(_INFERRED)]
    return Reasoned(triples, graph.ontology.axioms)


def write_page(
    path: str | Path,
    facts: Iterable[Fact],
    documents: Iterable[Document],
    *,
    title: str = "Knowledge graph",
    labels: Mapping[str, str] | None = None,
) -> Path:
    """Write the page of these facts to ``path``."""
    return Page(render(facts, documents, title=title, labels=labels)).write(path)
