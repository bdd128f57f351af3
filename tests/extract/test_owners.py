"""Whose a role is, on parses built by hand: where its clause is, and which of its phrases says so."""

from __future__ import annotations

import pytest

from kg.extract.owners import role_owners
from tests.extract.building import parse, texts, word

#: Where a role without an owner is: parse → whose it is.
CLAUSES = {
    "Norvik/NNP/pobj>at at/IN/prep>was Moen/NNP/nsubj>was was=be/VBD head/NN/attr>was": "Norvik",
    "Norvik/NNP where/WRB/advmod>was Moen/NNP/nsubj>was was=be/VBD/relcl>Norvik head/NN/attr>was": "where",
    "Moen/NNP/nsubj>was was=be/VBD a/DT/det>head head/NN/attr>was in/IN/prep>was May/NNP/pobj>in": "",
}


@pytest.mark.parametrize("notation", CLAUSES)
def test_the_role_is_where_the_clause_is(notation: str) -> None:
    head = word(parse(notation), "head")
    assert " ".join(texts(role_owners(head, head.i, frozenset(), "of"))) == CLAUSES[notation]


#: Phrases of a role → whose it is, for a frame with "at".
PHRASES = {
    "of/IN/prep>head physics/NN/pobj>of at/IN/prep>head Norvik/NNP/pobj>at": "Norvik",
    "for/IN/prep>head physics/NN/pobj>for at/IN/prep>head Norvik/NNP/pobj>at": "Norvik",
    "of/IN/prep>head Norvik/NNP/pobj>of in/IN/prep>head Porto/NNP/pobj>in": "Norvik",
    "in/IN/prep>head Norvik/NNP/pobj>in": "Norvik",
    "for/IN/prep>head Norvik/NNP/pobj>for": "Norvik",
    "with/IN/prep>head Norvik/NNP/pobj>with": "Norvik",
    "of/IN/prep>head sales/NNS/pobj>of for/IN/prep>head Norvik/NNP/pobj>for": "Norvik",
    "of/IN/prep>head the/DT/det>firm firm/NN/pobj>of in/IN/prep>head Porto/NNP/pobj>in": "firm",
    "against/IN/prep>head Norvik/NNP/pobj>against": "",
}


@pytest.mark.parametrize("phrases", PHRASES)
def test_which_phrase_says_whose(phrases: str) -> None:
    head = word(parse(f"Moen/NNP/nsubj>is is=be/VBZ head/NN/attr>is {phrases}"), "head")
    assert " ".join(texts(role_owners(head, head.i, frozenset(), "at"))) == PHRASES[phrases]
