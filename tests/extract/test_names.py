"""Names: their normal form, where they begin and end, which of them are one thing, and of what class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.entities import normal_form
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.model import Document
from kg.ontology import load_ontology

if TYPE_CHECKING:
    from kg.extract import Extractor


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(load_ontology())


FORMS = {
    "Norvik": "Norvik",
    "the Norvik Group": "Norvik Group",
    "The Norvik Group Ltd.": "Norvik Group",
    "Norvik's": "Norvik's",  # what is no part of a name is not in its span
    "Norvik’s": "Norvik's",
    "Halden Motors'": "Halden Motors",
    "Norvik Inc": "Norvik",
    "Norvik, Inc.": "Norvik",
    "Norvik AG": "Norvik",
    "Norvik Holdings plc": "Norvik Holdings",
    "Inc": "Inc",
    "The": "The",
    "U.S.": "U.S.",
    "Axel Springer SE": "Axel Springer",
}


@pytest.mark.parametrize("name", FORMS)
def test_normal_form(lexicon: Lexicon, name: str) -> None:
    assert normal_form(name, lexicon) == FORMS[name]


WORDS = st.lists(
    st.sampled_from("the The Norvik Norvik's Inc. Ltd, & Sons’ U.S. of O'Neil -".split()), min_size=1
)


@given(name=WORDS.map(" ".join))
def test_a_normal_form_is_words_of_the_name(lexicon: Lexicon, name: str) -> None:
    form = normal_form(name, lexicon)
    assert form == form.strip()
    assert all(word in name.replace("’", "'") for word in form.split())


#: Text → its names with their classes, in alphabetical order; short forms stand with the long one.
NAMED = {
    "The Liberal Democrats met the French ambassador.": [
        "France: Place",
        "Liberal Democrats: PoliticalParty",
    ],
    'Karin "Kaja" Moen met Peter (Piet) Amsel and Louis Duarte, Jr., in Lisbon.': [
        'Karin "Kaja" Moen: Person',
        "Lisbon: Place",
        "Louis Duarte, Jr.: Person",
        "Peter Amsel: Person",
    ],
    "Moen is married to Karin Ines Moen.": ["Karin Ines Moen: Person", "Moen: Person"],
    "The Norvik engineer Karin Moen was born in Lisbon, the daughter of Peter Amsel.": [
        "Karin Moen: Person",
        "Lisbon: Place",
        "Norvik: Organization",
        "Peter Amsel: Person",
    ],
    "Norvik Energy's chairwoman, Dr. Karin Moen, met Mr Amsel.": [
        "Amsel: Person",
        "Karin Moen: Person",
        "Norvik Energy: Organization",
    ],
    "Karin Moen left early. Moen said nothing.": ["Karin Moen: Person (Moen)"],
    "Tavira Foods Ltd. grew. Rivals of Tavira Foods did not.": ["Tavira Foods: Organization"],
    "The European Grain Board met. The EGB said little.": ["European Grain Board: Organization (EGB)"],
    "A strike hit Norvik Energy, Tavira Foods and Helio Batteries.": [
        "Helio Batteries: Organization",
        "Norvik Energy: Organization",
        "Tavira Foods: Organization",
    ],
    "According to Norvik Energy, Tavira Foods has closed.": [
        "Norvik Energy: Organization",
        "Tavira Foods: Organization",
    ],
    "Lumina, a start-up from Oslo, makes lamps. Its founder praised Lumina.": [
        "Lumina: Organization",
        "Oslo: Place",
    ],
    "Chief Executive Karin Moen spoke in Bergen on Monday.": ["Bergen: Place", "Karin Moen: Person"],
    "Norvik Energy sold its Orbit app and the Quanta browser.": [
        "Norvik Energy: Organization",
        "Orbit: Product",
        "Quanta: Product",
    ],
    "A French engineer and a Danish painter won.": ["Denmark: Place", "France: Place"],
    "Nothing happened in March, and the Internet was slow.": [],
    "He was born in Porto, Portugal.": ["Porto: Place", "Portugal: Place"],
    "Jean-Luc Moreau and Mary O'Neil wed in 1999.": ["Jean-Luc Moreau: Person", "Mary O'Neil: Person"],
    "Vale & Sons and Ardent of London merged.": [
        "Ardent: Organization",
        "London: Place",
        "Vale & Sons: Organization",
    ],
    "3M Nordic and 7Seas Holding merged.": ["3M Nordic: Organization", "7Seas Holding: Organization"],
    "The ferry Aurora sank. Karin Moen owned the Aurora.": ["Aurora: Product", "Karin Moen: Person"],
    "Norvik Energy\n\nTavira Foods has closed.": ["Tavira Foods: Organization"],
    "Profits at Lantern rose. Lantern sued Harbor.": ["Harbor: Organization", "Lantern: Organization"],
    "Ex-Norvik engineer Karin Moen left.": ["Karin Moen: Person", "Norvik: Organization"],
}
_FAIL = {
    "3M Nordic and 7Seas Holding merged.": "a digit at the start of a name is split off",
    "Norvik Energy\n\nTavira Foods has closed.": "the parser begins a sentence inside a name",
}


def rows() -> list[object]:
    """The texts; those that do not hold today are expected to fail."""
    return [
        pytest.param(text, marks=pytest.mark.xfail(strict=True, reason=_FAIL[text]) if text in _FAIL else ())
        for text in NAMED
    ]


@pytest.mark.model
@pytest.mark.parametrize("text", rows())
def test_names(extractor: Extractor, text: str) -> None:

    from kg.extract.state import entities_of

    doc = extractor.parse(Document("names", text))
    found = [
        f"{e.name}: {e.type}" + (f" ({', '.join(e.aliases)})" if e.aliases else "")
        for e in entities_of(doc)
        if not e.name.startswith("(")
    ]
    assert sorted(found) == NAMED[text]
