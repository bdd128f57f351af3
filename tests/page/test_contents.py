"""What is on the page: names, order, offsets, and every claim."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.look.names import keys, words
from kg.model import Claim, Document, Entity, Evidence, Fact, Qualifiers
from kg.page import render
from kg.page.contents import contents, utf16_length
from kg.page.table import unpacked
from tests.page.sample import NEWS, sample


def island(html: str) -> dict[str, Any]:
    """The data that a page carries."""
    start = html.index('id="data">') + len('id="data">')
    data: dict[str, Any] = json.loads(html[start : html.index("</script>", start)])
    for name in ("documents", "entities", "facts", "claims"):
        data[name] = unpacked(data[name])
    return data


def told(text: str, trigger: str, status: str = "asserted", number: int = 0) -> Claim:
    """A claim that a sues b, in a document of one sentence."""
    start = text.index(trigger)
    return Claim(
        f"x:claim{number}", Entity("x:a", "A", "x:Firm"), "x:sued", Entity("x:b", "B", "x:Firm"),
        Qualifiers(status=status), Evidence("d", text, 0, len(text), trigger, start, start + len(trigger)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (NEWS + "invested_in", "invested in"),
        ("https://schema.org/worksFor", "works for"),
        (NEWS + "GovernmentAgency", "government agency"),
        ("https://example.org/kg/open/put%20money%20into", "put money into"),
        ("https://example.org/kg/", "kg"),
    ],
)
def test_iris_are_shown_as_words(iri: str, expected: str) -> None:
    assert words(iri) == expected


def test_keys_are_short_where_they_can_be() -> None:
    assert keys(["x:a/One", "x:b/One", "x:b/Two"]) == {
        "x:a/One": "x:a/One",
        "x:b/One": "x:b/One",
        "x:b/Two": "Two",
    }


def test_every_claim_is_on_the_page_once() -> None:
    facts, documents = sample()
    data = island(render(facts, documents))
    assert sorted(claim["iri"] for claim in data["claims"]) == sorted(
        claim.iri for fact in facts for claim in fact.claims
    )
    links = {fact["id"] for fact in data["edges"]}
    assert links == {n for n, fact in enumerate(data["facts"]) if "object" in fact}
    assert len(data["nodes"]) == len(data["entities"]) == 40


def test_every_quote_and_trigger_stands_in_its_document() -> None:
    facts, documents = sample()
    told = {claim.iri: claim.evidence for fact in facts for claim in fact.claims}
    page = contents(facts, documents)
    for claim in page.claims:
        assert "text" not in claim  # what the document's text has is not there twice
        quote = page.texts[claim["document"]][claim["start"] : claim["end"]]
        assert quote == told[claim["iri"]].text
        start, end = claim["trigger"]
        assert quote[start:end] == told[claim["iri"]].trigger


def test_texts_that_are_too_long_leave_their_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    facts, documents = sample()
    monkeypatch.setattr("kg.page.contents.MOST_TEXT", 100)
    page = contents(facts, documents)
    assert page.texts == []
    told = {claim.iri: claim.evidence.text for fact in facts for claim in fact.claims}
    assert {claim["iri"]: claim["text"] for claim in page.claims} == told


@given(before=st.text(), trigger=st.text(min_size=1), after=st.text())
def test_triggers_are_counted_as_javascript_counts(before: str, trigger: str, after: str) -> None:
    text = before + trigger + after
    evidence = Evidence("d", text, 7, 7 + len(text), trigger, 7 + len(before), 7 + len(before) + len(trigger))
    claim = Claim("x:c", Entity("x:a", "A", "x:T"), "x:p", Entity("x:b", "B", "x:T"), Qualifiers(), evidence)
    row = contents([Fact(claim.subject, claim.predicate, claim.object, (claim,))], [])
    start, end = row.claims[0]["trigger"]
    units = text.encode("utf-16-le", "surrogatepass")
    assert units[2 * start : 2 * end] == trigger.encode("utf-16-le", "surrogatepass")
    assert utf16_length(text) == len(units) // 2


def test_the_order_of_the_input_does_not_matter() -> None:
    facts, documents = sample()
    page = render(facts, documents)
    shuffled = [
        Fact(fact.subject, fact.predicate, fact.object, tuple(reversed(fact.claims))) for fact in facts
    ]
    random.Random(7).shuffle(shuffled)
    assert render(shuffled, reversed(documents)) == page


def test_types_and_predicates_can_be_given_labels() -> None:
    facts, documents = sample()
    data = island(
        render(facts, documents, labels={NEWS + "ceo_of": "CEO of", NEWS + "Person": "human being"})
    )
    assert "CEO of" in {row["label"] for row in data["predicates"]}
    assert "Human being" in {row["label"] for row in data["types"]}


def test_a_type_has_the_same_look_on_every_page() -> None:
    facts, documents = sample()
    whole = contents(facts, documents)
    part = contents([fact for fact in facts if words(fact.predicate) == "born in"], documents)
    looks = {row["iri"]: row["look"] for row in whole.types}
    assert [looks[row["iri"]] for row in part.types] == [row["look"] for row in part.types]
    assert len(set(looks.values())) == len(looks)


def test_a_trigger_outside_its_sentence_is_not_shown() -> None:
    claim = told("A sued B.", "sued")
    outside = Claim(
        claim.iri, claim.subject, claim.predicate, claim.object, claim.qualifiers,
        Evidence("d", "A sued B.", 0, 9, "sued", 40, 44),
    )  # fmt: skip
    row = contents(
        [Fact(claim.subject, claim.predicate, claim.object, (outside,))], [Document("d", "A sued B.")]
    )
    assert "trigger" not in row.claims[0]


def test_who_only_speaks_has_a_card_but_no_place_on_the_map() -> None:
    claim = told("A sued B, the Herald wrote.", "sued")
    herald = Entity("x:herald", "The Herald", "x:Paper")
    quoted = replace(claim, attributed_to=herald)
    data = island(render([Fact(claim.subject, claim.predicate, claim.object, (quoted,))], []))
    assert [entity["name"] for entity in data["entities"]] == ["A", "B", "The Herald"]
    assert data["claims"][0]["speaker"] == 2
    assert len(data["nodes"]) == 2
