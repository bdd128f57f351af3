"""Claims and documents as the triples of a graph, in lines of N-Triples."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kg import rdf
from kg.duplicates import copies
from kg.errors import StoreError, UsageError
from kg.model import Claim, Document, Entity, Run
from kg.stopwatch import stage
from kg.vocab import document_iris, run_iri


class Statements:
    """What is stated in a graph under a base IRI; it remembers the IRIs of the documents."""

    def __init__(self, base_iri: str) -> None:
        self._base = base_iri
        self._documents: dict[str, tuple[str, int]] = {}

    def lines(
        self, claims: Iterable[Claim], documents: Collection[Document], run: Run | None = None
    ) -> Iterator[bytes]:
        """Documents, claims with their entities, and the run that found them, in chunks of whole lines.

        Raises StoreError where a document would get another IRI than it had, and UsageError where a claim
        is of a document that is not there.
        """
        self._name(documents)
        for chunk in self._document_lines(documents):
            yield chunk.encode()
        for chunk in self._claim_lines(claims, run):
            yield chunk.encode()
        if run is not None:
            yield rdf.run_lines(run, self._base).encode()

    def _name(self, documents: Iterable[Document]) -> None:
        lengths = {document.id: len(document.text) for document in documents}
        iris = document_iris(self._documents.keys() | lengths.keys(), self._base)
        moved = [id_ for id_, (iri, _) in self._documents.items() if iris[id_] != iri]
        if moved:
            raise StoreError(f"the document {moved[0]} would change its IRI; add all documents in one call")
        self._documents |= {id_: (iris[id_], length) for id_, length in lengths.items()}

    def _document_lines(self, documents: Collection[Document]) -> Iterator[str]:
        with stage("compare texts"):
            first = {id_: self._documents[other][0] for id_, other in copies(documents).items()}
        for document in documents:
            yield rdf.document_lines(document, self._documents[document.id][0], first.get(document.id))

    def _claim_lines(self, claims: Iterable[Claim], run: Run | None) -> Iterator[str]:
        known: set[str] = set()
        activity = run_iri(run.id, self._base) if run is not None else None
        for claim in claims:
            if claim.evidence.document not in self._documents:
                raise UsageError(f"{claim.iri}: the document {claim.evidence.document} is not in the graph")
            for entity in (claim.subject, claim.object, claim.attributed_to):
                if isinstance(entity, Entity) and entity.iri not in known:
                    known.add(entity.iri)
                    yield rdf.entity_lines(entity)
            yield rdf.claim_lines(claim, *self._documents[claim.evidence.document], activity)
