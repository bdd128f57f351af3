"""Names of several documents: each reason with a case in which it holds, and one in which it does not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.decisions import Called, Decision, Decisions, Merge, Pin, Split
from kg.model import Extraction
from kg.ontology import load_ontology
from kg.resolve import Outcome, compare
from kg.resolve.names import acronym, body_name, initials, person_name
from kg.vocab import local_name
from tests.gold.names import document

LAW = load_ontology()
Document = tuple[Extraction, dict[int, str]]


def texts(*marked: str, facts: dict[int, list[list[str]]] | None = None) -> list[Document]:
    """Documents d0, d1 … in the markup of the gold of names."""
    known = facts or {}
    return [document({"id": f"d{i}", "text": text, "facts": known.get(i)}) for i, text in enumerate(marked)]


def outcome(documents: Sequence[Document], *decided: Decision) -> Outcome:
    return compare([found for found, _ in documents], LAW, decisions=Decisions.of(iter(decided)))


def groups(documents: Sequence[Document], found: Outcome) -> set[frozenset[tuple[str, str]]]:
    """Which things of which documents were put together."""
    things = [(e.document.id, number, name) for e, known in documents for number, name in known.items()]
    iris = {(id_, name): found.resolution.lookup[id_, number].iri for id_, number, name in things}
    return {frozenset(item for item in iris if iris[item] == iri) for iri in iris.values()}


def wanted(documents: Sequence[Document]) -> set[frozenset[tuple[str, str]]]:
    """The same as the markup says."""
    items = [(e.document.id, name) for e, known in documents for name in known.values()]
    return {frozenset(item for item in items if item[1] == name) for _, name in items}


CASES = {
    "legal suffix": ["[Halden Inc.](o:a) rose.", "[Halden AG](o:a) fell."],
    "accents, case and &": ["[Bébé & Co](o:a), [ORIEL](o:b).", "[Bebe and Co](o:a), [Oriel](o:b)."],
    "a title": ["[Dr Mira Solberg](p:a) spoke.", "[Mira Solberg](p:a) sang."],
    "family name first": ["[Solberg, Mira](p:a) spoke.", "[Mira Solberg](p:a) sang."],
    "a family name is nobody elsewhere": ["[Mira Solberg](p:a) spoke.", "[Solberg](p:b) sang."],
    "one word for a kind is nothing elsewhere": ["The [Bank](o:a) fell.", "The [Bank](o:b) rose."],
    "gazetteer": ["In [Burma](l:a).", "In [Myanmar](l:a)."],
    "acronym told": ["The [North Sea Trust](o:a) ([NST](o:a)).", "[NST](o:a) sold."],
    "acronym with a third name": [
        "[North Sea Trust](o:a) sued [Halden](o:b).", "[NST](o:a) sued [Halden](o:b)."
    ],
    "acronym that nothing tells": ["[North Sea Trust](o:a) rose.", "[NST](o:b) fell."],
    "acronym of two": [
        "The [North Sea Trust](o:a) ([NST](o:a)) sued [Halden](o:b).",
        "The [New Star Theatre](o:c) ([NST](o:c)) sang with [Oriel](o:d).",
        "[NST](o:a) won against [Halden](o:b).",
        "[NST](o:e) is a word.",
    ],
    "short name told": ["[Halden Systems](o:a) is rich. [Halden](o:a) is big.", "[Halden](o:a) sells."],
    "short name of two": [
        "[Halden Systems](o:a) is rich. [Halden](o:a) is big.",
        "[Halden Opera](o:b) is poor. [Halden](o:b) is small.",
        "[Halden](o:c) sells.",
    ],
    "a part is another": ["[Halden Research](o:a) won. [Halden](o:a) is clever.", "[Halden](o:b) sells."],
    "a short name of common words": [
        "The [National League Party](o:a) won. [National League](o:a) cheers.",
        "[National League](o:b) plays.",
    ],
    "an acronym is a name of its own": ["[NST Halden](o:a) rose. [NST](o:a) fell.", "[NST](o:b) sells."],
    "a name of other words": ["[Two Halden Place](o:a), also [Vesper](o:a).", "[Vesper](o:b) sells."],
    "no text says so": ["[Halden Systems](o:a) is rich.", "[Halden](o:b) sells."],
    "what a text names beside it is another": [
        "[Halden Motors](o:a) and [Halden](o:b) are two.", "[Halden Motors](o:a) grows. [Halden](o:b) too."
    ],
    "a word for a firm": [
        "[Halden Systems Group](o:a) sued [Oriel](o:b).", "[Halden Systems](o:a) beat [Oriel](o:b)."
    ],
    "a word for a firm, and nothing else": ["[Halden Systems Group](o:a).", "[Halden Systems](o:b)."],
    "one letter": ["[Kolmar Steel](o:a) sued [Oriel](o:b).", "[Kollmar Steel](o:a) beat [Oriel](o:b)."],
    "one letter alone": ["[Kolmar Steel](o:a) sued.", "[Kollmar Steel](o:b) won."],
    "one letter of two people": [
        "[Martin Weller](p:a) and [Marten Weller](p:b) own [Oriel](o:c).",
        "[Marten Weller](p:b) left [Oriel](o:c).",
    ],
    "a number is no mistake": ["[Vesper 12](o:a) and [Oriel](o:c).", "[Vesper 13](o:b) and [Oriel](o:c)."],
    "middle name": ["[Mira K. Solberg](p:a) of [Oriel](o:b).", "[Mira Solberg](p:a) left [Oriel](o:b)."],
    "middle name alone": ["[Mira K. Solberg](p:a) sang.", "[Mira Solberg](p:b) left."],
    "initial": ["[M. Solberg](p:a) of [Oriel](o:b).", "[Mira Solberg](p:a) left [Oriel](o:b)."],
    "initial of two": [
        "[M. Solberg](p:a) of [Oriel](o:b).",
        "[Mira Solberg](p:c) left [Oriel](o:b).",
        "[Mona Solberg](p:d) joined [Oriel](o:b).",
    ],
    "order": ["[Tanaka Hiroshi](p:a) of [Oriel](o:b).", "[Hiroshi Tanaka](p:a) left [Oriel](o:b)."],
    "order alone": ["[James Martin](p:a) sang.", "[Martin James](p:b) left."],
    "a son": ["[Ivo Brandt Jr.](p:a) of [Oriel](o:b).", "[Ivo Brandt](p:c) of [Oriel](o:b)."],
    "classes": ["[Lincoln](l:a) is a town.", "[Lincoln](o:b) makes cars."],
    "organs of two states": [
        "The [Supreme Court](o:a) of [Norway](l:n).",
        "The [Supreme Court](o:b) of [India](l:i).",
        "In [Norway](l:n) the [Supreme Court](o:a) sat.",
    ],
    "organs of one state": ["The [Ministry of Finance](o:a).", "The [Finance Ministry](o:a)."],
    "universities are not turned": [
        "[York University](o:a) and [Oriel](o:c).", "[University of York](o:b), [Oriel](o:c)."
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_rules(name: str) -> None:
    documents = texts(*CASES[name])
    assert groups(documents, outcome(documents)) == wanted(documents)


def test_whom_a_document_has_its_news_from_says_little() -> None:
    documents = texts(
        "[North Sea Trust](o:a) rose, [Quill Wire](o:q) said.", "[NST](o:b) fell, [Quill Wire](o:q) said."
    )
    sources = []
    for found, things in documents:
        (wire,) = (mention for mention in found.mentions if mention.name == "Quill Wire")
        told = tuple(replace(relation, attributed_to=wire) for relation in found.relations)
        sources.append((replace(found, relations=told), things))
    assert len(outcome(documents).resolution.entities) == 2
    assert groups(sources, outcome(sources)) == wanted(sources)


def people(*rows: tuple[str, str, list[str]]) -> list[Document]:
    """A document a row: who John Smith is there, his employer ("" where there is none), other names."""
    documents = []
    for i, (who, employer, others) in enumerate(rows):
        names = [employer, *others] if employer else others
        text = f"[John Smith](p:{who})" + "".join(f" [{name}](o:{name})" for name in names)
        facts = [[who, "works_for", employer]] if employer else []
        documents.append(document({"id": f"d{i}", "text": text, "facts": facts}))
    return documents


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "Halden", []), ("b", "Oriel", [])],
        [("a", "Halden", []), ("a", "Oriel", ["Halden"])],
        [("a", "Halden", []), ("a", "", ["Halden"]), ("b", "Oriel", [])],
        [("a", "Halden", ["Vesper", "Norda"]), ("a", "Oriel", ["Vesper", "Norda"])],
        [("a", "Halden", ["Vesper"]), ("b", "Oriel", ["Vesper"])],
        [("a", "Halden", []), ("a", "", []), ("a", "", ["Vesper"])],
        [("a", "Halden", []), ("b", "Oriel", []), ("c", "", [])],
        [("a", "Halden", []), ("b", "Oriel", []), ("c", "", ["Halden", "Oriel"])],
        [*[("a", "Halden", [])] * 9, ("b", "Oriel", []), ("a", "", [])],
    ],
)
def test_two_people_of_one_name(rows: list[tuple[str, str, list[str]]]) -> None:
    documents = people(*rows)
    found = {
        group for group in groups(documents, outcome(documents)) if len({n for _, n in group} & set("abc"))
    }
    assert found == {group for group in wanted(documents) if len({n for _, n in group} & set("abc"))}


NAMES = [
    "[North Sea Trust](o:a)", "[NST](o:b)", "[Halden Systems](o:c)", "[Halden](o:d)", "[Mira Solberg](p:e)",
    "[M. Solberg](p:f)", "[Solberg](p:g)", "[Supreme Court](o:h)", "[Norway](l:i)", "[Halden Systms](o:j)",
    "[Halden Systems Group](o:k)", "[Halden](l:l)", "[Mira K. Solberg](p:m)", "[Burma](l:n)",
]  # fmt: skip


@given(
    st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True), min_size=1, max_size=7),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None)
def test_the_result_is_a_function_of_the_set(given_names: list[list[str]], shuffle: random.Random) -> None:
    documents = texts(*(" ".join(names) for names in given_names))
    expected = outcome(documents).resolution
    shuffled = shuffle.sample(documents, len(documents))
    assert outcome(shuffled).resolution == expected
    assert len({entity.iri for entity in expected.entities}) == len(expected.entities)
    assert set(expected.lookup.values()) == set(expected.entities)


# ---- decisions --------------------------------------------------------------------------------------

ORIEL = Called("Oriel", "Organization")
HALDEN = Called("Halden", "Organization")


def names(found: Outcome) -> dict[str, str]:
    return {local_name(entity.iri): entity.name for entity in found.resolution.entities}


def test_a_merge() -> None:
    documents = texts("[Halden](o:a) rose.", "[Halden](o:a) and [Oriel](o:b) fell.")
    found = outcome(documents, Merge(HALDEN, ORIEL))
    assert names(found) == {"Oriel": "Oriel"}
    (entity,) = found.resolution.entities
    assert entity.aliases == ("Halden",)
    assert [local_name(iri) for iri in entity.replaces] == ["Halden"]
    assert found.resolution.unused == ()


def test_a_merge_of_one_documents_thing() -> None:
    documents = texts("[Halden](o:a) rose.", "[Halden](o:b) fell.", "[Oriel](o:b) sings.")
    found = outcome(documents, Merge(Called("Halden", "Organization", "d1"), ORIEL))
    assert groups(documents, found) == wanted(documents)
    assert names(found) == {"Halden": "Halden", "Oriel": "Oriel"}


def test_merges_in_a_row_and_across_classes() -> None:
    documents = texts("[Halden](o:a) rose.", "[Oriel](o:a) fell.", "[Vesper](d:a) is sold.")
    found = outcome(documents, Merge(HALDEN, ORIEL), Merge(ORIEL, Called("Vesper", "Product")))
    (entity,) = found.resolution.entities
    assert (entity.name, local_name(entity.type)) == ("Vesper", "Product")


def test_a_split_of_a_name() -> None:
    documents = texts(*CASES["acronym told"])
    assert len(outcome(documents).resolution.entities) == 1
    apart = outcome(documents, Split(Called("NST", "Organization")))
    assert names(apart) == {"NST": "NST", "North_Sea_Trust": "North Sea Trust"}


def test_a_split_of_a_document() -> None:
    documents = texts("[Halden](o:a) rose.", "[Halden](o:b) fell.", "[Halden](o:a) sings.")
    found = outcome(documents, Split(Called("Halden", "Organization", "d1")))
    assert groups(documents, found) == wanted(documents)


def test_pins_keep_their_iris_when_a_rule_joins_them() -> None:
    documents = texts(*CASES["acronym told"])
    pin = Pin("NST", "NST", "Organization")
    assert names(outcome(documents, pin)) == {"NST": "North Sea Trust"}
    both = outcome(documents, pin, Pin("Trust", "North Sea Trust", "Organization"))
    assert names(both) == {"NST": "NST", "Trust": "North Sea Trust"}


def test_what_fits_nothing_is_told() -> None:
    nowhere = Called("Vesper", "Organization")
    decided = [Merge(nowhere, ORIEL), Split(nowhere), Pin("Vesper", "Vesper", "Organization")]
    found = outcome(texts("[Oriel](o:a) sings."), *decided)
    assert found.resolution.unused == tuple(sorted(str(decision) for decision in decided))
    assert "the merge of Vesper (Organization) into Oriel (Organization)" in found.resolution.unused


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Sir Ivo Brandt", "ivo brandt"), ("Dr Brandt", "dr brandt"), ("Brandt, Sr.", "brandt sr")],
)
def test_names_of_people(name: str, expected: str) -> None:
    assert person_name(name) == expected


def test_names_of_organs() -> None:
    assert body_name("Department of the Interior") == "interior department"
    assert body_name("Ministry of Sound") == "ministry of sound"


def test_acronyms() -> None:
    assert acronym("A.B.C.") == "ABC"
    assert acronym("ABCDEFGH") == ""
    assert "NST" in initials("North-Sea Trust Ltd")
