"""Frames over hand-built parses, under a small ontology written here: relations, and refusals with"
" reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Extraction, Mention
from kg.ontology import Ontology, load_ontology
from tests.extract.building import parse, relations

ONTOLOGY = """
@prefix : <https://example.org/club#> .
@prefix lex: <https://w3id.org/claimgraph/lex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/club> a owl:Ontology .
:Player a owl:Class ; lex:nerLabel "PERSON" ; lex:noun "player"@en , "keeper"@en .
:Club a owl:Class ; lex:nerLabel "ORG" ; lex:noun "club"@en .
:Team a owl:Class ; rdfs:subClassOf :Club .
:Town a owl:Class ; lex:nerLabel "GPE" .
:elm a :Town ; rdfs:label "Elm"@en ; lex:demonym "Elmian"@en .

:plays_for a owl:ObjectProperty ; rdfs:domain :Player ; rdfs:range :Club ;
    lex:verb "play for"@en , "Y sign X"@en , "join"@en ; lex:noun "captain"@en , "keeper at"@en ;
    lex:ends "leave"@en ; lex:not "join choir"@en ; skos:example "A plays for B."@en .
:beat a owl:ObjectProperty ; rdfs:domain :Club ; rdfs:range :Club ;
    lex:verb "beat"@en , "win match against"@en , "win against"@en ; lex:event "victory over"@en ,
        "win against"@en ; skos:example "A beat B."@en .
:rival_of a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:domain :Club ; rdfs:range :Club ;
    lex:verb "compete with"@en , "merge with"@en ; lex:noun "rival"@en ; lex:event "rivalry with"@en ,
        "rivalry between"@en ; skos:example "A competes with B."@en .
:trained_by a owl:ObjectProperty ; rdfs:domain :Player ; rdfs:range :Player ; owl:inverseOf :trains ;
    skos:example "A is trained by B."@en .
:trains a owl:ObjectProperty ; rdfs:domain :Player ; rdfs:range :Player ; lex:verb "train"@en .
:home_of a owl:ObjectProperty ; rdfs:domain :Club ; rdfs:range :Town ;
    lex:verb "base X in Y"@en , "stand in"@en ; lex:compound "Y-based X"@en , "X of Y"@en ;
    lex:origin "Y X"@en ; lex:adjective "native to"@en ;
    skos:example "A of B."@en .
:backs a owl:ObjectProperty ; rdfs:domain :Club ; rdfs:range :Player ; lex:compound "X-backed Y"@en ;
    skos:example "A-backed B."@en .
:founded_on a owl:DatatypeProperty ; rdfs:domain :Club ; rdfs:range xsd:date , xsd:gYear ;
    lex:verb "found X in Y"@en ; skos:example "A was founded in 1900."@en .
:worth a owl:DatatypeProperty ; rdfs:domain :Player ; rdfs:range xsd:decimal ; lex:verb "value X at Y"@en ;
    skos:example "A is valued at $3 million."@en .
