"""What "where" stands for, on parses built by hand."""

from __future__ import annotations

import pytest

from kg.extract.knowledge import Knowledge
from kg.extract.relatives import where_mentions
from kg.extract.state import LocalEntity, Named
from kg.ontology import load_ontology
from tests.extract.building import parse

#: Construction → parse, the class of each name, and what "where" stands for.
WHERE = {
    "an organisation": (
        "She/PRP/nsubj>joined joined=join/VBD Norvik/NNP/dobj>joined ,/,/punct>Norvik where/WRB/advmod>met"
        " she/PRP/nsubj>met met=meet/VBD/relcl>Norvik Weir/NNP/dobj>met",
        {"Norvik": "Organization", "Weir": "Person"},
        "Norvik",
    ),
    "an organisation in a place": (
        "She/PRP/nsubj>joined joined=join/VBD Norvik/NNP/dobj>joined in/IN/prep>Norvik Porto/NNP/pobj>in"
        " ,/,/punct>Norvik where/WRB/advmod>met she/PRP/nsubj>met met=meet/VBD/relcl>Porto Weir/NNP/dobj>met",
        {"Norvik": "Organization", "Porto": "Place", "Weir": "Person"},
        "Norvik",
    ),
    "a place is no thing that acts": (
        "She/PRP/nsubj>left left=leave/VBD Porto/NNP/dobj>left ,/,/punct>Porto where/WRB/advmod>met"
        " she/PRP/nsubj>met met=meet/VBD/relcl>Porto Weir/NNP/dobj>met",
        {"Porto": "Place", "Weir": "Person"},
        "",
    ),
    "a question": (
        "She/PRP/nsubj>asked asked=ask/VBD Norvik/NNP/dobj>asked where/WRB/advmod>lives Weir/NNP/nsubj>lives"
        " lives=live/VBZ/ccomp>asked",
        {"Norvik": "Organization", "Weir": "Person"},
        "",
    ),
}


@pytest.mark.parametrize("name", WHERE)
def test_where(name: str) -> None:
    notation, classes, wanted = WHERE[name]
    doc = parse(notation)
    entities = [LocalEntity(word, kind, ()) for word, kind in classes.items()]
    place = {token.text: token.i for token in doc}
    named = [Named(place[e.name], place[e.name] + 1, (n,), "name") for n, e in enumerate(entities)]
    found = list(where_mentions(doc, entities, named, Knowledge(load_ontology())))
    assert [entities[mention.entities[0]].name for mention in found] == ([wanted] if wanted else [])
    assert all(doc[mention.start].text == "where" for mention in found)
