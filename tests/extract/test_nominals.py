"""Nouns that say relations, on parses built by hand: who bears them, whose they are, who has them."""

from __future__ import annotations

import pytest

from kg.extract import nominals
from kg.extract.owners import role_owners
from tests.extract.building import parse, texts, word

#: Construction → parse, the noun, who bears it and by which construction, and whose it is.
ROLES = {
    "copula": (
        "Moen/NNP/nsubj>is is=be/VBZ the/DT/det>head head/NN/attr>is of/IN/prep>head Norvik/NNP/pobj>of",
        "head",
        [("copula", "Moen")],
        "Norvik",
    ),
    "became": (
        "Moen/NNP/nsubj>became became=become/VBD head/NN/attr>became of/IN/prep>head Norvik/NNP/pobj>of",
        "head",
        [("copula", "Moen")],
        "Norvik",
    ),
    "copula with two subjects": (
        "Anna/NNP/nsubj>are and/CC/cc>Anna Moen/NNP/conj>Anna are=be/VBP directors=director/NNS/attr>are"
        " of/IN/prep>directors Norvik/NNP/pobj>of",
        "directors",
        [("copula", "Anna"), ("copula", "Moen")],
        "Norvik",
    ),
    "the noun is X": (
        "Its=its/PRP$/poss>owner owner/NN/nsubj>is is=be/VBZ Norvik/NNP/attr>is",
        "owner",
        [("subject copula", "Norvik")],
        "Its",
    ),
    "apposition": (
        "Moen/NNP/nsubj>left ,/,/punct>Moen the/DT/det>head head/NN/appos>Moen of/IN/prep>head"
        " Norvik/NNP/pobj>of"
        " ,/,/punct>Moen left=leave/VBD",
        "head",
        [("apposition", "Moen")],
        "Norvik",
    ),
    "apposition of one of two": (
        "Moen/NNP/nsubj>spoke ,/,/punct>Moen head/NN/appos>Moen of/IN/prep>head Norvik/NNP/pobj>of"
        " ,/,/punct>Moen"
        " and/CC/cc>Moen Weir/NNP/conj>Moen spoke=speak/VBD",
        "head",
        [("apposition", "Moen")],
        "Norvik",
    ),
    "name after the noun": (
        "Norvik/NNP/poss>head 's/POS/case>Norvik head/NN/nsubj>left ,/,/punct>head Moen/NNP/appos>head"
        " ,/,/punct>head left=leave/VBD",
        "head",
        [("named", "Moen")],
        "Norvik",
    ),
    "names after a plural": (
        "Its=its/PRP$/poss>rivals rivals=rival/NNS/nsubj>grew Norvik/NNP/appos>rivals and/CC/cc>Norvik"
        " Tavira/NNP/conj>Norvik grew=grow/VBD",
        "rivals",
        [("named", "Norvik"), ("named", "Tavira")],
        "Its",
    ),
    "title": (
        "Norvik/NNP/nmod>chief chief/NN/compound>Moen Karin/NNP/compound>Moen Moen/NNP/nsubj>left"
        " left=leave/VBD",
        "chief",
        [("title", "Moen")],
        "Norvik",
    ),
    "two titles": (
        "Norvik/NNP/nmod>founder founder/NN/nmod>Moen and/CC/cc>founder chief/NN/conj>founder"
        " Karin/NNP/compound>Moen Moen/NNP/nsubj>left left=leave/VBD",
        "founder",
        [("title", "Moen")],
        "Norvik",
    ),
    "as-phrase, subject": (
        "Moen/NNP/nsubj>served served=serve/VBD as/IN/prep>served head/NN/pobj>as of/IN/prep>head"
        " Norvik/NNP/pobj>of",
        "head",
        [("as", "Moen")],
        "Norvik",
    ),
    "as-phrase, object": (
        "Norvik/NNP/nsubj>hired hired=hire/VBD Moen/NNP/dobj>hired as/IN/prep>hired its/PRP$/poss>head"
        " head/NN/pobj>as",
        "head",
        [("as", "Moen")],
        "its",
    ),
    "as-phrase, passive": (
        "Moen/NNP/nsubjpass>hired was=be/VBD/auxpass>hired hired=hire/VBN as/IN/prep>hired head/NN/pobj>as"
        " of/IN/prep>head Norvik/NNP/pobj>of",
        "head",
        [("as", "Moen")],
        "Norvik",
    ),
    "as-phrase, who follows": (
        "Moen/NNP/nsubj>succeeds succeeds=succeed/VBZ Weir/NNP/dobj>succeeds as/IN/prep>succeeds"
        " head/NN/pobj>as"
        " of/IN/prep>head Norvik/NNP/pobj>of",
        "head",
        [("as", "Moen"), ("predecessor", "Weir")],
        "Norvik",
    ),
    "as-phrase, who joins": (
        "Moen/NNP/nsubj>joined joined=join/VBD Norvik/NNP/dobj>joined as/IN/prep>joined head/NN/pobj>as",
        "head",
        [("as", "Moen")],
        "Norvik",
    ),
    "object predicate": (
        "Moen/NNP/nsubjpass>named was=be/VBD/auxpass>named named=name/VBN head/NN/oprd>named of/IN/prep>head"
        " Norvik/NNP/pobj>of",
        "head",
        [("predicate", "Moen")],
        "Norvik",
    ),
    "include": (
        "Its=its/PRP$/poss>investors investors=investor/NNS/nsubj>include include/VBP Norvik/NNP/dobj>include"
        " and/CC/cc>Norvik Tavira/NNP/conj>Norvik",
        "investors",
        [("members", "Norvik"), ("members", "Tavira")],
        "Its",
    ),
    "such as": (
        "Rivals=rival/NNS/nsubj>grew such/JJ/amod>as as/IN/prep>Rivals Norvik/NNP/pobj>as and/CC/cc>Norvik"
        " Tavira/NNP/conj>Norvik grew=grow/VBD",
        "Rivals",
        [("members", "Norvik"), ("members", "Tavira")],
        "",
    ),
    "including": (
        "Rivals=rival/NNS/nsubj>grew including=include/VBG/prep>Rivals Norvik/NNP/pobj>including"
        " grew=grow/VBD",
        "Rivals",
        [("members", "Norvik")],
        "",
    ),
    "labelled": (
        "Norvik/NNP/nsubj>sells sells=sell/VBZ its/PRP$/poss>platform Orbit/NNP/compound>platform"
        " platform/NN/dobj>sells",
        "platform",
        [("labelled", "Orbit")],
        "its Orbit",
    ),
    "third of a list": (
        "Moen/NNP/nsubj>is is=be/VBZ a/DT/det>chemist chemist/NN/attr>is ,/,/punct>chemist a/DT/det>poet"
        " poet/NN/conj>chemist and/CC/cc>poet a/DT/det>head head/NN/conj>poet of/IN/prep>head"
        " Norvik/NNP/pobj>of",
        "head",
        [("copula", "Moen")],
        "Norvik",
    ),
    "the owner comes after the last role": (
        "Moen/NNP/nsubj>is is=be/VBZ founder/NN/attr>is and/CC/cc>founder head/NN/conj>founder"
        " of/IN/prep>head"
        " Norvik/NNP/pobj>of",
        "founder",
        [("copula", "Moen")],
        "Norvik",
    ),
    "a second predicate hung on the copula": (
        "Moen/NNP/nsubj>is is=be/VBZ a/DT/det>chemist chemist/NN/attr>is ,/,/punct>is and/CC/cc>is"
        " the/DT/det>head"
        " head/NN/conj>is of/IN/prep>head Norvik/NNP/pobj>of",
        "head",
        [("copula", "Moen")],
        "Norvik",
    ),
    "a second role hung on the firm of the first": (
        "Moen/NNP/nsubj>is is=be/VBZ a/DT/det>chemist chemist/NN/attr>is at/IN/prep>chemist"
        " Tavira/NNP/pobj>at"
        " and/CC/cc>Tavira the/DT/det>head head/NN/conj>Tavira of/IN/prep>head Norvik/NNP/pobj>of",
        "head",
        [("copula", "Moen")],
        "Norvik",
    ),
    "a second person with a role": (
        "Moen/NNP/nsubj>is is=be/VBZ the/DT/det>son son/NN/attr>is of/IN/prep>son Weir/NNP/pobj>of"
        " and/CC/cc>Weir"
        " his/PRP$/poss>wife wife/NN/conj>Weir ,/,/punct>wife Ida/NNP/appos>wife",
        "wife",
        [("named", "Ida")],
        "his",
    ),
    "a role in apposition to the firm of the one before": (
        "Moen/NNP/nsubj>is is=be/VBZ a/DT/det>director director/NN/attr>is at/IN/prep>director"
        " Tavira/NNP/pobj>at"
        " ,/,/punct>Tavira a/DT/det>fellow fellow/NN/appos>Tavira at/IN/prep>fellow Norvik/NNP/pobj>at",
        "fellow",
        [("apposition", "Tavira"), ("listed", "Moen")],
        "Norvik",
    ),
    "in apposition to where one was born": (
        "Moen/NNP/nsubjpass>born was=be/VBD/auxpass>born born=bear/VBN in/IN/prep>born Porto/NNP/pobj>in"
        " ,/,/punct>Porto the/DT/det>son son/NN/appos>Porto of/IN/prep>son Weir/NNP/pobj>of",
        "son",
        [("apposition", "Porto"), ("listed", "Moen")],
        "Weir",
    ),
    "one of many": (
        "Moen/NNP/nsubj>is is=be/VBZ one/CD/attr>is of/IN/prep>one the/DT/det>heads heads=head/NNS/pobj>of"
        " at/IN/prep>heads Norvik/NNP/pobj>at",
        "heads",
        [("copula", "Moen")],
        "Norvik",
    ),
    "the name as a second subject": (
        "Weir/NNP/poss>son 's/POS/case>Weir son/NN/nsubj>left ,/,/punct>left Moen/NNP/nsubj>left"
        " left=leave/VBD",
        "son",
        [("named", "Moen")],
        "Weir",
    ),
    "what is behind the owner is the owner's": (
        "Moen/NNP/nsubj>is is=be/VBZ the/DT/det>son son/NN/attr>is of/IN/prep>son Weir/NNP/pobj>of"
        " ,/,/punct>son Earl/NNP/appos>son",
        "son",
        [("copula", "Moen")],
        "Weir",
    ),
    "two of a family": (
        "his/PRP$/poss>son son/NN/nsubj>left Moen/NNP/appos>son and/CC/cc>son his/PRP$/poss>wife"
        " wife/NN/conj>son Ida/NNP/appos>wife left=leave/VBD",
        "son",
        [("named", "Moen")],
        "his",
    ),
    "before the clause": (
        "A/DT/det>head head/NN/advcl>left of/IN/prep>head Norvik/NNP/pobj>of ,/,/punct>left"
        " Moen/NNP/nsubj>left"
        " left=leave/VBD",
        "head",
        [("fronted", "Moen")],
        "Norvik",
    ),
    "as, before the clause": (
        "As=as/IN/prep>left head/NN/pobj>As of/IN/prep>head Norvik/NNP/pobj>of ,/,/punct>left"
        " Moen/NNP/nsubj>left"
        " left=leave/VBD",
        "head",
        [("as", "Moen"), ("fronted", "Moen")],
        "Norvik",
    ),
    "a mere noun": ("The/DT/det>head head/NN/nsubj>left left=leave/VBD", "head", [], ""),
}


