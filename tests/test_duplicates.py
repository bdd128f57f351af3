"""Documents that repeat one another: which do, which do not, and that they are one source."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.duplicates import copies
from kg.graph import KnowledgeGraph
from kg.model import Document
from tests.factories import ONTOLOGY, RUN, all_claims, extraction
from tests.running import ROOT

WIRE = (
    "Halden Group said on Monday that it had agreed to buy the food company Ostara for three billion dollars"
    " in cash. The deal needs the consent of the regulators in Norway and Sweden, who are expected to decide"
    " by the end of the year. Mira Solberg, who has led Ostara since it was founded, will stay for two years."
    " Shares of Halden fell by four percent in Oslo, while those of Ostara rose to the price of the offer."
)
OTHER = (
    "Halden Group is close to a deal for Ostara, two people who know of the talks said. The price that is"
    " discussed is about three billion dollars, of which a third would be paid in shares. Ostara, which was"
    " founded by Mira Solberg, makes bread and sells it in Norway, Sweden and the Baltic states."
)


@pytest.mark.parametrize(
    ("text", "is_copy"),
    [
        (WIRE, True),
        (WIRE.upper(), True),
        (f"OSLO (Quill Wire) - {WIRE}\n\nReporting by Ida Roth", True),
        (WIRE.replace("three billion", "3.1 billion").replace("on Monday ", ""), True),
        (WIRE[: len(WIRE) * 3 // 4], True),
        (WIRE[: len(WIRE) // 3], False),
        (OTHER, False),
        (OTHER + WIRE[:200], False),
    ],
)
def test_what_repeats_a_text(text: str, is_copy: bool) -> None:
    assert copies([Document("a", WIRE), Document("b", text)]) == ({"b": "a"} if is_copy else {})


def test_short_texts_repeat_only_what_is_the_same() -> None:
    texts = ["Halden bought Ostara.", "Halden sold Ostara.", "HALDEN BOUGHT OSTARA", "", "...", "Halden"]
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    assert copies(documents) == {"2": "0"}


def test_the_first_is_the_earliest_then_the_smallest_id() -> None:
    dates = {"a": None, "b": "2024-03-06", "c": "2024-03-05", "d": "2024-03-05"}
    documents = [Document(id_, WIRE, date=date) for id_, date in dates.items()]
    assert copies(documents) == {"a": "c", "b": "c", "d": "c"}


WORDS = WIRE.split()
TEXTS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(50, len(WORDS))).map(lambda cut: " ".join(WORDS[slice(*cut)])),
    max_size=6,
)


@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(texts: list[str], random: object) -> None:
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    shuffled = list(documents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert copies(documents) == copies(shuffled)


@pytest.mark.parametrize("folder", ["seeds", "tests/gold"])
def test_articles_of_their_own_are_none_of_them_copies(folder: str) -> None:
    files = sorted(Path(ROOT, folder).rglob("*.txt"))
    documents = [Document(file.as_posix(), file.read_text(encoding="utf-8")) for file in files]
    assert copies(documents) == {}


def test_copies_are_one_source() -> None:
    again = f"OSLO (Quill Wire) - {WIRE}\n"
    said = ("Halden Group", "acquired", "Ostara")
    found = [extraction(id_, text, said) for id_, text in (("a", WIRE), ("b", again), ("c", OTHER))]
    with KnowledgeGraph.memory(ONTOLOGY) as graph:
        graph.add(all_claims(found), [one.document for one in found], RUN)
        (row,) = graph.query("corroboration")
        assert (int(row.independent), int(row.documents), int(row.claims)) == (2, 3, 3)
        (copy,) = graph.query(
            "SELECT ?a ?b { ?x kg:copyOf ?y . ?x dcterms:identifier ?a . ?y dcterms:identifier ?b }"
        )
        assert (str(copy.a), str(copy.b)) == ("b", "a")
