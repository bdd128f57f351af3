"""The contract of ``kg extract --format jsonl``, key by key."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import Document, Evidence, Extraction, Literal, Mention, Qualifiers, Relation
from kg.ontology import Ontology, PropertyType
from kg.records import records

TEXT = "Kestrel Labs spoke. It invested $3 million in Orrin in 2019, Tidewire said."
IRI = "https://example.org/x#invested_in"
ONTOLOGY = Ontology(
    "", Path("x.ttl"), "", {}, {"invested_in": PropertyType(IRI, "invested_in", "invested in", (), ())}
)


def mention(text: str, name: str, entity: int, kind: str = "name") -> Mention:
    start = TEXT.index(text)
    return Mention(start, start + len(text), text, "Organization", name, entity, kind)


KESTREL = mention("Kestrel Labs", "Kestrel Labs", 0)
IT = mention("It", "Kestrel Labs", 0, "pronoun")
ORRIN = mention("Orrin", "Orrin", 1)
TIDEWIRE = mention("Tidewire", "Tidewire", 2)
SENTENCE = TEXT.index("It")
TRIGGER = TEXT.index("invested")
RELATION = Relation(
    "invested_in",
    "invest in",
    IT,
    ORRIN,
    Qualifiers(time="2019", amount="3000000", currency="USD", attributed_as_written="Tidewire"),
    Evidence("a", TEXT[SENTENCE:], SENTENCE, len(TEXT), "invested", TRIGGER, TRIGGER + 8),
    attributed_to=TIDEWIRE,
)
MENTIONS = (KESTREL, IT, ORRIN, TIDEWIRE, replace(KESTREL, text="Kestrel"))


def only(relation: Relation) -> dict[str, object]:
    (record,) = records(Extraction(Document("a", TEXT), MENTIONS, (relation,)), ONTOLOGY)
    return record


def test_a_record_says_exactly_this() -> None:
    assert json.loads(json.dumps(only(RELATION))) == {
        "document": "a",
        "subject": {
            "name": "Kestrel Labs",
            "type": "Organization",
            "aliases": ["Kestrel"],
            "text": "It",
            "start": 20,
            "end": 22,
        },
        "predicate": {"name": "invested_in", "iri": IRI, "phrase": "invest in"},
        "object": {
            "name": "Orrin",
            "type": "Organization",
            "aliases": [],
            "text": "Orrin",
            "start": 46,
            "end": 51,
        },
        "open": False,
        "status": "asserted",
        "attributed_to": {
            "name": "Tidewire",
            "type": "Organization",
            "aliases": [],
            "text": "Tidewire",
            "start": 61,
            "end": 69,
        },
        "time": "2019",
        "amount": "USD 3000000",
        "trigger": {"text": "invested", "start": 23, "end": 31},
        "evidence": {"text": TEXT[20:], "start": 20, "end": len(TEXT)},
        "score": None,
    }


@pytest.mark.parametrize(
    ("relation", "part", "value"),
    [
        (replace(RELATION, head=replace(IT, kind="implicit")), "subject.implicit", True),
        (
            replace(RELATION, tail=Literal("2019", "xsd:gYear", "2019", 55, 59)),
            "object.datatype",
            "xsd:gYear",
        ),
        (replace(RELATION, tail=Literal("5", "xsd:decimal", "$5", currency="USD")), "object.name", "5"),
        (replace(RELATION, open=True), "predicate.iri", None),
        (replace(RELATION, predicate="unheard_of"), "predicate.iri", None),
        (replace(RELATION, qualifiers=Qualifiers(percent="11")), "amount", "11 %"),
        (replace(RELATION, qualifiers=Qualifiers()), "amount", None),
        (replace(RELATION, attributed_to=None), "attributed_to", {"name": "Tidewire", "text": "Tidewire"}),
        (replace(RELATION, attributed_to=None, qualifiers=Qualifiers()), "attributed_to", None),
    ],
)
def test_one_part(relation: Relation, part: str, value: object) -> None:
    found: object = only(relation)
    for key in part.split("."):
        assert isinstance(found, dict)
        found = found[key]
    assert found == value


def test_records_stand_in_the_order_of_the_text() -> None:
    later = replace(RELATION, evidence=replace(RELATION.evidence, trigger_start=TRIGGER + 1))
    found = records(Extraction(Document("a", TEXT), MENTIONS, (later, RELATION)), ONTOLOGY)
    assert [record["trigger"]["start"] for record in found] == [TRIGGER, TRIGGER + 1]  # type: ignore[index]