@pytest.mark.parametrize("name", ROLES)
def test_roles(name: str) -> None:
    notation, noun, bearers, owners = ROLES[name]
    doc = parse(notation, **({"Karin_Moen": "PERSON"} if "Karin" in notation else {}))
    head = word(doc, noun)
    assert [(construction, token.text) for construction, token in nominals.bearers(head)] == bearers
    assert " ".join(texts(role_owners(head, head.i, frozenset(), "of"))) == owners


LIGHT = frozenset(("hold", "sign", "complete", "be", "keep"))

#: Construction → parse, the noun, who has it, and what follows it.
EVENTS = {
    "possessive": (
        "Norvik/NNP/poss>purchase 's/POS/case>Norvik purchase/NN of/IN/prep>purchase Tavira/NNP/pobj>of",
        "purchase",
        "",
        "of Tavira",
    ),
    "by": (
        "the/DT/det>purchase purchase/NN of/IN/prep>purchase Tavira/NNP/pobj>of by/IN/prep>purchase"
        " Norvik/NNP/pobj>by",
        "purchase",
        "",
        "of Tavira by Norvik",
    ),
    "between": (
        "talks=talk/NNS between/IN/prep>talks Norvik/NNP/pobj>between and/CC/cc>Norvik"
        " Tavira/NNP/conj>Norvik",
        "talks",
        "",
        "between Norvik between Tavira",
    ),
    "light verb": (
        "Norvik/NNP/nsubj>signed signed=sign/VBD a/DT/det>pact pact/NN/dobj>signed with/IN/prep>pact"
        " Tavira/NNP/pobj>with",
        "pact",
        "Norvik",
        "with Tavira",
    ),
    "light verb, the phrase on the verb": (
        "Norvik/NNP/nsubj>signed signed=sign/VBD a/DT/det>pact pact/NN/dobj>signed with/IN/prep>signed"
        " Tavira/NNP/pobj>with",
        "pact",
        "Norvik",
        "with Tavira",
    ),
    "light verb, passive": (
        "a/DT/det>pact pact/NN/nsubjpass>signed was=be/VBD/auxpass>signed signed=sign/VBN by/IN/agent>signed"
        " Norvik/NNP/pobj>by and/CC/cc>Norvik Tavira/NNP/conj>Norvik",
        "pact",
        "Norvik Tavira",
        "",
    ),
    "light verb with two subjects": (
        "Norvik/NNP/nsubj>signed and/CC/cc>Norvik Tavira/NNP/conj>Norvik signed=sign/VBD a/DT/det>pact"
        " pact/NN/dobj>signed",
        "pact",
        "Norvik Tavira",
        "",
    ),
    "in talks": (
        "Norvik/NNP/nsubj>is is=be/VBZ in/IN/prep>is talks=talk/NNS/pobj>in with/IN/prep>talks"
        " Tavira/NNP/pobj>with",
        "talks",
        "Norvik",
        "with Tavira",
    ),
    "the stake X holds": (
        "the/DT/det>stake stake/NN Norvik/NNP/nsubj>holds holds=hold/VBZ/relcl>stake in/IN/prep>holds"
        " Tavira/NNP/pobj>in",
        "stake",
        "Norvik",
        "in Tavira",
    ),
    "where its seat is": (
        "Its=its/PRP$/poss>office office/NN/nsubj>is is=be/VBZ in/IN/prep>is Porto/NNP/pobj>in",
        "office",
        "",
        "in Porto",
    ),
    "another verb": (
        "Norvik/NNP/nsubj>praised praised=praise/VBD the/DT/det>pact pact/NN/dobj>praised",
        "pact",
        "",
        "",
    ),
}


