"""Clause analysis on parses built by hand: who fills which slot of a verb, construction by construction."""

from __future__ import annotations

import pytest

from kg.extract import clauses, slots
from kg.extract.matching import fixed_words
from tests.extract.building import parse, texts, word

#: Construction → parse, verb, and the slots that are filled.
VERBS = {
    "a phrase shared with the next verb": (
        "Moen/NNP/nsubj>lives lives=live/VBZ and/CC/cc>lives works=work/VBZ/conj>lives in/IN/prep>works"
        " Porto/NNP/pobj>in",
        "lives",
        {"subj": "Moen", "in": "Porto"},
    ),
    "an object shared with the next verb": (
        "Moen/NNP/nsubj>founded founded=found/VBD and/CC/cc>founded runs=run/VBZ/conj>founded"
        " Norvik/NNP/dobj>runs",
        "founded",
        {"subj": "Moen", "obj": "Norvik"},
    ),
    "nothing shared over an own phrase": (
        "Moen/NNP/nsubj>lives lives=live/VBZ in/IN/prep>lives Porto/NNP/pobj>in and/CC/cc>lives"
        " works=work/VBZ/conj>lives for/IN/prep>works Norvik/NNP/pobj>for",
        "lives",
        {"subj": "Moen", "in": "Porto"},
    ),
    "after a passive, each verb its own voice": (
        "Moen/NNP/nsubjpass>born was=be/VBD/auxpass>born born=bear/VBN and/CC/cc>born"
        " settled=settle/VBN/conj>born"
        " in/IN/prep>settled Porto/NNP/pobj>in",
        "settled",
        {"subj": "Moen", "obj": "Moen", "in": "Porto"},
    ),
    "a participle before the clause": (
        "Based=base/VBN/prep>grew in/IN/prep>Based Porto/NNP/pobj>in ,/,/punct>grew Norvik/NNP/nsubj>grew"
        " grew=grow/VBD",
        "Based",
        {"obj": "Norvik", "in": "Porto"},
    ),
    "where": (
        "She/PRP/nsubj>left left=leave/VBD Porto/NNP/dobj>left ,/,/punct>Porto where/WRB/advmod>lived"
        " Moen/NNP/nsubj>lived lived=live/VBD/relcl>Porto",
        "lived",
        {"subj": "Moen", "in": "where", "at": "where", "to": "where"},
    ),
    "active": (
        "Norvik/NNP/nsubj>bought bought=buy/VBD Tavira/NNP/dobj>bought from/IN/prep>bought"
        " Corvane/NNP/pobj>from",
        "bought",
        {"subj": "Norvik", "obj": "Tavira", "from": "Corvane"},
    ),
    "passive": (
        "Tavira/NNP/nsubjpass>bought was=be/VBD/auxpass>bought bought=buy/VBN by/IN/agent>bought"
        " Norvik/NNP/pobj>by",
        "bought",
        {"subj": "Norvik", "obj": "Tavira", "by": "Norvik"},
    ),
    "passive without agent": (
        "Tavira/NNP/nsubjpass>bought was=be/VBD/auxpass>bought bought=buy/VBN in/IN/prep>bought"
        " May/NNP/pobj>in",
        "bought",
        {"obj": "Tavira", "in": "May"},
    ),
    "passive with a dative": (
        "Tavira/NNP/nsubjpass>sold was=be/VBD/auxpass>sold sold=sell/VBN to/IN/dative>sold Norvik/NNP/pobj>to"
        " by/IN/agent>sold Corvane/NNP/pobj>by",
        "sold",
        {"subj": "Corvane", "obj": "Tavira", "to": "Norvik", "by": "Corvane"},
    ),
    "relative clause, subject": (
        "Norvik/NNP/nsubj>grew ,/,/punct>Norvik which/WDT/nsubj>bought bought=buy/VBD/relcl>Norvik"
        " Tavira/NNP/dobj>bought ,/,/punct>Norvik grew=grow/VBD",
        "bought",
        {"subj": "which", "obj": "Tavira"},
    ),
    "relative clause, object": (
        "The/DT/det>shop shop/NN/nsubj>closed that/WDT/dobj>bought Norvik/NNP/nsubj>bought"
        " bought=buy/VBD/relcl>shop closed=close/VBD",
        "bought",
        {"subj": "Norvik", "obj": "that"},
    ),
    "relative clause without a pronoun": (
        "The/DT/det>shop shop/NN/nsubj>closed Norvik/NNP/nsubj>bought bought=buy/VBD/relcl>shop"
        " closed=close/VBD",
        "bought",
        {"subj": "Norvik", "obj": "shop"},
    ),
    "stranded preposition": (
        "the/DT/det>shop shop/NN Norvik/NNP/nsubj>relies relies=rely/VBZ/relcl>shop on/IN/prep>relies",
        "relies",
        {"subj": "Norvik", "on": "shop"},
    ),
    "relative clause, passive": (
        "Tavira/NNP/nsubj>grew ,/,/punct>Tavira which/WDT/nsubjpass>bought was=be/VBD/auxpass>bought"
        " bought=buy/VBN/relcl>Tavira by/IN/agent>bought Norvik/NNP/pobj>by ,/,/punct>Tavira grew=grow/VBD",
        "bought",
        {"subj": "Norvik", "obj": "which", "by": "Norvik"},
    ),
    "reduced relative": (
        "Tavira/NNP/nsubj>grew ,/,/punct>Tavira bought=buy/VBN/acl>Tavira by/IN/agent>bought"
        " Norvik/NNP/pobj>by"
        " ,/,/punct>Tavira grew=grow/VBD",
        "bought",
        {"subj": "Norvik", "obj": "Tavira", "by": "Norvik"},
    ),
    "present participle after a noun": (
        "firms=firm/NNS making=make/VBG/acl>firms Orbit/NNP/dobj>making",
        "making",
        {"subj": "firms", "obj": "Orbit"},
    ),
    "present participle after a clause": (
        "Norvik/NNP/nsubj>grew grew=grow/VBD ,/,/punct>grew buying=buy/VBG/advcl>grew Tavira/NNP/dobj>buying",
        "buying",
        {"subj": "Norvik", "obj": "Tavira"},
    ),
    "past participle before a clause": (
        "Founded=found/VBN/advcl>grew by/IN/agent>Founded Moen/NNP/pobj>by ,/,/punct>grew"
        " Norvik/NNP/nsubj>grew"
        " grew=grow/VBD",
        "Founded",
        {"subj": "Moen", "obj": "Norvik", "by": "Moen"},
    ),
    "infinitive": (
        "Norvik/NNP/nsubj>plans plans=plan/VBZ to/TO/aux>buy buy/VB/xcomp>plans Tavira/NNP/dobj>buy",
        "buy",
        {"subj": "Norvik", "obj": "Tavira"},
    ),
    "chain of infinitives below a passive": (
        "Norvik/NNP/nsubjpass>expected is=be/VBZ/auxpass>expected expected=expect/VBN to/TO/aux>try"
        " try/VB/xcomp>expected to/TO/aux>buy buy/VB/xcomp>try Tavira/NNP/dobj>buy",
        "buy",
        {"subj": "Norvik", "obj": "Tavira"},
    ),
    "infinitive below an adjective": (
        "Norvik/NNP/nsubj>is is=be/VBZ likely/JJ/acomp>is to/TO/aux>buy buy/VB/xcomp>likely"
        " Tavira/NNP/dobj>buy",
        "buy",
        {"subj": "Norvik", "obj": "Tavira"},
    ),
    "object control": (
        "Norvik/NNP/nsubj>hired hired=hire/VBD Moen/NNP/dobj>hired to/TO/aux>run run/VB/xcomp>hired"
        " Tavira/NNP/dobj>run",
        "run",
        {"subj": "Moen", "obj": "Tavira"},
    ),
    "subject control": (
        "Norvik/NNP/nsubj>promised promised=promise/VBD Moen/NNP/dobj>promised to/TO/aux>sell"
        " sell/VB/xcomp>promised Tavira/NNP/dobj>sell",
        "sell",
        {"subj": "Norvik", "obj": "Tavira"},
    ),
    "noun with an infinitive": (
        "Norvik/NNP/nsubj>has has=have/VBZ plans=plan/NNS/dobj>has to/TO/aux>buy buy/VB/acl>plans"
        " Tavira/NNP/dobj>buy",
        "buy",
        {"subj": "Norvik", "obj": "Tavira"},
    ),
    "noun with a possessor and an infinitive": (
        "Moen/NNP/nsubj>defended defended=defend/VBD Norvik/NNP/poss>decision 's/POS/case>Norvik"
        " decision/NN/dobj>defended to/TO/aux>sell sell/VB/acl>decision Tavira/NNP/dobj>sell",
        "sell",
        {"subj": "Norvik", "obj": "Tavira"},
    ),
    "noun in a phrase, with an infinitive": (
        "Norvik/NNP/nsubj>is is=be/VBZ in/IN/prep>is talks=talk/NNS/pobj>in to/TO/aux>buy buy/VB/acl>talks"
        " Tavira/NNP/dobj>buy",
        "buy",
        {"subj": "Norvik", "obj": "Tavira"},
    ),
    "gerund below a preposition": (
        "Norvik/NNP/nsubj>grew grew=grow/VBD by/IN/prep>grew buying=buy/VBG/pcomp>by Tavira/NNP/dobj>buying",
        "buying",
        {"subj": "Norvik", "obj": "Tavira"},
    ),
    "coordinated subjects and objects": (
        "Norvik/NNP/nsubj>bought and/CC/cc>Norvik Corvane/NNP/conj>Norvik bought=buy/VBD"
        " Tavira/NNP/dobj>bought"
        " ,/,/punct>Tavira Solvang/NNP/conj>Tavira and/CC/cc>Solvang Helio/NNP/conj>Solvang",
        "bought",
        {"subj": "Norvik Corvane", "obj": "Tavira Solvang Helio"},
    ),
    "coordinated verbs share the subject": (
        "Norvik/NNP/nsubj>bought bought=buy/VBD Tavira/NNP/dobj>bought and/CC/cc>bought"
        " sold=sell/VBD/conj>bought"
        " Solvang/NNP/dobj>sold",
        "sold",
        {"subj": "Norvik", "obj": "Solvang"},
    ),
    "coordinated verbs do not share the voice": (
        "Tavira/NNP/nsubjpass>founded was=be/VBD/auxpass>founded founded=found/VBN by/IN/agent>founded"
        " Moen/NNP/pobj>by and/CC/cc>founded bought=buy/VBD/conj>founded Solvang/NNP/dobj>bought",
        "bought",
        {"subj": "Tavira", "obj": "Solvang"},
    ),
    "coordinated participles share the passive": (
        "Tavira/NNP/nsubjpass>founded was=be/VBD/auxpass>founded founded=found/VBN and/CC/cc>founded"
        " led=lead/VBN/conj>founded by/IN/agent>led Moen/NNP/pobj>by",
        "led",
        {"subj": "Moen", "obj": "Tavira", "by": "Moen"},
    ),
    "an own subject is kept": (
        "Norvik/NNP/nsubj>fell fell=fall/VBD and/CC/cc>fell Tavira/NNP/nsubj>bought bought=buy/VBD/conj>fell"
        " Solvang/NNP/dobj>bought",
        "bought",
        {"subj": "Tavira", "obj": "Solvang"},
    ),
    "phrase on the object": (
        "Norvik/NNP/nsubj>holds holds=hold/VBZ a/DT/det>stake stake/NN/dobj>holds in/IN/prep>stake"
        " Tavira/NNP/pobj>in",
        "holds",
        {"subj": "Norvik", "obj": "stake", "in": "Tavira"},
    ),
    "preposition below a preposition": (
        "Norvik/NNP/nsubj>grew grew=grow/VBD out/IN/prep>grew of/IN/prep>out Tavira/NNP/pobj>of",
        "grew",
        {"subj": "Norvik", "of": "Tavira"},
    ),
    "coordinated objects of a preposition": (
        "Norvik/NNP/nsubj>invested invested=invest/VBD in/IN/prep>invested Tavira/NNP/pobj>in"
        " and/CC/cc>Tavira"
        " Solvang/NNP/conj>Tavira",
        "invested",
        {"subj": "Norvik", "in": "Tavira Solvang"},
    ),
    "receiver and thing": (
        "Norvik/NNP/nsubj>gave gave=give/VBD Moen/NNP/dative>gave a/DT/det>seat seat/NN/dobj>gave",
        "gave",
        {"subj": "Norvik", "obj": "seat", "to": "Moen"},
    ),
    "imperative": ("Buy/VB Tavira/NNP/dobj>Buy", "Buy", {"obj": "Tavira"}),
    "weather": ("It/PRP/nsubj>rained rained=rain/VBD in/IN/prep>rained Oslo/NNP/pobj>in", "rained",
                {"subj": "It", "in": "Oslo"}),
}  # fmt: skip


