"""What the store infers, on the page: lines of their own with the facts that they follow from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from kg.graph import KnowledgeGraph
from kg.model import Claim, Document, Entity, Evidence, Qualifiers
from kg.ontology import Axiom, Ontology, load_ontology
from kg.page import make_page, reasoned
from kg.page.contents import Contents, Row, contents
from kg.page.drawing import drawing
from kg.vocab import NEWS
from tests.page.test_contents import island
from tests.page.test_doing import spaced

BASE = "https://example.org/kg/entity/"


DEFAULT = load_ontology()


def law(*axioms: str) -> Ontology:
    """``p < q`` is a sub-property, ``p ^ q`` an inverse, ``p ~ p`` symmetric, ``p + p`` transitive."""
    kinds = {"<": "subPropertyOf", "^": "inverseOf", "~": "symmetric", "+": "transitive"}
    terms = [axiom.split() for axiom in axioms]
    found = (Axiom(kinds[kind], str(NEWS[term]), str(NEWS[other])) for term, kind, other in terms)
    return replace(DEFAULT, axioms=tuple(sorted(found)))


def graph(said: Iterable[str], *axioms: str) -> KnowledgeGraph:
    """A graph of sentences like ``Alba part_of Bryn``, each in a document of its own; ``?`` is planned."""
    made = KnowledgeGraph.memory(law(*axioms))
    claims, documents = [], []
    said = list(said)
    for sentence in said:
        n = sorted(said).index(sentence)
        subject, relation, target = sentence.rstrip("?").split()
        one, other = (Entity(f"{BASE}{name}", name, str(NEWS.Organization)) for name in (subject, target))
        text, start = f"{subject} {relation} {target}.", len(subject) + 1
        evidence = Evidence(f"d{n}", text, 0, len(text), relation, start, start + len(relation))
        status = "planned" if sentence.endswith("?") else "asserted"
        claims.append(Claim(f"x:c{n}", one, str(NEWS[relation]), other, Qualifiers(status), evidence))
        documents.append(Document(f"d{n}", text, f"Report {n}"))
    made.add(claims, documents)
    return made


def shown(made: KnowledgeGraph) -> Contents:
    """What its page holds."""
    return contents(made.facts(), made.documents(), reasoned=reasoned(made))


def lines(page: Contents) -> Iterator[str]:
    """What is inferred on a page, with the facts that it follows from."""

    def triple(fact: Row) -> str:
        subject, target = page.entities[fact["subject"]]["name"], page.entities[fact["object"]]["name"]
        return f"{subject} {page.predicates[fact['predicate']]['key']} {target}"

    for row in page.inferred:
        yield f"{triple(row)} <- {', '.join(triple(page.facts[n]) for n in row['premises'])}"


@pytest.mark.parametrize(
    ("axioms", "said", "expected"),
    [
        ([], ["A part_of B", "B part_of C"], []),
        (
            ["part_of + part_of"],
            ["A part_of B", "B part_of C"],
            ["A part_of C <- A part_of B, B part_of C"],
        ),
        (["part_of + part_of"], ["A part_of B", "B part_of C?"], []),
        (["part_of + part_of"], ["A part_of B", "B part_of C", "A part_of C"], []),
        (["part_of + part_of"], ["A part_of B", "B part_of A"], []),
        (["part_of < within"], ["A part_of B"], []),
        (["part_of ~ part_of"], ["A part_of B"], []),
        (
            ["part_of + part_of", "part_of < within", "part_of ^ has_part"],
            ["Z part_of B", "A has_part B"],
            ["Z part_of A <- Z part_of B, A has_part B"],
        ),
        (
            ["near + near", "near ~ near"],
            ["A near B", "B near C"],
            ["A near C <- A near B, B near C"],
        ),
        (
            ["within + within", "part_of < within"],
            ["A part_of B", "B within C", "C part_of D"],
            [
                "A within C <- A part_of B, B within C",
                "B within D <- B within C, C part_of D",
                "A within D <- A part_of B, B within C, C part_of D",
            ],
        ),
    ],
)
def test_chains_are_drawn_once_and_repetitions_not(
    axioms: list[str], said: list[str], expected: list[str]
) -> None:
    page = shown(graph(said, *axioms))
    assert list(lines(page)) == expected
    assert page == shown(graph(reversed(said), *reversed(axioms)))


def test_a_part_infers_only_from_what_it_shows() -> None:
    made = graph(["A part_of B", "B part_of C", "C part_of D"], "part_of + part_of")
    table = island(make_page(made, "", {"around": "A", "depth": 2}).html)["inferred"]
    assert [row[table["columns"].index("premises")] for row in table["rows"]] == [[0, 1]]


def test_what_is_inferred_moves_nothing_and_is_no_fact() -> None:
    said = ["A part_of B", "B part_of C", "A supplies C"]
    plain, more = (shown(graph(said, *law)) for law in ((), ("part_of + part_of",)))
    assert replace(more, inferred=[], chains=[]) == plain
    assert drawing(more).nodes == drawing(plain).nodes
    assert [edge["id"] for edge in drawing(more).edges] == [0, 1, 2, 3]


@pytest.fixture(scope="module")
def html() -> str:
    said = ["Alba part_of Bryn", "Bryn part_of Corran", "Corran part_of Dalton", "Alba supplies Dalton?"]
    return make_page(graph(said, "part_of + part_of", "part_of ^ has_part"), "Parts", {}).html


def test_an_inferred_line_shows_its_grounds(watch: Any, html: str) -> None:
    window = watch(html)
    page = window.open("#f=Alba~part_of~Corran")
    text = spaced(page.inner_text("#card"))
    assert "no sentence says so. It follows from 2 facts" in text
    assert page.locator("#card blockquote").all_inner_texts() == [
        "Alba part_of Bryn.",
        "Bryn part_of Corran.",
    ]
    page.locator("#card .triple-link").first.click()
    assert "Which means: Bryn has part Alba." in page.inner_text("#card")
    page.locator("#card .entity").first.click()
    assert "It follows from: Alba part of Bryn; Bryn part of Corran." in spaced(page.inner_text("#card"))
    assert page.inner_text("#shown") == "4 of 4 entities · 4 of 4 facts shown"
    window.assert_quiet()


DRAWN = {
    "#no-status=inferred": 4,
    "#no-status=asserted,planned,possible,denied,ended": 3,
    "#no-document=Report%200": 4,  # Alba is part of nothing then
    "#no-relation=part_of": 1,
    "#hidden=Bryn": 4,
    "#focus=Alba": 4,
}


def test_inferred_lines_go_with_their_grounds(watch: Any, html: str) -> None:
    window = watch(html)
    assert window.open().evaluate("claimgraph.map.edges().length") == 7
    found = {link: window.go(link).evaluate("claimgraph.map.edges().length") for link in DRAWN}
    assert found == DRAWN
    window.assert_quiet()