@pytest.mark.parametrize("name", EVENTS)
def test_events(name: str) -> None:
    notation, noun, holders, phrases = EVENTS[name]
    head = word(parse(notation), noun)
    assert " ".join(token.text for token, _ in nominals.holders(head, LIGHT)) == holders
    found = " ".join(f"{name} {token.text}" for name, token in nominals.noun_prepositions(head, LIGHT))
    assert found == phrases


def test_who_takes_part_after_months_of_talks() -> None:
    doc = parse(
        "After=after/IN/prep>merged talks=talk/NNS/pobj>After ,/,/punct>merged Norvik/NNP/nsubj>merged"
        " and/CC/cc>Norvik Tavira/NNP/conj>Norvik merged=merge/VBD"
    )
    found = list(nominals.adverbial_subjects(word(doc, "talks")))
    assert [(name, token.text, said.text) for name, token, said in found] == [
        ("adverbial", "Norvik", "talks"),
        ("adverbial", "Tavira", "talks"),
    ]


ANCHORS = {
    "copula": "is",
    "as-phrase, object": "hired",
    "object predicate": "named",
    "apposition": "head",
    "include": "include",
}


@pytest.mark.parametrize("name", ANCHORS)
def test_where_the_status_of_a_role_is_read(name: str) -> None:
    notation, noun, *_ = ROLES[name]
    assert nominals.role_anchor(word(parse(notation), noun)).text == ANCHORS[name]
