"""What pronouns and descriptions stand for: on parses built by hand, and in a few texts through the model."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.coref import resolve_references
from kg.extract.discourse import Discourse
from kg.extract.gender import gender_of
from kg.extract.knowledge import Knowledge
from kg.extract.pronouns import Candidate, probabilities, weights
from kg.extract.state import LocalEntity, Named
from kg.model import Document, Extraction, Mention
from kg.ontology import load_ontology
from kg.records import coreference
from tests.extract.building import parse, texts, word

if TYPE_CHECKING:
    from kg.extract import Extractor

PERSONS = {"Moen": "Person", "Weir": "Person"}
FIRMS = {"Norvik": "Organization", "Tidewire": "Organization"}
LEFT = "Moen/NNP/nsubj>left left=leave/VBD Norvik/NNP/dobj>left ././punct>left"
DEAL = (
    "Norvik/NNP/nsubj>sued and/CC/cc>Norvik Tidewire/NNP/conj>Norvik sued=sue/VBD Orrin/NNP/dobj>sued"
    " ././punct>sued"
)

#: Construction → parse, classes of the names, and what each mention that is no name stands for.
TABLE: dict[str, tuple[str, dict[str, str], list[tuple[str, ...]]]] = {
    "subject of the sentence before": (
        f"{LEFT} He=he/PRP/nsubj>slept slept=sleep/VBD",
        PERSONS | FIRMS,
        [("He", "Moen")],
    ),
    "it is no person": (
        f"{LEFT} It=it/PRP/nsubj>fell fell=fall/VBD",
        PERSONS | FIRMS,
        [("It", "Norvik")],
    ),
    "possessive of the subject": (
        "Moen/NNP/nsubj>met met=meet/VBD Weir/NNP/dobj>met at/IN/prep>met his/PRP$/poss>house"
        " house/NN/pobj>at",
        PERSONS,
        [("his", "Moen")],
    ),
    "a kin's name is not the owner": (
        "Weir/NNP/nsubj>met met=meet/VBD her/PRP$/poss>brother brother/NN/dobj>met ,/,/punct>brother"
        " Moen/NNP/appos>brother",
        PERSONS,
        [("her", "Weir")],
    ),
    "not the subject of its own verb": (
        "Weir/NNP/nsubj>slept slept=sleep/VBD ././punct>slept Moen/NNP/nsubj>saw saw=see/VBD"
        " him/PRP/dobj>saw",
        PERSONS,
        [("him", "Weir")],
    ),
    "two possessives of one list": (
        "Moen/NNP/nsubj>met met=meet/VBD Weir/NNP/dobj>met ,/,/punct>met his/PRP$/poss>son son/NN/dobj>met"
        " and/CC/cc>son his/PRP$/poss>dog dog/NN/conj>son",
        PERSONS,
        [("his", "Moen"), ("his", "Moen")],
    ),
    "reflexive": (
        "Moen/NNP/nsubj>sued sued=sue/VBD himself/PRP/dobj>sued",
        PERSONS,
        [("himself", "Moen")],
    ),
    "reflexive beside a name": (
        "Moen/NNP/nsubj>left left=leave/VBD Norvik/NNP/dobj>left ,/,/punct>Norvik itself/PRP/appos>Norvik",
        PERSONS | FIRMS,
        [("itself", "Norvik")],
    ),
    "who": (
        "Weir/NNP/nsubj>met met=meet/VBD Moen/NNP/dobj>met who/WP/nsubj>runs runs=run/VBZ/relcl>Moen"
        " Norvik/NNP/dobj>runs",
        PERSONS | FIRMS,
        [("who", "Moen")],
    ),
    "whose": (
        "Norvik/NNP/nsubj>left ,/,/punct>Norvik whose/WP$/poss>head head/NN/nsubj>slept"
        " slept=sleep/VBD/relcl>Norvik left=leave/VBD",
        FIRMS,
        [("whose", "Norvik")],
    ),
    "an it that stands for nothing": (
        f"{LEFT} It=it/PRP/nsubj>is is=be/VBZ clear/JJ/acomp>is that/IN/mark>fell Moen/NNP/nsubj>fell"
        " fell=fall/VBD/ccomp>is",
        PERSONS | FIRMS,
        [],
    ),
    "they are the pair": (
        f"{DEAL} They=they/PRP/nsubj>won won=win/VBD",
        FIRMS | {"Orrin": "Organization"},
        [("They", "Norvik", "Tidewire")],
    ),
    "both firms": (
        f"{DEAL} Both=both/DT/det>firms firms=firm/NNS/nsubj>won won=win/VBD",
        FIRMS | {"Orrin": "Organization"},
        [("Both firms", "Norvik", "Tidewire")],
    ),
    "the company: the subject before": (
        "Norvik/NNP/nsubj>sued sued=sue/VBD Tidewire/NNP/dobj>sued ././punct>sued"
        " The=the/DT/det>company company/NN/nsubj>won won=win/VBD",
        FIRMS,
        [("The company", "Norvik")],
    ),
    "the company: the only one": (
        f"{LEFT} The=the/DT/det>company company/NN/nsubj>fell fell=fall/VBD",
        PERSONS | FIRMS,
        [("The company", "Norvik")],
    ),
    "the company: one of two, and nothing says which": (
        "Moen/NNP/nsubj>left left=leave/VBD Norvik/NNP/dobj>left for/IN/prep>left Tidewire/NNP/pobj>for"
        " ././punct>left The=the/DT/det>company company/NN/nsubj>fell fell=fall/VBD",
        PERSONS | FIRMS,
        [],
    ),
    "the noun in the name": (
        "Orrin/NNP/compound>Bank Bank=bank/NNP/nsubj>sued sued=sue/VBD Norvik/NNP/dobj>sued ././punct>sued"
        " Norvik/NNP/nsubj>won won=win/VBD ././punct>won The=the/DT/det>bank bank/NN/nsubj>fell"
        " fell=fall/VBD",
        {"Orrin_Bank": "Organization", "Norvik": "Organization"},
        [("The bank", "Orrin Bank")],
    ),
    "the noun in an apposition": (
        "Norvik/NNP/nsubj>sued ,/,/punct>Norvik an/DT/det>airline airline/NN/appos>Norvik ,/,/punct>Norvik"
        " sued=sue/VBD Tidewire/NNP/dobj>sued ././punct>sued Tidewire/NNP/nsubj>won won=win/VBD"
        " ././punct>won The=the/DT/det>airline airline/NN/nsubj>fell fell=fall/VBD",
        FIRMS,
        [("The airline", "Norvik")],
    ),
    "a definite noun that says which one": (
        f"{LEFT} The=the/DT/det>company company/NN/nsubj>fell of/IN/prep>company Weir/NNP/pobj>of"
        " fell=fall/VBD",
        PERSONS | FIRMS,
        [],
    ),
    "a noun that says what a name is": (
        "Moen/NNP/nsubj>left left=leave/VBD Norvik/NNP/dobj>left ././punct>left Tidewire/NNP/nsubj>is"
        " is=be/VBZ the/DT/det>company company/NN/attr>is",
        PERSONS | FIRMS,
        [],
    ),
    "his company is the one he leads": (
        "Moen/NNP/nsubj>sued ,/,/punct>Moen founder/NN/appos>Moen of/IN/prep>founder Norvik/NNP/pobj>of"
        " ,/,/punct>Moen sued=sue/VBD Tidewire/NNP/dobj>sued ././punct>sued"
        " His=his/PRP$/poss>company company/NN/nsubj>won won=win/VBD",
        PERSONS | FIRMS,
        [("His", "Moen"), ("His company", "Norvik")],
    ),
    "his company, and nothing says which": (
        "Moen/NNP/nsubj>sued sued=sue/VBD Tidewire/NNP/dobj>sued ././punct>sued"
        " His=his/PRP$/poss>company company/NN/nsubj>won won=win/VBD",
        PERSONS | FIRMS,
        [("His", "Moen")],
    ),
    "I and we in a quotation": (
        "Norvik/NNP/compound>Moen chief/NN/compound>Moen Moen/NNP/nsubj>said said=say/VBD :/:/punct>said"
        " “/``/punct>know I=i/PRP/nsubj>know know/VBP/ccomp>said that/IN/mark>won we/PRP/nsubj>won"
        " won=win/VBD/ccomp>know ”/''/punct>know",
        PERSONS | FIRMS,
        [("I", "Moen"), ("we", "Norvik")],
    ),
    "we of an organisation": (
        "“/``/punct>sleep We=we/PRP/nsubj>sleep never/RB/neg>sleep sleep/VBP/ccomp>said ,/,/punct>said"
        " ”/''/punct>said Norvik/NNP/nsubj>said said=say/VBD",
        FIRMS,
        [("We", "Norvik")],
    ),
    "a text that opens with he": (
        "He=he/PRP/nsubj>left left=leave/VBD Norvik/NNP/dobj>left",
        FIRMS,
        [("He", "(m)")],
    ),
}


@pytest.fixture(scope="module")
def know() -> Knowledge:
    return Knowledge(load_ontology())


def resolved(
    notation: str, classes: dict[str, str], know: Knowledge
) -> tuple[list[tuple[str, ...]], list[Named], list[LocalEntity]]:
    """What relations may take each mention for that is no name, and the mentions themselves."""
    doc = parse(notation)
    words = texts(doc)
    entities, named = [], []
    for name, kind in classes.items():
        parts = name.split("_")
        starts = [i for i in range(len(words)) if words[i : i + len(parts)] == parts]
        named += [Named(start, start + len(parts), (len(entities),), "name") for start in starts]
        entities.append(LocalEntity(" ".join(parts), kind, ()))
    found = sorted(resolve_references(doc, entities, sorted(named), know))
    rows = [
        (doc[m.start : m.end].text, *(entities[number].name for number in m.entities))
        for m in found
        if m.entities
    ]
    return rows, found, entities


@pytest.mark.parametrize("name", TABLE)
def test_references(name: str, know: Knowledge) -> None:
    notation, classes, wanted = TABLE[name]
    assert resolved(notation, classes, know)[0] == wanted


def test_a_guess_is_kept_where_relations_use_none(know: Knowledge) -> None:
    notation = (
        "He=he/PRP/nsubj>slept slept=sleep/VBD when/WRB/advmod>left Moen/NNP/nsubj>left left/VBD/advcl>slept"
    )
    rows, found, entities = resolved(notation, PERSONS, know)
    assert rows == [("He", "(m)")]
    assert [entities[number].name for number in found[0].guess] == ["Moen"]
    assert 0 < found[0].score <= 1


def test_a_document_without_names_has_persons_all_the_same(know: Knowledge) -> None:
    notation = "He=he/PRP/nsubj>slept slept=sleep/VBD ././punct>slept He=he/PRP/nsubj>left left=leave/VBD"
    rows, found, _ = resolved(notation, {}, know)
    assert rows == [("He", "(m)"), ("He", "(m)")]
    assert found[0].entities == found[1].entities


@pytest.mark.parametrize(
    ("name", "beside", "sex"),
    [
        ("Anna Moen", (), "f"),
        ("Peter Moen", (), "m"),
        ("Moen", ("mrs",), "f"),
        ("Moen", ("his", "sister"), "f"),
        ("Moen", ("actress",), "f"),
        ("Moen", ("king",), "m"),
        ("Moen", (), ""),
        ("(m)", (), "m"),
    ],
)
def test_gender(name: str, beside: tuple[str, ...], sex: str, know: Knowledge) -> None:
    vocab = parse("Moen/NNP").vocab
    assert gender_of(LocalEntity(name, "Person", ()), set(beside), vocab, know.lexicon).sex == sex


def test_gender_rules_persons_out(know: Knowledge) -> None:
    notation = (
        "Anna/NNP/compound>Weir Weir/NNP/nsubj>met met=meet/VBD Peter/NNP/compound>Moen Moen/NNP/dobj>met"
        " ././punct>met He=he/PRP/nsubj>slept slept=sleep/VBD"
    )
    classes = {"Anna_Weir": "Person", "Peter_Moen": "Person"}
    assert resolved(notation, classes, know)[0] == [("He", "Peter Moen")]


def test_quotations_end_with_the_line(know: Knowledge) -> None:
    doc = parse(
        "“/``/punct>sleep We/PRP/nsubj>sleep all/DT/dep>sleep sleep/VBP now/RB/advmod>sleep ”/''/punct>sleep"
    )
    discourse = Discourse(doc, [], [], know)
    assert discourse.quotations == [(1, 5)]
    assert discourse.in_quotes(word(doc, "We"))
    assert not discourse.in_quotes(word(doc, "”"))


CUES = st.dictionaries(st.sampled_from(sorted(weights())), st.just(1.0), max_size=6)


@given(st.lists(st.tuples(st.integers(0, 4), CUES), min_size=1, max_size=8))
def test_probabilities_add_up_and_do_not_depend_on_order(rows: list[tuple[int, dict[str, float]]]) -> None:
    candidates = [Candidate(entity, cues) for entity, cues in rows]
    found = probabilities(candidates)
    assert sum(found.values()) == pytest.approx(1, abs=0.001)
    backwards = probabilities(candidates[::-1])
    assert all(backwards[entity] == pytest.approx(share, abs=0.0002) for entity, share in found.items())


def test_the_work_grows_with_the_text(know: Knowledge) -> None:
    """However long a text, a pronoun is compared with a bounded number of mentions."""
    sizes = []
    sentence = "Moen/NNP/nsubj>left left=leave/VBD his/PRP$/poss>dog dog/NN/dobj>left ././punct>left"
    for times in (30, 60):
        doc = parse(" ".join(itertools.repeat(sentence, times)))
        entities = [LocalEntity("Moen", "Person", ())]
        named = [Named(i, i + 1, (0,), "name") for i in range(0, len(doc), 5)]
        seen: list[int] = []
        resolve_references(doc, entities, named, know, lambda _, found, seen=seen: seen.append(len(found)))
        sizes.append(max(seen))
    assert sizes[0] == sizes[1]


def test_the_record() -> None:
    mentions = (
        Mention(0, 4, "Moen", "Person", "Moen", 3),
        Mention(10, 12, "he", "Person", "Moen", 3, "pronoun"),
    )
    found = Extraction(Document("a", "Moen said he left."), guesses=mentions)
    assert coreference(found) == {
        "document": "a",
        "mentions": [
            {"text": "Moen", "start": 0, "end": 4, "entity": 3},
            {"text": "he", "start": 10, "end": 12, "entity": 3},
        ],
    }


#: Text → mentions that are one thing, in order.
TEXTS = {
    "Anna Moen founded Norvik Systems in Bergen. She sold the company in 2019.": [
        ["Anna Moen", "She"],
        ["Norvik Systems", "the company"],
    ],
    "Norvik Systems makes valves. Its rival Orrin Group sued it in May.": [
        ["Norvik Systems", "Its", "it"],
    ],
    "Norvik Systems and Orrin Group signed a deal. The two companies will share their costs.": [
        ["Norvik Systems", "The two companies", "their"],
        ["Orrin Group", "The two companies", "their"],
    ],
    "Anna Moen met her brother, Daniel. He works for Norvik Systems.": [
        ["Anna Moen", "her"],
        ["Daniel", "He"],
    ],
    "“We are not for sale,” said Anna Moen, chief executive of Norvik Systems.": [
        ["We", "Norvik Systems"],
    ],
}


@pytest.mark.model
@pytest.mark.parametrize("text", TEXTS)
def test_texts(text: str, extractor: Extractor) -> None:
    (found,) = extractor.extract([Document("a", text)])
    chains: dict[int, list[str]] = {}
    for mention in found.guesses:
        assert text[mention.start : mention.end] == mention.text
        chains.setdefault(mention.entity, []).append(mention.text)
    for chain in TEXTS[text]:
        assert chain in chains.values()
