"""What a graph knows, as the analysis needs it: facts, when they were reported, which texts are copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, Unpack

from kg.analyze.network import Wanted, narrowed
from kg.analyze.period import period
from kg.errors import UsageError, did_you_mean
from kg.model import Claim, Document, Fact
from kg.ontology import Ontology
from kg.vocab import local_name

_COPIES = "SELECT ?a ?b { ?x kg:copyOf ?y ; dcterms:identifier ?a . ?y dcterms:identifier ?b }"


@dataclass(frozen=True, slots=True)
class Known:
    """Facts with the dates of the documents by id, and by the id of each copy that of its original."""

    facts: tuple[Fact, ...]
    ontology: Ontology
    dates: Mapping[str, str | None] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)

    def reported(self, claim: Claim) -> str | None:
        """The day of the document that makes a claim."""
        return self.dates.get(claim.evidence.document)

    def period(self, claim: Claim) -> tuple[str | None, str | None]:
        """The time that a claim is about; where it says none, the day of its document."""
        return period(claim.qualifiers, self.reported(claim))

    def sources(self, claims: Iterable[Claim]) -> int:
        """How many independent sources make these claims: a copied text, or sentence, counts once."""
        firsts: dict[str, str] = {}
        for claim in claims:
            document = claim.evidence.document
            origin = self.copies.get(document, document)
            text = claim.evidence.text
            firsts[text] = min(firsts.get(text, origin), origin)
        return len(set(firsts.values()))


class Law(Protocol):
    """What is asked of a graph about names."""

    @property
    def ontology(self) -> Ontology:
        """Its ontology."""

    def relation(self, name: str) -> str:
        """The IRI of the relation of a name."""


class Source(Law, Protocol):
    """What is asked of a graph."""

    def facts(self) -> list[Fact]:
        """Its facts."""

    def documents(self) -> list[Document]:
        """Its documents."""

    def query(self, sparql: str, *, inferred: bool = True) -> Iterable[Any]:
        """The answer to a query."""


def known(graph: Source, **wanted: Unpack[Wanted]) -> Known:
    """All that a graph tells, or what of it is ``wanted``; from there on no store is needed.

    Raises UsageError for a relation, a class, a status or a date that nothing has.
    """
    facts = graph.facts()
    checked = looked_up(graph, wanted, facts)
    dates = {document.id: document.date for document in graph.documents()}
    copies = {str(row.a): str(row.b) for row in graph.query(_COPIES, inferred=False)}
    return Known(tuple(narrowed(facts, checked, dates)), graph.ontology, dates, copies)


def looked_up(graph: Law, wanted: Wanted, facts: Iterable[Fact]) -> Wanted:
    """What is wanted with relations by IRI; raises UsageError for a relation or a class that nothing has."""
    checked = wanted.copy()
    if wanted.get("relations"):
        checked["relations"] = [graph.relation(name) for name in wanted["relations"]]
    _check_types(wanted.get("types", ()), facts, graph.ontology)
    return checked


def by_pair(facts: Iterable[Fact]) -> dict[tuple[str, str], list[Fact]]:
    """The facts between two things, whichever is the subject: by their IRIs in order."""
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        iri = getattr(fact.object, "iri", fact.subject.iri)
        if iri != fact.subject.iri:
            found[min(iri, fact.subject.iri), max(iri, fact.subject.iri)].append(fact)
    return found


def _check_types(types: Iterable[str], facts: Iterable[Fact], ontology: Ontology) -> None:
    used = {end.type for fact in facts for end in (fact.subject, fact.object) if hasattr(end, "type")}
    names = {local_name(iri) for iri in used} | set(ontology.types)
    for name in types:
        if name not in names and name not in used:
            raise UsageError(f'no class is called "{name}". {did_you_mean(name, names)}')
