"""Other names of a thing: which words of a bracket are one, and which in the running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import aliases
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.extract.names import NameSpan
from kg.ontology import load_ontology
from tests.extract.building import parse


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(load_ontology())


#: A name with a bracket after it → the names in the bracket.
BRACKETS = {
    "Halden Institute of Biology (HIB)": ["HIB"],
    "Halden Bank for Reconstruction and Trade (HBRT)": ["HBRT"],
    "HIB (Halden Institute of Biology)": ["Halden Institute of Biology"],
    'Halden Bank ("the Bank")': [],
    'Halden Bank ("HaBa")': ["HaBa"],
    "Norvik Energy (formerly Norvik Oil)": ["Norvik Oil"],
    "Norvik Energy (formerly Norvik Oil; now part of Tavira)": ["Norvik Oil"],
    "Karin Moen (née Duarte)": ["Duarte"],
    "Karin Moen (born Katarina Ines Duarte)": ["Katarina Ines Duarte"],
    "Karin Moen (also known as Kaja; born 1950)": ["Kaja"],
    "Karin Moen (born Porto, 1950)": [],
    "Karin Moen (born 3 May 1950 in Porto)": [],
    "Ivan Petrov (Russian: Иван Петров; born 1950)": ["Иван Петров"],
    "Ivan Petrov (Иван Петров)": ["Иван Петров"],
    "Ivan Petrov ([ɪˈvan], born 1950)": [],
    "Karin Moen (D-Texas)": [],
    "Karin Moen (CEO)": [],
    "Karin Moen, PhD (PhD)": [],
    "Norvik Energy (later bought by Tavira Foods)": [],
    "Norvik Energy (NRV.OL)": [],
    "Norvik Energy ()": [],
}


@pytest.mark.parametrize("text", BRACKETS)
def test_names_in_brackets(lexicon: Lexicon, text: str) -> None:
    name, _, inside = text.removesuffix(")").partition(" (")
    assert [inside[s:e] for s, e in aliases.names_inside(inside, name, lexicon)] == BRACKETS[text]


PIECES = st.lists(
    st.sampled_from(["also", "known as", "née", "HIB", "Иван", '"Kaja"', ",", ";", "1950", "/x/", ""])
)


@given(inside=PIECES.map(" ".join) | st.text(max_size=40))
def test_names_are_inside_any_bracket(lexicon: Lexicon, inside: str) -> None:
    for start, end in aliases.names_inside(inside, "Halden Institute of Biology", lexicon):
        assert 0 <= start < end <= len(inside)
        assert inside[start:end] == inside[start:end].strip()


SPOKEN = {
    "also known as": (
        "Karin/NNP/nsubj>left ,/,/punct>Karin also/RB/advmod>known known=know/VBN/acl>Karin as/IN/prep>known"
        " Kaja/NNP/pobj>as ,/,/punct>Karin left=leave/VBD",
        [("Karin", "Kaja")],
    ),
    "two more names": (
        "Karin/NNP/nsubj>left ,/,/punct>Karin known=know/VBN/acl>Karin as/IN/prep>known Kaja/NNP/pobj>as"
        " or/CC/cc>Kaja Kai/NNP/conj>Kaja ,/,/punct>Karin left=leave/VBD",
        [("Karin", "Kaja"), ("Karin", "Kai")],
    ),
    "formerly": (
        "Norvik/NNP/nsubj>grew ,/,/punct>Norvik formerly/RB/advmod>Orbix Orbix/NNP/appos>Norvik"
        " ,/,/punct>Norvik grew=grow/VBD",
        [("Norvik", "Orbix")],
    ),
    "formerly another's": (
        "Karin/NNP/nsubj>left ,/,/punct>Karin formerly/RB/advmod>chief Orbix/NNP/compound>chief"
        " chief/NN/appos>Karin ,/,/punct>Karin left=leave/VBD",
        [],
    ),
    "one calls the other": ("Norvik/NNP/nsubj>called called=call/VBD Orbix/NNP/dobj>called", []),
    "or": ("Norvik/NNP/nsubj>fell or/CC/cc>Norvik Orbix/NNP/conj>Norvik fell=fall/VBD", []),
}


@pytest.mark.parametrize("name", SPOKEN)
def test_names_in_the_running_text(lexicon: Lexicon, name: str) -> None:
    notation, pairs = SPOKEN[name]
    doc = parse(notation)
    spans = [NameSpan(token.i, token.i + 1, "") for token in doc if token.pos_ == "PROPN"]
    found = [(doc[a.start].text, doc[b.start].text) for a, b in aliases.spoken(doc, spans, lexicon)]
    assert found == pairs
