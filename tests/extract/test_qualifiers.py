"""Status and source on parses built by hand: each kind of cue, its scope, and who says so."""

from __future__ import annotations

import pytest

from kg.extract.knowledge import Knowledge
from kg.extract.qualifiers import is_definite, read_clause
from kg.ontology import load_ontology
from tests.extract.building import parse, word


@pytest.fixture(scope="module")
def know() -> Knowledge:
    return Knowledge(load_ontology())


BUY = "buy/VB/{}>{} Tavira/NNP/dobj>buy"

#: Cue → parse, the word whose status is read, the status.
CUES = {
    "past": ("Norvik/NNP/nsubj>bought bought=buy/VBD Tavira/NNP/dobj>bought", "bought", "asserted"),
    "present": ("Norvik/NNP/nsubj>owns owns=own/VBZ Tavira/NNP/dobj>owns", "owns", "asserted"),
    "will": ("Norvik/NNP/nsubj>buy will/MD/aux>buy buy/VB Tavira/NNP/dobj>buy", "buy", "planned"),
    "may": ("Norvik/NNP/nsubj>buy may/MD/aux>buy buy/VB Tavira/NNP/dobj>buy", "buy", "possible"),
    "could": ("Norvik/NNP/nsubj>buy could/MD/aux>buy buy/VB Tavira/NNP/dobj>buy", "buy", "possible"),
    "would": ("Norvik/NNP/nsubj>buy would/MD/aux>buy buy/VB Tavira/NNP/dobj>buy", "buy", "possible"),
    "would, below said": (
        "Moen/NNP/nsubj>said said=say/VBD Norvik/NNP/nsubj>buy would/MD/aux>buy buy/VB/ccomp>said"
        " Tavira/NNP/dobj>buy",
        "buy",
        "planned",
    ),
    "not": (
        "Norvik/NNP/nsubj>buy did=do/VBD/aux>buy not/RB/neg>buy buy/VB Tavira/NNP/dobj>buy",
        "buy",
        "denied",
    ),
    "never": ("Norvik/NNP/nsubj>bought never/RB/neg>bought bought=buy/VBD", "bought", "denied"),
    "may not": (
        "Norvik/NNP/nsubj>buy may/MD/aux>buy not/RB/neg>buy buy/VB Tavira/NNP/dobj>buy",
        "buy",
        "possible",
    ),
    "plans to": (
        "Norvik/NNP/nsubj>plans plans=plan/VBZ to/TO/aux>buy " + BUY.format("xcomp", "plans"),
        "buy",
        "planned",
    ),
    "is set to": (
        "Norvik/NNP/nsubjpass>set is=be/VBZ/auxpass>set set/VBN to/TO/aux>buy " + BUY.format("xcomp", "set"),
        "buy",
        "planned",
    ),
    "is likely to": (
        "Norvik/NNP/nsubj>is is=be/VBZ likely/JJ/acomp>is to/TO/aux>buy " + BUY.format("xcomp", "likely"),
        "buy",
        "possible",
    ),
    "seeks to": (
        "Norvik/NNP/nsubj>seeks seeks=seek/VBZ to/TO/aux>buy " + BUY.format("xcomp", "seeks"),
        "buy",
        "possible",
    ),
    "refused to": (
        "Norvik/NNP/nsubj>refused refused=refuse/VBD to/TO/aux>buy " + BUY.format("xcomp", "refused"),
        "buy",
        "denied",
    ),
    "stopped": (
        "Norvik/NNP/nsubj>stopped stopped=stop/VBD using=use/VBG/xcomp>stopped Orbit/NNP/dobj>using",
        "using",
        "ended",
    ),
    "began to": (
        "Norvik/NNP/nsubj>began began=begin/VBD to/TO/aux>use use/VB/xcomp>began Orbit/NNP/dobj>use",
        "use",
        "asserted",
    ),
    "plans to begin to": (
        "Norvik/NNP/nsubj>plans plans=plan/VBZ to/TO/aux>begin begin/VB/xcomp>plans to/TO/aux>use"
        " use/VB/xcomp>begin",
        "use",
        "planned",
    ),
    "gerund": ("Norvik/NNP/nsubj>denied denied=deny/VBD buying=buy/VBG/xcomp>denied", "buying", "denied"),
    "without": (
        "Norvik/NNP/nsubj>grew grew=grow/VBD without/IN/prep>grew buying=buy/VBG/pcomp>without"
        " Tavira/NNP/dobj>buying",
        "buying",
        "denied",
    ),
    "if": (
        "If=if/IN/mark>buys Norvik/NNP/nsubj>buys buys=buy/VBZ/advcl>strike Tavira/NNP/dobj>buys"
        " they/PRP/nsubj>strike strike/VBP",
        "buys",
        "possible",
    ),
    "question": ("Norvik/NNP/nsubj>buy buy/VB Tavira/NNP/dobj>buy ?/./punct>buy", "buy", "possible"),
    "adverb": ("Norvik/NNP/nsubj>bought perhaps/RB/advmod>bought bought=buy/VBD", "bought", "possible"),
    "formerly": ("Norvik/NNP/nsubj>owned formerly/RB/advmod>owned owned=own/VBD", "owned", "ended"),
    "still": ("Norvik/NNP/nsubj>owns still/RB/advmod>owns owns=own/VBZ", "owns", "asserted"),
    "former": (
        "a/DT/det>head former/JJ/amod>head head/NN of/IN/prep>head Norvik/NNP/pobj>of",
        "head",
        "ended",
    ),
    "ex-": (
        "an/DT/det>head ex/NN/compound>head _-/HYPH/punct>head _head/NN of/IN/prep>head",
        "head",
        "ended",
    ),
    "plans, a noun": (
        "Norvik/NNP/nsubj>has has=have/VBZ plans=plan/NNS/dobj>has to/TO/aux>buy "
        + BUY.format("acl", "plans"),
        "buy",
        "planned",
    ),
    "no plans": (
        "Norvik/NNP/nsubj>has has=have/VBZ no/DT/det>plans plans=plan/NNS/dobj>has to/TO/aux>buy "
        + BUY.format("acl", "plans"),
        "buy",
        "denied",
    ),
    "in talks to": (
        "Norvik/NNP/nsubj>is is=be/VBZ in/IN/prep>is talks=talk/NNS/pobj>in to/TO/aux>buy "
        + BUY.format("acl", "talks"),
        "buy",
        "possible",
    ),
}

