"""Hand-made values for tests: a small ontology, and extractions written as short tuples."""

from __future__ import annotations

from pathlib import Path

from kg.claims import claims
from kg.graph import KnowledgeGraph
from kg.model import (
    Claim,
    Document,
    Evidence,
    Extraction,
    Literal,
    Mention,
    Qualifiers,
    Relation,
    Resolution,
    Run,
)
from kg.ontology import EntityType, Ontology, PropertyType
from kg.resolve import resolve
from kg.vocab import NEWS

RUN = Run("0.1.0", "en_core_web_md 3.7.1", "0123", (("statuses", "asserted,planned"),))


def _type(name: str, *supers: str) -> EntityType:
    return EntityType(NEWS[name], name, name, frozenset({name, *supers}))


def _property(name: str, domain: str, range_: str, **traits: object) -> PropertyType:
    return PropertyType(
        NEWS[name], name, name.replace("_", " "), tuple(domain.split()), tuple(range_.split()), **traits
    )


_TYPES = (
    _type("Agent"),
    _type("Person", "Agent"),
    _type("Organization", "Agent"),
    _type("Bank", "Organization", "Agent"),
    _type("Place"),
    _type("Product"),
)
_PROPERTIES = (
    _property("invested_in", "Agent", "Organization", examples=("A invested in B.",)),
    _property("acquired", "Organization", "Organization Product", examples=("A bought B.",)),
    _property("ceo_of", "Person", "Organization"),
    _property("uses", "Agent Product", "Product Organization"),
    _property("partner_of", "Organization", "Organization", symmetric=True),
    _property("supplies", "Organization", "Agent", inverse="customer_of", examples=("A supplies B.",)),
    _property("customer_of", "Agent", "Organization", inverse="supplies", examples=("A buys from B.",)),
    _property(
        "subsidiary_of", "Organization", "Organization", inverse="parent_of", examples=("A is part of B.",)
    ),
    _property("parent_of", "Organization", "Organization", inverse="subsidiary_of"),
    _property("founded_on", "Organization", "xsd:date"),
    _property("valued_at", "Organization", "xsd:decimal"),
)
ONTOLOGY = Ontology(
    "https://w3id.org/claimgraph/news",
    Path("tiny.ttl"),
    "0" * 64,
    {kind.name: kind for kind in _TYPES},
    {prop.name: prop for prop in _PROPERTIES},
)

#: The classes of the names that tests use; every other name is an organization.
CLASSES = {
    "Mira Solberg": "Person",
    "Solberg": "Person",
    "Ivo Brandt": "Person",
    "Northwind Bank": "Bank",
    "Lumen OS": "Product",
}


def extraction(
    id_: str,
    text: str,
    *relations: tuple[str, str, str] | tuple[str, str, str, Qualifiers],
    speaker: str | None = None,
    classes: dict[str, str] | None = None,
    **metadata: str,
) -> Extraction:
    """An extraction of a text, one sentence a line; a relation is (head, predicate, tail[, qualifiers]).

    Heads and tails are names in the text, or ``datatype=value`` for a literal written in the text. The
    sentence of a relation is the first line that has both; its trigger is the line's second word.
    """
    known = CLASSES | (classes or {})
    document = Document(id_, text, **metadata)
    numbers: dict[str, int] = {}

    def mention(name: str, line: tuple[int, str]) -> Mention:
        number = numbers.setdefault(name, len(numbers))
        begin = line[0] + line[1].index(name)
        return Mention(begin, begin + len(name), name, known.get(name, "Organization"), name, number)

    found = []
    for head, predicate, tail, *rest in relations:
        value = tail.split("=")[-1]
        line = next((at, line) for at, line in _lines(text) if head in line and value in line)
        begin = line[0] + line[1].index(value)
        end: Mention | Literal = (
            Literal(value, tail.split("=")[0], value, begin, begin + len(value))
            if "=" in tail
            else mention(tail, line)
        )
        trigger = line[1].split()[1]
        at = line[0] + line[1].index(f" {trigger}") + 1
        evidence = Evidence(id_, line[1], line[0], line[0] + len(line[1]), trigger, at, at + len(trigger))
        found.append(
            Relation(
                predicate,
                trigger,
                mention(head, line),
                end,
                rest[0] if rest else Qualifiers(),
                evidence,
                mention(speaker, line) if speaker else None,
                0.5,
            )
        )
    ends = [end for r in found for end in (r.head, r.tail, r.attributed_to) if isinstance(end, Mention)]
    mentions = sorted(set(ends), key=lambda m: (m.start, m.entity))
    return Extraction(document, tuple(mentions), tuple(found))


def _lines(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        found.append((at, line.rstrip("\n")))
        at += len(line)
    return found


def sample() -> list[Extraction]:
    """Three small documents in which everything occurs once."""
    denied = Qualifiers(status="denied")
    money = Qualifiers(
        time="2019",
        time_as_written="in 2019",
        earliest="2019-01-01",
        latest="2019-12-31",
        amount="1000000000",
        currency="USD",
    )
    return [
        extraction(
            "halden",
            "Halden invested $1 billion in Kestrel Labs in 2019.\nHalden is a partner of Ostara.\n"
            "Mira Solberg leads Kestrel Labs.\nKestrel Labs started in 2011.\n"
            "Kestrel Labs denied buying Ostara.\nKestrel Labs was valued at 3000000000.",
            ("Halden", "invested_in", "Kestrel Labs", money),
            ("Halden", "partner_of", "Ostara"),
            ("Mira Solberg", "ceo_of", "Kestrel Labs"),
            ("Kestrel Labs", "founded_on", "xsd:gYear=2011"),
            ("Kestrel Labs", "acquired", "Ostara", denied),
            ("Kestrel Labs", "valued_at", "xsd:decimal=3000000000"),
            title='Halden\'s "big" bet',
            date="2019-07-22",
            source="texts/halden.txt",
        ),
        extraction(
            "ostara",
            "Ostara named Halden its partner.\nKestrel Labs plans to use Lumen OS, Quill Wire said.\n"
            "Northwind Bank invested in Kestrel Labs, too.",
            ("Ostara", "partner_of", "Halden"),
            ("Northwind Bank", "invested_in", "Kestrel Labs"),
        ),
        extraction(
            "quill wire",
            "Kestrel Labs plans to use Lumen OS, Quill Wire said.\nGrüße – „Łódź“ 🎉 and more.",
            (
                "Kestrel Labs",
                "uses",
                "Lumen OS",
                Qualifiers(status="planned", attributed_as_written="Quill Wire"),
            ),
            speaker="Quill Wire",
        ),
    ]


def resolved(extractions: list[Extraction]) -> Resolution:
    """The entities of extractions under the small ontology."""
    return resolve(extractions, ONTOLOGY)


def all_claims(extractions: list[Extraction]) -> list[Claim]:
    """The claims of extractions under the small ontology."""
    resolution = resolved(extractions)
    return [claim for found in extractions for claim in claims(found, resolution, ONTOLOGY)]


def fill(graph: KnowledgeGraph, extractions: list[Extraction]) -> KnowledgeGraph:
    """The graph with all that the extractions say."""
    graph.add(all_claims(extractions), [found.document for found in extractions], RUN)
    return graph


def sample_graph() -> KnowledgeGraph:
    """The three documents in memory."""
    return fill(KnowledgeGraph.memory(ONTOLOGY), sample())