"""


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    path: Path = tmp_path_factory.mktemp("club") / "club.ttl"
    path.write_text(ONTOLOGY, encoding="utf-8")
    return load_ontology(path)


def said(found: Extraction) -> list[str]:
    """The relations as "subject predicate object", with " status" where it is not asserted."""
    lines = []
    for relation in found.relations:
        tail, status = relation.tail, relation.qualifiers.status
        name = tail.name if isinstance(tail, Mention) else f"{tail.value}^^{tail.datatype}"
        status = "" if status == "asserted" else f" {status}"
        lines.append(f"{relation.head.name} {relation.predicate} {name}{status}")
    return sorted(set(lines))


NAMES = {"Ada": "Player", "Bo": "Player", "Reds": "Club", "Blues": "Club", "Greens": "Team", "Elm": "Town"}

#: Frame kind and construction → parse, and what it says.
SAID = {
    "a passive of two is mutual": (
        "Reds/NNP/nsubjpass>merged and/CC/cc>Reds Blues/NNP/conj>Reds were=be/VBD/auxpass>merged"
        " merged=merge/VBN",
        ["Reds rival_of Blues"],
    ),
    "adjective between owner and name": (
        "Ada/NNP/nsubj>won won=win/VBD in/IN/prep>won Reds/NNP/poss>Elm 's/POS/case>Reds native/JJ/amod>Elm"
        " Elm/NNP/pobj>in",
        ["Reds home_of Elm"],
    ),
    "verb": (
        "Ada/NNP/nsubj>plays plays=play/VBZ for/IN/prep>plays Reds/NNP/pobj>for",
        ["Ada plays_for Reds"],
    ),
    "verb, of a subclass": (
        "Ada/NNP/nsubj>plays plays=play/VBZ for/IN/prep>plays Greens/NNP/pobj>for",
        ["Ada plays_for Greens"],
    ),
    "verb with swapped places": (
        "Reds/NNP/nsubj>signed signed=sign/VBD Ada/NNP/dobj>signed",
        ["Ada plays_for Reds"],
    ),
    "verb with swapped places, passive": (
        "Ada/NNP/nsubjpass>signed was=be/VBD/auxpass>signed signed=sign/VBN by/IN/agent>signed"
        " Reds/NNP/pobj>by",
        ["Ada plays_for Reds"],
    ),
    "each of two subjects with each of two objects": (
        "Reds/NNP/nsubj>beat and/CC/cc>Reds Blues/NNP/conj>Reds beat/VBD Greens/NNP/dobj>beat",
        ["Blues beat Greens", "Reds beat Greens"],
    ),
    "the longest frame wins": (
        "Reds/NNP/nsubj>won won=win/VBD the/DT/det>match match/NN/dobj>won against/IN/prep>match"
        " Blues/NNP/pobj>against",
        ["Reds beat Blues"],
    ),
    "ends": ("Ada/NNP/nsubj>left left=leave/VBD Reds/NNP/dobj>left", ["Ada plays_for Reds ended"]),
    "an ending that is planned": (
        "Ada/NNP/nsubj>leave will/MD/aux>leave leave/VB Reds/NNP/dobj>leave",
        ["Ada plays_for Reds"],
    ),
    "an ending that is denied": (
        "Ada/NNP/nsubj>leave did=do/VBD/aux>leave not/RB/neg>leave leave/VB Reds/NNP/dobj>leave",
        ["Ada plays_for Reds"],
    ),
    "a phrase that says where, hung on another": (
        "Reds/NNP/nsubj>stand stand/VBP on/IN/prep>stand a/DT/det>hill hill/NN/pobj>on in/IN/prep>hill"
        " Elm/NNP/pobj>in",
        ["Reds home_of Elm"],
    ),
    "the place of a thing, hung on its material": (
        "Reds/NNP/nsubj>are are=be/VBP a/DT/det>maker maker/NN/attr>are of/IN/prep>maker shirts/NNS/pobj>of"
        " based=base/VBN/acl>shirts in/IN/prep>based Elm/NNP/pobj>in",
        ["Reds home_of Elm"],
    ),
    "noun, copula": (
        "Ada/NNP/nsubj>is is=be/VBZ the/DT/det>captain captain/NN/attr>is of/IN/prep>captain"
        " Reds/NNP/pobj>of",
        ["Ada plays_for Reds"],
    ),
    "noun, possessive": (
        "Reds/NNP/poss>captain 's/POS/case>Reds captain/NN/nsubj>fell ,/,/punct>captain Ada/NNP/appos>captain"
        " ,/,/punct>captain fell=fall/VBD",
        ["Ada plays_for Reds"],
    ),
    "noun, former": (
        "Ada/NNP/nsubj>fell ,/,/punct>Ada a/DT/det>captain former/JJ/amod>captain captain/NN/appos>Ada"
        " of/IN/prep>captain Reds/NNP/pobj>of ,/,/punct>Ada fell=fall/VBD",
        ["Ada plays_for Reds ended"],
    ),
    "noun with its own preposition": (
        "Ada/NNP/nsubj>is is=be/VBZ a/DT/det>keeper keeper/NN/attr>is at/IN/prep>keeper Reds/NNP/pobj>at",
        ["Ada plays_for Reds"],
    ),
    "event, possessive": (
        "Reds/NNP/poss>victory 's/POS/case>Reds victory/NN/nsubj>came over/IN/prep>victory"
        " Blues/NNP/pobj>over"
        " came=come/VBD",
        ["Reds beat Blues"],
    ),
    "event, by": (
        "a/DT/det>victory victory/NN/nsubj>came over/IN/prep>victory Blues/NNP/pobj>over by/IN/prep>victory"
        " Reds/NNP/pobj>by came=come/VBD",
        ["Reds beat Blues"],
    ),
    "event, light verb": (
        "Reds/NNP/nsubj>recorded recorded=record/VBD a/DT/det>win win/NN/dobj>recorded against/IN/prep>win"
        " Blues/NNP/pobj>against",
        ["Reds beat Blues"],
    ),
    "event, between": (
        "the/DT/det>rivalry rivalry/NN/nsubj>grew between/IN/prep>rivalry Reds/NNP/pobj>between"
        " and/CC/cc>Reds"
        " Blues/NNP/conj>Reds grew=grow/VBD",
        ["Reds rival_of Blues"],
    ),
    "symmetric verb": (
        "Reds/NNP/nsubj>compete compete/VBP with/IN/prep>compete Blues/NNP/pobj>with",
        ["Reds rival_of Blues"],
    ),
    "symmetric verb, two subjects": (
        "Reds/NNP/nsubj>merged and/CC/cc>Reds Blues/NNP/conj>Reds merged=merge/VBD",
        ["Reds rival_of Blues"],
    ),
    "inverse only": ("Ada/NNP/nsubj>trains trains=train/VBZ Bo/NNP/dobj>trains", ["Bo trained_by Ada"]),
    "compound before a name": (
        "Elm/NNP/npadvmod>based _-/HYPH/punct>based _based=base/VBN/amod>Reds Reds/NNP/nsubj>won won=win/VBD",
        ["Reds home_of Elm"],
    ),
    "compound, the other way round": (
        "Reds/NNP/npadvmod>backed _-/HYPH/punct>backed _backed=back/VBN/amod>Ada Ada/NNP/nsubj>won"
        " won=win/VBD",
        ["Reds backs Ada"],
    ),
    "adjective": (
        "Reds/NNP/nsubj>are are=be/VBP native/JJ/acomp>are to/IN/prep>native Elm/NNP/pobj>to",
        ["Reds home_of Elm"],
    ),
    "a year": (
        "Reds/NNP/nsubjpass>founded was=be/VBD/auxpass>founded founded=found/VBN in/IN/prep>founded"
        " 1904/CD/pobj>in",
        ["Reds founded_on 1904^^xsd:gYear"],
    ),
    "not": (
        "Ada/NNP/nsubj>play does=do/VBZ/aux>play not/RB/neg>play play/VB for/IN/prep>play Reds/NNP/pobj>for",
        ["Ada plays_for Reds denied"],
    ),
}

#: What says nothing.
SILENT = {
    "no frame": "Ada/NNP/nsubj>praised praised=praise/VBD Reds/NNP/dobj>praised",
    "names side by side": "Ada/NNP/nsubj>smiled smiled=smile/VBD at/IN/prep>smiled Reds/NNP/pobj>at",
    "a common noun in the slot": "Ada/NNP/nsubj>plays plays=play/VBZ for/IN/prep>plays time/NN/pobj>for",
    "no subject": "was=be/VBD/auxpass>beaten beaten=beat/VBN Reds/NNP/dobj>beaten",
    "itself": "Reds/NNP/nsubj>beat beat/VBD Reds/NNP/dobj>beat",
    "blocked": "Ada/NNP/nsubj>joined joined=join/VBD the/DT/det>choir choir/NN/dobj>joined of/IN/prep>choir"
    " Reds/NNP/pobj>of",
    "another preposition": "Ada/NNP/nsubj>plays plays=play/VBZ near/IN/prep>plays Reds/NNP/pobj>near",
    "no date": "Reds/NNP/nsubjpass>founded was=be/VBD/auxpass>founded founded=found/VBN in/IN/prep>founded"
    " Elm/NNP/pobj>in",
}

#: What domain and range refuse, and the reason that is given.
REFUSED = {
    "object": (
        "Ada/NNP/nsubj>plays plays=play/VBZ for/IN/prep>plays Bo/NNP/pobj>for",
        "object Bo is Player, plays_for wants Club",
    ),
    "subject": (
        "Reds/NNP/nsubj>play play/VBP for/IN/prep>play Blues/NNP/pobj>for",
        "subject Reds is Club, plays_for wants Player",
    ),
    "symmetric": (
        "Reds/NNP/nsubj>compete compete/VBP with/IN/prep>compete Ada/NNP/pobj>with",
        "Ada is Player, rival_of wants Club",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_said(club: Ontology, name: str) -> None:
    notation, wanted = SAID[name]
    assert said(built(notation, club)) == wanted


@pytest.mark.parametrize("name", SILENT)
def test_silent(club: Ontology, name: str) -> None:
    assert said(built(SILENT[name], club)) == []


@pytest.mark.parametrize("name", REFUSED)
def test_refused(club: Ontology, name: str) -> None:
    notation, reason = REFUSED[name]
    found = built(notation, club)
    assert said(found) == []
    assert reason in " / ".join(refusal.reason for refusal in found.rejections)


def built(notation: str, ontology: Ontology) -> Extraction:
    """What a parse says, with those of the usual names that stand in it."""
    present = {name: kind for name, kind in NAMES.items() if f"{name}/" in notation}
    doc = parse(notation, **({"1904": "DATE"} if "1904" in notation else {}))
    return relations(doc, ontology, **present)


def test_an_amount_of_money_as_object(club: Ontology) -> None:
    doc = parse(
        "Ada/NNP/nsubjpass>valued is=be/VBZ/auxpass>valued valued=value/VBN at/IN/prep>valued"
        " $/$/quantmod>million"
        " _3/CD/compound>million million/CD/pobj>at",
        **{"$_3_million": "MONEY"},
    )
    found = relations(doc, club, Ada="Player")
    (relation,) = found.relations
    assert (relation.predicate, relation.tail.value, relation.tail.currency) == ("worth", "3000000", "USD")  # type: ignore[union-attr]


def test_the_evidence_of_a_built_relation(club: Ontology) -> None:
    (relation,) = built(SAID["verb"][0], club).relations
    evidence = relation.evidence
    assert (evidence.text, evidence.trigger, relation.phrase) == ("Ada plays for Reds", "plays", "plays for")


def test_an_origin_is_the_home_of_a_club(club: Ontology) -> None:
    doc = parse(
        "Reds/NNP/nsubj>won ,/,/punct>Reds an/DT/det>club Elmian/JJ/amod>club club/NN/appos>Reds"
        " ,/,/punct>Reds"
        " won=win/VBD"
    )
    found = relations(doc, club, Reds="Club", Elmian="Town")
    assert said(found) == ["Reds home_of Elmian"]
