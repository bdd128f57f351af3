"""Which mentions are one thing, and what it is called."""

from __future__ import annotations

import random

import pytest

from kg.errors import InputError
from kg.model import Document, Entity, Extraction, Mention, Relation
from kg.resolve import clean_name, normal_name, resolve
from kg.vocab import local_name, slug
from tests.factories import ONTOLOGY, extraction, resolved, sample


def names(*extractions: Extraction) -> dict[str, str]:
    """The last part of each entity's IRI, and its name."""
    return {local_name(entity.iri): entity.name for entity in resolved(list(extractions)).entities}


def says(id_: str, head: str, tail: str, **classes: str) -> Extraction:
    return extraction(id_, f"{head} and {tail}.", (head, "uses", tail), classes=classes)


def called(
    document: str, number: int, *texts: str, type_: str = "Organization", name: str = ""
) -> Extraction:
    """A document whose one used thing is called each of these texts, at offsets 0, 1, 2 …"""
    mentions = [Mention(at, at + 1, text, type_, name or text, number) for at, text in enumerate(texts)]
    relations = says(document, "Halden", "Ostara").relations[0]
    relation = Relation("uses", "", mentions[0], mentions[-1], relations.qualifiers, relations.evidence)
    return Extraction(Document(document, " ".join(texts)), tuple(mentions), (relation,))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Halden Inc.", "Halden", True),
        ("HALDEN", "Halden", True),
        ("the Halden Group", "Halden Group", True),
        ("Halden Co., Ltd.", "Halden", True),
        ("Halden N.V.", "Halden", True),
        ("Halden Group", "Halden", False),
        ("Co", "Halden", False),
        ("Inc.", "Co.", False),
        ("The Quill", "Quill", True),
    ],
)
def test_normal_names(one: str, other: str, same: bool) -> None:
    assert (normal_name(one) == normal_name(other)) is same


def test_a_name_stands_on_one_line() -> None:
    assert clean_name("the  Halden\nGroup") == "Halden Group"
    assert clean_name("The Quill") == "The Quill"


def test_one_name_in_two_documents_is_one_entity() -> None:
    resolution = resolved([says("a", "Halden", "Ostara"), says("b", "Halden Inc.", "Ostara")])
    assert [entity.name for entity in resolution.entities] == ["Halden Inc.", "Ostara"]
    assert resolution.entities[0].aliases == ("Halden",)
    assert resolution.lookup["a", 0] is resolution.lookup["b", 0]


def test_the_best_name_is_the_most_frequent_then_the_longest_then_the_first() -> None:
    assert names(called("a", 0, "Halden"), called("b", 0, "Halden", "Halden Inc")) == {"Halden": "Halden"}
    assert names(called("a", 0, "Halden"), called("b", 0, "Halden Inc")) == {"Halden_Inc": "Halden Inc"}
    assert names(called("a", 0, "HALDEN"), called("b", 0, "Halden")) == {"HALDEN": "HALDEN"}


def test_names_in_one_document_follow_its_numbers() -> None:
    full = called("a", 3, "Mira Solberg", "Solberg", type_="Person", name="Mira Solberg")
    (entity,) = resolved([full]).entities
    assert (entity.name, entity.aliases) == ("Mira Solberg", ("Solberg",))


def test_a_family_name_alone_is_a_person_of_its_document() -> None:
    lone = [called(id_, 0, "Solberg", type_="Person") for id_ in "ab"]
    full = called("c", 0, "Mira Solberg", "Solberg", type_="Person", name="Mira Solberg")
    found = names(*lone, full)
    assert sorted(found.values()) == ["Mira Solberg", "Solberg", "Solberg"]
    assert all(iri == "Mira_Solberg" or iri.startswith("Solberg_Person_") for iri in found)


def test_classes_that_exclude_each_other_are_two_entities() -> None:
    found = names(says("a", "Lumen", "Halden"), says("b", "Lumen", "Ostara", Lumen="Product"))
    assert sorted(found) == ["Halden", "Lumen_Organization", "Lumen_Product", "Ostara"]