@pytest.mark.parametrize("name", VERBS)
def test_slots_of_a_verb(name: str) -> None:
    notation, verb, wanted = VERBS[name]
    given = slots.verb_slots(word(parse(notation), verb))
    found = {slot: " ".join(texts(tokens)) for slot, tokens in given.items() if tokens}
    assert {slot: words for slot, words in found.items() if slot[0] not in "+?"} == wanted


def test_a_sum_is_not_what_is_given() -> None:
    doc = parse(
        "Oslo/NNP/nsubj>fined fined=fine/VBD Norvik/NNP/dative>fined 3/CD/nummod>crowns"
        " crowns=crown/NNS/dobj>fined",
        **{"3_crowns": "MONEY"},
    )
    assert texts(clauses.logical_objects(word(doc, "fined"))) == ["Norvik"]


def test_a_day_without_a_preposition_stands_on() -> None:
    doc = parse("Norvik/NNP/nsubj>opened opened=open/VBD Monday/NNP/npadvmod>opened", Monday="DATE")
    assert texts(slots.verb_slots(word(doc, "opened"))["on"]) == ["Monday"]


def test_a_phrase_on_the_date_is_the_verbs() -> None:
    doc = parse(
        "Moen/NNP/nsubjpass>born was=be/VBD/auxpass>born born=bear/VBN on/IN/prep>born May/NNP/pobj>on"
        " in/IN/prep>May Porto/NNP/pobj>in",
        May="DATE",
    )
    assert texts(slots.verb_slots(word(doc, "born"))["in"]) == ["Porto"]


