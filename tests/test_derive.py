"""Frames from labels: what the name of a relation alone gives."""

from __future__ import annotations

import pytest

from kg.derive import Slots, derive
from kg.frames import KINDS
from kg.ontology import ontology_path
from kg.words import class_nouns, kind_of, load_words, may_be, plain_label

WORDS = load_words(ontology_path("derive.toml").parent)
UNKNOWN = Slots("", "", False, False)
PERSONS = Slots("Person", "Person", False, False)

FRAMES = [
    # label, what is known of its sides, some frames of it, some frames of the other direction
    ("director", Slots("Product", "Person", False, False), {"Y direct X"}, {"director"}),
    ("directed by", UNKNOWN, {"Y direct X", "Y-directed X"}, set()),
    ("place of birth", Slots("Person", "Place", False, False), {"bear X in Y", "bear X at Y"}, set()),
    ("placeOfBirth", Slots("Person", "Place", False, False), {"bear X in Y"}, set()),
    ("worksFor", Slots("Person", "Organization", False, False), {"X work for Y", "employee of"}, set()),
    ("employs", UNKNOWN, {"employ"}, set()),
    ("based on", UNKNOWN, {"base X on Y"}, set()),
    ("award received", UNKNOWN, {"X win Y", "X receive Y"}, set()),
    ("country of citizenship", Slots("Person", "Place", False, False), {"Y X"}, set()),
    ("discoverer or inventor", UNKNOWN, {"Y discover X", "Y invent X"}, {"discoverer", "inventor"}),
    (
        "member of sports team",
        Slots("Person", "Organization", False, False),
        {"member of", "X play for Y"},
        set(),
    ),
    ("doctoral advisor", PERSONS, set(), {"doctoral advisor"}),
    ("painters", UNKNOWN, {"Y paint X"}, {"painter"}),
    ("indigenous to", UNKNOWN, {"indigenous to"}, set()),
    ("designated as terrorist by", UNKNOWN, {"Y designate X as terrorist"}, set()),
    ("has part", UNKNOWN, {"X include Y", "X contain Y"}, {"part"}),
    ("voice actor", UNKNOWN, {"Y star in X"}, {"voice actor"}),
]


@pytest.mark.parametrize(("label", "slots", "forward", "backward"), FRAMES, ids=[row[0] for row in FRAMES])
def test_a_label_gives_frames(label: str, slots: Slots, forward: set[str], backward: set[str]) -> None:
    found = derive(label, slots, WORDS)
    assert forward <= {frame.text for frame in found.frames}
    assert backward <= {frame.text for frame in found.inverse}
    assert not found.dates


@pytest.mark.parametrize(
    ("label", "frame"),
    [
        ("date of birth", "bear X on Y"),
        ("birthDate", "bear X on Y"),
        ("date of death", "X die on Y"),
        ("publication date", "publish X in Y"),
        ("inception", "establish X in Y"),
        ("start time", "X begin on Y"),
    ],
)
def test_a_label_that_says_a_date_has_dates(label: str, frame: str) -> None:
    found = derive(label, Slots("", "", True, False), WORDS)
    assert found.dates
    assert frame in {frame.text for frame in found.frames}


@pytest.mark.parametrize(
    "label", ["", "x", "of", "by", "has", "is", "the", "date", "(of)", "a, b / c", "---"]
)
def test_no_label_is_too_odd(label: str) -> None:
    derive(label, UNKNOWN, WORDS)


def test_every_way_of_the_table_is_a_frame() -> None:
    for label in WORDS.data["ways"]:
        found = derive(label, UNKNOWN, WORDS)
        for frame in (*found.frames, *found.inverse):
            assert frame.kind in (*KINDS, "before", "class", "genus", "label", "year")


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("human", "Person"),
        ("Footballer", "Person"),
        ("sports club", "Organization"),
        ("film production company", "Organization"),
        ("University", "Organization"),
        ("country", "Place"),
        ("body of water", "Place"),
        ("film", "Product"),
        ("TelevisionSeries", "Product"),
        ("constellation", ""),
        ("galaxy", ""),
    ],
)
def test_the_label_of_a_class_tells_its_kind(label: str, kind: str) -> None:
    assert kind_of([label], WORDS) == kind


@pytest.mark.parametrize(
    ("label", "plain"),
    [
        ("worksFor", "works for"),
        ("has_part", "has part"),
        ("mother (of)", "mother"),
        ("IUCN status", "iucn status"),
    ],
)
def test_labels_are_read_as_words(label: str, plain: str) -> None:
    assert plain_label(label) == plain


def test_nouns_of_a_class() -> None:
    assert "club" in class_nouns("football club", WORDS)


def test_a_name_without_a_kind_may_be_anything_and_a_person_is_no_film() -> None:
    assert may_be("", "Person")
    assert may_be("Organization", "Product")
    assert not may_be("Person", "Product")
    assert not may_be("Place", "value")
