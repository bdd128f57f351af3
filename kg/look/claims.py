"""Claims and facts as the rows that pages show, and where the interactive page shows the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from kg.look.names import keys, words
from kg.model import Claim, Entity, Fact, Literal
from kg.records import amount

#: How many sentences of a fact a page shows; it says how many more there are.
SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A claim to read: its sentence cut at its trigger, what else it says, and where it stands."""

    status: str
    details: tuple[tuple[str, str], ...]
    before: str
    trigger: str
    after: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact to read. Links are addresses of the interactive page, "" where there is none."""

    subject: str
    relation: str
    object: str
    statuses: tuple[str, ...]
    sources: int
    told: tuple[Told, ...]
    more: int
    subject_link: str
    link: str
    object_link: str


def told(claim: Claim) -> Told:
    """A claim to read; where its trigger is not inside its sentence, the sentence alone."""
    evidence, said = claim.evidence, claim.qualifiers
    begin, end = evidence.trigger_start - evidence.start, evidence.trigger_end - evidence.start
    if not 0 <= begin < end <= len(evidence.text):
        begin = end = 0
    details = {
        "when": said.time,
        "since": said.start_date,
        "until": said.end_date,
        "how much": amount(said),
        "says": claim.attributed_to.name if claim.attributed_to else said.attributed_as_written,
        "score": None if claim.score is None else f"{claim.score:.2f}",
    }
    return Told(
        said.status,
        tuple((name, value) for name, value in details.items() if value),
        evidence.text[:begin],
        evidence.text[begin:end],
        evidence.text[end:],
        evidence.document,
        evidence.start,
        evidence.end,
    )


class Links:
    """Where the interactive page, at an address, shows a thing or a fact: as its ``state.js`` reads it.

    >>> Links("graph.html", []).entity("https://example.org/kg/entity/Ida_Moe")
    ''
    """

    def __init__(self, page: str | None, facts: Iterable[Fact]) -> None:
        known = list(facts) if page is not None else []
        self._page = quote(page or "")
        self._entities = keys(iri for fact in known for iri in _entities(fact))
        self._predicates = keys(fact.predicate for fact in known)

    def entity(self, iri: str) -> str:
        """The address of an entity's card."""
        return f"{self._page}#e={_encoded(self._entities[iri])}" if iri in self._entities else ""

    def fact(self, fact: Fact) -> str:
        """The address of a fact's card."""
        end = fact.object
        if fact.subject.iri not in self._entities or fact.predicate not in self._predicates:
            return ""
        value = end.value if isinstance(end, Literal) else self._entities[end.iri]
        name = "~".join((self._entities[fact.subject.iri], self._predicates[fact.predicate], value))
        return f"{self._page}#f={_encoded(name)}"

    def shown(self, fact: Fact, claims: Sequence[Claim] | None = None) -> Shown:
        """A fact to read, with its first sentences, or those of these claims."""
        said = fact.claims if claims is None else tuple(claims)
        return Shown(
            fact.subject.name,
            words(fact.predicate),
            value(fact.object),
            replace(fact, claims=said).statuses,
            len({claim.evidence.document for claim in said}),
            tuple(told(claim) for claim in said[:SENTENCES]),
            max(0, len(said) - SENTENCES),
            self.entity(fact.subject.iri),
            self.fact(fact),
            self.entity(fact.object.iri) if isinstance(fact.object, Entity) else "",
        )


def value(end: Entity | Literal) -> str:
    """A thing by its name, a value as the text writes it.

    >>> value(Literal("2011-03-01", "xsd:date", "March 1, 2011"))
    'March 1, 2011'
    """
    return end.name if isinstance(end, Entity) else end.text or end.value


def _entities(fact: Fact) -> Iterable[str]:
    """All that the interactive page has of a fact: its ends and its speakers."""
    ends = (fact.subject, fact.object, *(claim.attributed_to for claim in fact.claims))
    return (end.iri for end in ends if isinstance(end, Entity))


def _encoded(name: str) -> str:
    """As encodeURIComponent does it; lone surrogates, which it refuses, are replaced."""
    return quote(name, safe="!~*'()", errors="replace")