def test_who_profits_from_what_a_participle_says() -> None:
    doc = parse(
        "Norvik/NNP/nsubj>raised raised=raise/VBD cash/NN/dobj>raised in/IN/prep>raised a/DT/det>round"
        " round/NN/pobj>in led=lead/VBN/acl>round by/IN/agent>led Corvane/NNP/pobj>by"
    )
    found = slots.verb_slots(word(doc, "led"))
    assert (texts(found["subj"]), texts(found["obj"]), texts(found["?"])) == (
        ["Corvane"],
        ["round"],
        ["Norvik"],
    )


@pytest.mark.parametrize(
    ("notation", "verb", "wanted"),
    [
        ("was=be/VBD/auxpass>bought bought=buy/VBN", "bought", True),
        ("Norvik/NNP/nsubj>bought has=have/VBZ/aux>bought bought=buy/VBN", "bought", False),
        ("Norvik/NNP/nsubj>bought bought=buy/VBD", "bought", False),
        ("Tavira/NNP bought=buy/VBN/acl>Tavira", "bought", True),
        ("Tavira/NNP buying=buy/VBG/acl>Tavira", "buying", False),
    ],
)
def test_voice(notation: str, verb: str, wanted: bool) -> None:
    assert clauses.is_passive(word(parse(notation), verb)) is wanted