#: What reaches the trigger and what does not.
SCOPE = {
    "denied that it plans": (
        "Norvik/NNP/nsubj>denied denied=deny/VBD that/IN/mark>plans it/PRP/nsubj>plans"
        " plans=plan/VBZ/ccomp>denied"
        " to/TO/aux>buy " + BUY.format("xcomp", "plans"),
        "buy",
        "denied",
    ),
    "did not deny": (
        "Norvik/NNP/nsubj>deny did=do/VBD/aux>deny not/RB/neg>deny deny/VB buying=buy/VBG/xcomp>deny",
        "buying",
        "possible",
    ),
    "not, two clauses up": (
        "Moen/NNP/nsubj>say did=do/VBD/aux>say not/RB/neg>say say/VB Norvik/NNP/nsubj>plans"
        " plans=plan/VBZ/ccomp>say to/TO/aux>buy " + BUY.format("xcomp", "plans"),
        "buy",
        "denied",
    ),
    "the negation of another clause": (
        "Norvik/NNP/nsubj>bought bought=buy/VBD Tavira/NNP/dobj>bought but/CC/cc>bought did=do/VBD/aux>sell"
        " not/RB/neg>sell sell/VB/conj>bought Solvang/NNP/dobj>sell",
        "bought",
        "asserted",
    ),
    "the negation of the clause before": (
        "Norvik/NNP/nsubj>sell did=do/VBD/aux>sell not/RB/neg>sell sell/VB Solvang/NNP/dobj>sell"
        " but/CC/cc>sell"
        " bought=buy/VBD/conj>sell Tavira/NNP/dobj>bought",
        "bought",
        "asserted",
    ),
    "will, over two verbs": (
        "Norvik/NNP/nsubj>buy will/MD/aux>buy buy/VB Tavira/NNP/dobj>buy and/CC/cc>buy sell/VB/conj>buy"
        " Solvang/NNP/dobj>sell",
        "sell",
        "planned",
    ),
    "a relative clause is on its own": (
        "Norvik/NNP/nsubj>sell will/MD/aux>sell sell/VB Tavira/NNP/dobj>sell ,/,/punct>Tavira"
        " which/WDT/dobj>bought"
        " it/PRP/nsubj>bought bought=buy/VBD/relcl>Tavira",
        "bought",
        "asserted",
    ),
    "an adverbial clause is on its own": (
        "Norvik/NNP/nsubj>sell will/MD/aux>sell sell/VB Tavira/NNP/dobj>sell because/IN/mark>bought"
        " it/PRP/nsubj>bought bought=buy/VBD/advcl>sell Solvang/NNP/dobj>bought",
        "bought",
        "asserted",
    ),
    "a cue below the trigger": (
        "Norvik/NNP/nsubj>bought bought=buy/VBD Tavira/NNP/dobj>bought ,/,/punct>Tavira which/WDT/nsubj>grow"
        " will/MD/aux>grow grow/VB/relcl>Tavira",
        "bought",
        "asserted",
    ),
    "a noun that is sold": (
        "Norvik/NNP/nsubj>sold sold=sell/VBD its/PRP$/poss>stake stake/NN/dobj>sold in/IN/prep>stake"
        " Tavira/NNP/pobj>in",
        "stake",
        "ended",
    ),
}