def test_a_class_takes_in_what_is_less_precise() -> None:
    extractions = [
        says("a", "Norda", "Ostara", Norda="Bank"),
        says("b", "Norda", "Ostara"),
        says("c", "Norda", "Ostara", Norda="Agent"),
        says("d", "Norda", "Ostara", Norda="Person"),
    ]
    entities = {local_name(e.iri): local_name(e.type) for e in resolved(extractions).entities}
    # One-word names of people stay apart; the agent is the bank, of which there are more mentions.
    assert entities == {"Norda_Bank": "Bank", "Norda_Person": "Person", "Ostara": "Organization"}


def test_an_unknown_class_keeps_its_name() -> None:
    (entity, _) = resolved([says("a", "Halden", "Ostara", Halden="Ship")]).entities
    assert entity.type == "Ship"


def test_what_takes_part_in_no_relation_is_left_out_and_takes_no_name() -> None:
    idle = extraction("b", "Lumen.", classes={"Lumen": "Product"})
    mention = Mention(0, 5, "Lumen", "Product", "Lumen", 0)
    assert sorted(names(says("a", "Lumen", "Halden"), Extraction(idle.document, (mention,)))) == [
        "Halden",
        "Lumen",
    ]


def test_a_name_that_looks_like_another_with_its_class() -> None:
    found = names(
        says("a", "Ford", "Halden"),
        says("b", "Ford", "Halden", Ford="Place"),
        says("c", "Ford Organization", "Halden"),
    )
    assert len(found) == 4
    assert {"Halden", "Ford_Place"} < set(found)


def test_the_order_of_documents_does_not_matter() -> None:
    extractions = [
        *sample(),
        says("x", "Halden", "Solberg"),
        says("y", "Halden Inc", "Solberg", Halden="Place"),
    ]
    expected = resolved(extractions)
    for seed in range(5):
        shuffled = random.Random(seed).sample(extractions, len(extractions))
        assert resolved(shuffled) == expected


def test_a_document_given_twice_counts_once() -> None:
    twice = [says("a", "Halden", "Ostara"), says("a", "Halden", "Ostara"), says("b", "Halden Inc", "Ostara")]
    assert resolved(twice) == resolved(twice[1:])


def test_two_documents_with_one_id_are_an_error() -> None:
    with pytest.raises(InputError, match='two different documents have the id "a"'):
        resolved([says("a", "Halden", "Ostara"), says("a", "Halden", "Lumen")])


def test_an_unnamed_thing_is_no_entity_of_other_documents() -> None:
    def unnamed(id_: str) -> Extraction:
        one = called(id_, 0, "two bankers")
        (mention, *_) = one.mentions
        described = Mention(
            mention.start, mention.end, "two bankers", "Person", "two bankers", 0, "description"
        )
        relation = one.relations[0]
        return Extraction(
            one.document,
            (described,),
            (Relation("uses", "", described, described, relation.qualifiers, relation.evidence),),
        )

    assert len(names(unnamed("a"), unnamed("b"))) == 2


def test_the_base_iri_is_the_users() -> None:
    resolution = resolve([says("a", "Halden", "Ostara")], ONTOLOGY, "https://data.example/")
    assert resolution.entities[0] == Entity(
        "https://data.example/entity/Halden", "Halden", ONTOLOGY.types["Organization"].iri
    )
    assert resolution.base_iri == "https://data.example/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apple Inc.", "Apple_Inc"),
        ("AT&T", "ATT"),
        ("A/S Ærø", "AS_Ærø"),
        ("x" * 200, "x" * 80),
        ("ＡＢＣ", "ABC"),
        ("三菱UFJ", "三菱UFJ"),
        ("a\u200bb\u0000c", "abc"),
        ("x\U000e0100", "x"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_an_empty_slug_is_a_hash() -> None:
    assert len(slug("!!!")) == 8
    assert slug("!!!") != slug("???")
