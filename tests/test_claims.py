"""Relations to claims, claims to facts: direction, the law, grouping."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.claims import claims, facts, violation
from kg.errors import OntologyError
from kg.model import Claim, Entity, Literal, Qualifiers
from kg.vocab import local_name
from tests.factories import ONTOLOGY, all_claims, extraction, resolved, sample


def said(*claims: Claim) -> list[tuple[str, str, str]]:
    return [
        (
            c.subject.name,
            local_name(c.predicate),
            c.object.name if isinstance(c.object, Entity) else c.object.value,
        )
        for c in claims
    ]


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (("Halden", "acquired", "Ostara"), [("Halden", "acquired", "Ostara")]),
        (("Halden", "parent_of", "Ostara"), [("Ostara", "subsidiary_of", "Halden")]),
        (("Halden", "subsidiary_of", "Ostara"), [("Halden", "subsidiary_of", "Ostara")]),
        (("Halden", "supplies", "Ostara"), [("Halden", "supplies", "Ostara")]),
        (("Halden", "customer_of", "Ostara"), [("Halden", "customer_of", "Ostara")]),
        # A symmetric relation is told in the order of the text.
        (("Ostara", "partner_of", "Halden"), [("Halden", "partner_of", "Ostara")]),
        (("Halden", "founded_on", "xsd:gYear=2011"), [("Halden", "founded_on", "2011")]),
        (("Halden", "founded_on", "xsd:date=2011"), [("Halden", "founded_on", "2011")]),
        (("Halden", "founded_on", "xsd:decimal=2011"), []),
        (("Halden", "acquired", "xsd:gYear=2011"), []),
        (("Halden", "founded_on", "Ostara"), []),
        (("Halden", "ceo_of", "Ostara"), []),
        (("Mira Solberg", "ceo_of", "Ostara"), [("Mira Solberg", "ceo_of", "Ostara")]),
        (("Northwind Bank", "acquired", "Ostara"), [("Northwind Bank", "acquired", "Ostara")]),
        (("Halden", "acquired", "Mira Solberg"), []),
        (("Halden", "acquired", "Halden"), []),
    ],
)
def test_direction_and_law(relation: tuple[str, str, str], expected: list[tuple[str, str, str]]) -> None:
    text = "Halden met Ostara, Northwind Bank and Mira Solberg in 2011."
    assert said(*all_claims([extraction("a", text, relation)])) == expected


def test_a_refusal_has_a_reason() -> None:
    (claim,) = all_claims([extraction("a", "Halden bought Ostara.", ("Halden", "acquired", "Ostara"))])
    person = replace(claim.subject, type=ONTOLOGY.types["Person"].iri)
    assert violation(claim, ONTOLOGY) is None
    assert violation(replace(claim, subject=person), ONTOLOGY) == (
        "Halden is not in the domain of acquired (Organization)"
    )
    other = replace(person, iri=f"{person.iri}_2")
    assert "not in the range" in str(violation(replace(claim, object=other), ONTOLOGY))
    assert "to itself" in str(violation(replace(claim, object=claim.subject), ONTOLOGY))


def test_a_property_that_is_not_there() -> None:
    with pytest.raises(OntologyError, match=r'no property "aquired"\. Did you mean "acquired"'):
        all_claims([extraction("a", "Halden bought Ostara.", ("Halden", "aquired", "Ostara"))])


def test_a_sentence_that_says_it_twice_makes_one_claim() -> None:
    twice = extraction(
        "a",
        "Halden and Ostara are partners.",
        ("Halden", "partner_of", "Ostara"),
        ("Ostara", "partner_of", "Halden"),
    )
    low, high = twice.relations
    better = replace(twice, relations=(low, replace(high, score=0.9)))
    assert [claim.score for claim in all_claims([better])] == [0.9]


def test_open_relations_make_no_claim() -> None:
    one = extraction("a", "Halden bought Ostara.", ("Halden", "acquired", "Ostara"))
    assert all_claims([replace(one, relations=(replace(one.relations[0], open=True),))]) == []


def test_whom_the_text_never_names_makes_no_claim() -> None:
    one = extraction("a", "Halden bought Ostara.", ("Halden", "acquired", "Ostara"))
    relation = one.relations[0]
    he = replace(relation, head=replace(relation.head, name="", kind="pronoun", entity=7))
    assert all_claims([replace(one, relations=(he,))]) == []
    said = replace(relation, attributed_to=replace(relation.head, name="", kind="pronoun", entity=7))
    assert [claim.attributed_to for claim in all_claims([replace(one, relations=(said,))])] == [None]


def test_the_iri_of_a_claim_is_readable_and_its_own() -> None:
    text = "Halden bought Ostara.\nHalden did buy Ostara."
    relation = ("Halden", "acquired", "Ostara")
    denied = (*relation, Qualifiers(status="denied"))
    iris = [c.iri for c in all_claims([extraction(id_, text, relation, denied) for id_ in "ab"])]
    assert len(set(iris)) == 4
    assert all(local_name(iri).startswith("Halden-acquired-Ostara-") for iri in iris)
    assert iris == [c.iri for c in all_claims([extraction(id_, text, relation, denied) for id_ in "ab"])]


def test_the_speaker_is_an_entity() -> None:
    (claim,) = all_claims(sample()[2:])
    assert claim.attributed_to is not None
    assert claim.attributed_to.name == "Quill Wire"


def test_a_speaker_of_no_known_class_stays_in_words() -> None:
    said = ("Halden", "acquired", "Ostara", Qualifiers(attributed_as_written="Quill"))
    text = "Halden bought Ostara, Quill wrote."
    (claim,) = all_claims([extraction("a", text, said, speaker="Quill", classes={"Quill": ""})])
    assert (claim.attributed_to, claim.qualifiers.attributed_as_written) == (None, "Quill")


def test_quotes_are_slices() -> None:
    texts = {found.document.id: found.document.text for found in sample()}
    for claim in all_claims(sample()):
        evidence = claim.evidence
        assert texts[evidence.document][evidence.start : evidence.end] == evidence.text
        assert texts[evidence.document][evidence.trigger_start : evidence.trigger_end] == evidence.trigger


def test_facts_group_claims_of_all_documents() -> None:
    extractions = [
        extraction("a", "Halden bought Ostara.", ("Halden", "acquired", "Ostara")),
        extraction(
            "b", "Halden denied buying Ostara.", ("Halden", "acquired", "Ostara", Qualifiers(status="denied"))
        ),
    ]
    (fact,) = facts(all_claims(extractions))
    assert fact.status == "asserted"
    assert fact.statuses == ("asserted", "denied")
    assert [claim.evidence.document for claim in fact.claims] == ["a", "b"]


@pytest.mark.parametrize(
    ("said_ways", "expected"),
    [
        (["supplies", "supplies"], ("Halden", "supplies", "Ostara")),
        (["supplies", "customer_of"], ("Halden", "supplies", "Ostara")),
        (["supplies", "customer_of", "customer_of"], ("Ostara", "customer_of", "Halden")),
    ],
)
def test_a_fact_is_told_as_most_of_its_claims_tell_it(
    said_ways: list[str], expected: tuple[str, str, str]
) -> None:
    extractions = []
    for number, predicate in enumerate(said_ways):
        ends = ("Halden", "Ostara") if predicate == "supplies" else ("Ostara", "Halden")
        extractions.append(extraction(str(number), "Halden met Ostara.", (ends[0], predicate, ends[1])))
    (fact,) = facts(all_claims(extractions), ONTOLOGY)
    assert said(*fact.claims[:1])[0] in {
        ("Halden", "supplies", "Ostara"),
        ("Ostara", "customer_of", "Halden"),
    }
    assert isinstance(fact.object, Entity)
    assert (fact.subject.name, local_name(fact.predicate), fact.object.name) == expected
    assert len(fact.claims) == len(said_ways)


def test_both_orders_of_a_symmetric_pair_are_one_fact() -> None:
    pairs = [("Halden", "Ostara"), ("Ostara", "Halden")]
    extractions = [
        extraction(str(n), f"{one} met {two}.", (one, "partner_of", two))
        for n, (one, two) in enumerate(pairs)
    ]
    found = all_claims(extractions)
    assert len(facts(found, ONTOLOGY)) == 1
    assert len(facts(found)) == 2
    assert facts(found, ONTOLOGY) == facts(reversed(found), ONTOLOGY)


def test_values_with_other_currencies_are_other_facts() -> None:
    (claim,) = all_claims([extraction("a", "Halden reached 30.", ("Halden", "valued_at", "xsd:decimal=30"))])
    other = replace(claim, object=Literal("30", "xsd:decimal", currency="EUR"))
    assert len(facts([claim, other])) == 2


def test_claims_come_in_the_order_of_the_text() -> None:
    (found, *_) = sample()
    ordered = list(claims(found, resolved(sample()), ONTOLOGY))
    places = [claim.evidence.start for claim in ordered]
    shuffled = replace(found, relations=tuple(reversed(found.relations)))
    assert places == sorted(places)
    assert list(claims(shuffled, resolved(sample()), ONTOLOGY)) == ordered