@pytest.mark.parametrize("name", list(CUES | SCOPE))
def test_status(know: Knowledge, name: str) -> None:
    notation, anchor, wanted = (CUES | SCOPE)[name]
    assert read_clause(word(parse(notation), anchor), know).status == wanted


def test_what_the_sentence_takes_for_granted_is_not_in_doubt(know: Knowledge) -> None:
    doc = parse(
        "Norvik/NNP/nsubj>sue may/MD/aux>sue sue/VB its/PRP$/poss>backer backer/NN/dobj>sue ,/,/punct>backer"
        " Tavira/NNP/appos>backer"
    )
    assert read_clause(word(doc, "backer"), know, granted=True).status == "asserted"


#: Who says so: parse, trigger, the speakers.
SPEAKERS = {
    "nobody": ("Norvik/NNP/nsubj>bought bought=buy/VBD Tavira/NNP/dobj>bought", "bought", ""),
    "said": (
        "Moen/NNP/nsubj>said said=say/VBD Norvik/NNP/nsubj>bought bought=buy/VBD/ccomp>said"
        " Tavira/NNP/dobj>bought",
        "bought",
        "Moen",
    ),
    "said, behind": (
        "Norvik/NNP/nsubj>bought bought=buy/VBD/ccomp>said Tavira/NNP/dobj>bought ,/,/punct>said"
        " Moen/NNP/nsubj>said said=say/VBD",
        "bought",
        "Moen",
    ),
    "two speakers": (
        "Moen/NNP/nsubj>said and/CC/cc>Moen Weir/NNP/conj>Moen said=say/VBD Norvik/NNP/nsubj>bought"
        " bought=buy/VBD/ccomp>said",
        "bought",
        "Moen Weir",
    ),
    "above a plan": (
        "Moen/NNP/nsubj>said said=say/VBD Norvik/NNP/nsubj>plans plans=plan/VBZ/ccomp>said to/TO/aux>buy "
        + BUY.format("xcomp", "plans"),
        "buy",
        "Moen",
    ),
    "according to": (
        "Norvik/NNP/nsubj>bought bought=buy/VBD Tavira/NNP/dobj>bought ,/,/punct>bought"
        " according=accord/VBG/prep>bought to/IN/prep>according the/DT/det>Courier Courier/NNP/pobj>to",
        "bought",
        "Courier",
    ),
    "as reported by": (
        "As=as/IN/mark>reported reported=report/VBN/advcl>bought by/IN/agent>reported Courier/NNP/pobj>by"
        " ,/,/punct>bought Norvik/NNP/nsubj>bought bought=buy/VBD",
        "bought",
        "Courier",
    ),
    "denied": (
        "Norvik/NNP/nsubj>denied denied=deny/VBD that/IN/mark>bought it/PRP/nsubj>bought"
        " bought=buy/VBD/ccomp>denied",
        "bought",
        "Norvik",
    ),
    "beside the clause": (
        "Norvik/NNP/nsubj>bought bought=buy/VBD Tavira/NNP/dobj>bought ,/,/punct>bought the/DT/det>Post"
        " Post/NNP/nsubj>reported reported=report/VBD/parataxis>bought ./././punct>bought",
        "bought",
        "Post",
    ),
    "at the end, its subject beside a name": (
        "Norvik/NNP/nsubj>bought bought=buy/VBD Tavira/NNP/dobj>bought ,/,/punct>Tavira the/DT/det>Post"
        " Post/NNP/appos>Tavira reported=report/VBD/advcl>bought",
        "bought",
        "Post",
    ),
    "a report in a paper": (
        "A/DT/det>report report/NN/nsubj>said in/IN/prep>report Herald/NNP/pobj>in said=say/VBD"
        " Norvik/NNP/nsubj>bought bought=buy/VBD/ccomp>said Tavira/NNP/dobj>bought",
        "bought",
        "Herald",
    ),
    "analysts expect": (
        "Analysts=analyst/NNS/nsubj>expect expect/VBP Norvik/NNP/nsubj>buy to/TO/aux>buy"
        " buy/VB/ccomp>expect Tavira/NNP/dobj>buy",
        "buy",
        "Analysts",
    ),
}


@pytest.mark.parametrize("name", SPEAKERS)
def test_speakers(know: Knowledge, name: str) -> None:
    notation, anchor, wanted = SPEAKERS[name]
    found = read_clause(word(parse(notation), anchor), know).speakers
    assert " ".join(token.text for token in found) == wanted


@pytest.mark.parametrize(
    ("notation", "wanted"),
    [
        ("its/PRP$/poss>stake stake/NN", True),
        ("the/DT/det>stake stake/NN", True),
        ("a/DT/det>stake stake/NN", False),
        ("stake/NN", False),
    ],
)
def test_definite(notation: str, wanted: bool) -> None:
    assert is_definite(word(parse(notation), "stake")) is wanted