def test_a_particle_belongs_to_its_verb() -> None:
    doc = parse("Norvik/NNP/nsubj>took took=take/VBD Tavira/NNP/dobj>took over/RP/prt>took")
    assert clauses.with_particle(word(doc, "took")) == "take over"


FIXED = {
    "direct object": ("holds=hold/VBZ a/DT/det>stake stake/NN/dobj>holds", "holds", "stake"),
    "adjective of the object": ("has=have/VBZ big/JJ/amod>stakes stakes=stake/NNS/dobj>has", "has", "big"),
    "particle": ("takes=take/VBZ over/RP/prt>takes", "takes", "over"),
    "complement": ("goes=go/VBZ public/JJ/acomp>goes", "goes", "public"),
    "noun of a phrase": ("sits=sit/VBZ on/IN/prep>sits a/DT/det>board board/NN/pobj>on", "sits", "board"),
    "noun and clause": ("a/DT/det>stake stake/NN it/PRP/nsubj>has has=have/VBZ/relcl>stake", "has", "stake"),
}  # fmt: skip


@pytest.mark.parametrize("name", FIXED)
def test_fixed_words(name: str) -> None:
    notation, verb, wanted = FIXED[name]
    assert wanted in fixed_words(word(parse(notation), verb))


def test_words_of_a_name_are_no_fixed_words() -> None:
    doc = parse(
        "Norvik/NNP/nsubj>bought bought=buy/VBD Skagen/NNP/compound>Power Power/NNP/dobj>bought",
        Skagen_Power="ORG",
    )
    assert not {"power", "skagen"} & fixed_words(word(doc, "bought"))


def test_a_long_chain_of_clauses_ends() -> None:
    notation = "Norvik/NNP/nsubj>v0 v0/VBD " + " ".join(f"v{i}/VB/xcomp>v{i - 1}" for i in range(1, 60))
    assert clauses.logical_subjects(word(parse(notation), "v59")) == []
