"""A fact holds for each name of its things in the sentence: pronouns, further names, names in brackets."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.model import Document

pytestmark = pytest.mark.model

#: Text → the relation, and the words of each subject and object that it is said of.
TEXTS = {
    "Karin Moen founded Norvik Energy in 1987 and sold her shares.": (
        "founded",
        {("Karin Moen", "Norvik Energy"), ("her", "Norvik Energy")},
    ),
    "Karin Moen was born on 3 May 1950 and sold her shares.": (
        "born_on",
        {("Karin Moen", "3 May 1950"), ("her", "3 May 1950")},
    ),
    "The Halden Institute of Biology (HIB) was founded in 1987.": (
        "founded_on",
        {("Halden Institute of Biology", "1987"), ("HIB", "1987")},
    ),
    "Karin Moen joined Lakeside College, where she met Peter Amsel.": (
        "works_for",
        {
            ("Karin Moen", "Lakeside College"),
            ("Karin Moen", "where"),
            ("she", "Lakeside College"),
            ("she", "where"),
        },
    ),
}


@pytest.mark.parametrize("text", TEXTS)
def test_each_name_of_the_sentence(extractor: Extractor, text: str) -> None:
    predicate, wanted = TEXTS[text]
    (found,) = extractor.extract([Document("repeats", text)])
    relations = [relation for relation in found.relations if relation.predicate == predicate]
    assert {(relation.head.text, relation.tail.text) for relation in relations} == wanted
    for side in (side for relation in relations for side in (relation.head, relation.tail)):
        assert text[side.start : side.end] == side.text
