"""What holds of the extraction of any text: spans, triggers, references, and the same again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.characters import writable
from kg.claims import claims
from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.model import STATUSES, Document, Extraction, Literal, Mention, Run
from kg.page import render
from kg.resolve import resolve
from kg.update import tell_endless

if TYPE_CHECKING:
    from kg.extract import Extractor

pytestmark = pytest.mark.model
#: ``make fuzz`` tries that many times as much.
TIMES = int(os.environ.get("FUZZ", "1"))

NAMES = [
    "Norvik Energy",
    "Tavira Foods Ltd.",
    "Karin Moen",
    "Moen",
    "Oslo",
    "Orbit",
    "the company",
    "it",
    "She",
]
VERBS = [
    "bought",
    "plans to buy",
    "did not sue",
    "was founded by",
    "has a stake in",
    "may invest $2 million in",
]
JOINTS = [
    "",
    " (NRV)",
    ", backed by Helio Batteries,",
    ", which Peter Amsel runs,",
    " and Corvane Systems",
    "’s rival",
]
ENDS = [
    ".",
    " in 2019.",
    ", Reuters reported.",
    "?",
    "",
    " last year.",
    "…",
    " 🎉",
    "\u2028",
    "\r\n",
    "\n\n",
    "\t",
]
SENTENCES = st.builds(
    lambda one, joint, verb, two, end: f"{one}{joint} {verb} {two}{end}",
    *(st.sampled_from(words) for words in (NAMES, JOINTS, VERBS, NAMES, ENDS)),
)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=4).flatmap(
    lambda found: st.sampled_from([" ", "\n", "\r\n\r\n", "\n\n"]).map(lambda glue: glue.join(found))
)
#: Anything at all, with what breaks tokenisers: emoji with joiners, right-to-left, no-break spaces.
WILD = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("AZaz .\n\u00a0\u200d\u202e👩‍🔬()")),
    max_size=80,
)

few = settings(
    max_examples=40 * TIMES,
    deadline=None,
    derandomize=TIMES == 1,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def check(found: Extraction) -> None:
    """All that must hold of an extraction."""
    text = found.document.text
    for mention in found.mentions:
        quoted(text, mention)
    for relation in found.relations:
        evidence = relation.evidence
        assert text[evidence.start : evidence.end] == evidence.text
        assert evidence.text == evidence.text.strip()
        assert evidence.start <= evidence.trigger_start < evidence.trigger_end <= evidence.end
        assert text[evidence.trigger_start : evidence.trigger_end] == evidence.trigger
        assert relation.qualifiers.status in STATUSES
        for end in (relation.head, relation.tail, relation.attributed_to):
            if isinstance(end, Mention):
                quoted(text, end)
                assert end in found.mentions or end.kind in ("implicit", "demonym")
            if isinstance(end, Literal):
                assert text[end.start : end.end] == end.text
        if isinstance(relation.tail, Mention):
            assert relation.head.entity != relation.tail.entity
        assert relation.phrase.strip()


def quoted(text: str, mention: Mention) -> None:
    assert text[mention.start : mention.end] == mention.text
    assert mention.text.strip()
    assert mention.name.strip() or mention.kind == "pronoun"  # a "she" whom the text never names


def extracted(extractor: Extractor, text: str) -> Extraction:
    (found,) = extractor.extract([Document("any", text, date="2025-03-14")])
    return found


@few
@given(text=TEXTS)
def test_any_news_is_quoted_exactly(extractor: Extractor, text: str) -> None:
    check(extracted(extractor, text))


@few
@given(text=WILD)
def test_any_text_is_quoted_exactly(extractor: Extractor, text: str) -> None:
    check(extracted(extractor, text))


@settings(few, max_examples=15)
@given(text=TEXTS)
def test_the_same_text_gives_the_same_again(extractor: Extractor, text: str) -> None:
    assert extracted(extractor, text) == extracted(extractor, text)


@settings(few, max_examples=10)
@given(one=TEXTS, two=TEXTS)
def test_a_document_does_not_know_of_others(extractor: Extractor, one: str, two: str) -> None:
    alone = extracted(extractor, two)
    *_, after = extractor.extract([Document("first", one), Document("any", two, date="2025-03-14")])
    assert after == alone


@settings(few, max_examples=12 * TIMES)
@given(text=st.tuples(WILD, TEXTS, WILD).map(" ".join))
def test_any_text_is_quoted_exactly_by_the_graph_that_is_built_of_it(extractor: Extractor, text: str) -> None:
    found = extracted(extractor, writable(text))
    resolution = resolve([found], extractor.ontology)
    with KnowledgeGraph.memory(extractor.ontology) as graph:
        graph.add(claims(found, resolution, extractor.ontology), [found.document], Run("1", "m", "o"))
        (kept,) = graph.documents()
        assert kept.text == found.document.text
        for claim in graph.claims():
            evidence = claim.evidence
            assert kept.text[evidence.start : evidence.end] == evidence.text
            assert kept.text[evidence.trigger_start : evidence.trigger_end] == evidence.trigger
        shown = render(graph.facts(), graph.documents())
    assert shown.rstrip().endswith("</html>")


def test_a_sentence_that_is_too_long_is_told_and_the_others_are_searched(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extractor.know, "longest", 20)
    long = " and ".join(["Norvik Energy bought Tavira Foods"] * 5) + "."
    found = extracted(extractor, f"{long}\n\nNorvik Energy sued Helio Batteries.")
    assert {relation.predicate for relation in found.relations} == {"sued"}
    ((start, words),) = found.endless
    assert (start, words > 20) == (0, True)
    told: list[InputError] = []
    tell_endless(found, told.append)
    assert [str(error) for error in told] == [
        f"any: a sentence of {words} words, from character 0, was not searched for relations; "
        f"search it with --limit sentence={words}"
    ]
    monkeypatch.setattr(extractor.know, "longest", words)
    again = extracted(extractor, f"{long}\n\nNorvik Energy sued Helio Batteries.")
    assert {relation.predicate for relation in again.relations} == {"acquired", "sued"}
    assert again.endless == ()


def test_an_empty_text_says_nothing(extractor: Extractor) -> None:
    for text in ("", " ", "\n\n", "\ufeff", "…"):
        found = extracted(extractor, text)
        assert (found.mentions, found.relations, found.rejections) == ((), (), ())
