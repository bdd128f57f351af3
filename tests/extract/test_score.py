"""Scores: probabilities that follow the cues, the same in every run, and --min-score that goes by them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import UsageError
from kg.extract import Extractor
from kg.extract.score import HIGHEST, LOWEST, probability, weights
from kg.model import Document, Relation
from tests.running import run_kg

#: More of these must never make a relation surer.
DOUBTS = (
    "class not certain",
    "doubt what it stands for",
    "far apart",
    "far from trigger",
    "long sentence",
    "names between",
    "other readings",
    "object pronoun",
    "repeated",
    "subject pronoun",
    "unread word of status",
)
SURE = "Orbix acquired Kestra."
values = st.floats(0, 20, allow_nan=False)
some_cues = st.dictionaries(st.sampled_from([*sorted(weights()), "unknown"]), values)


@given(some_cues)
def test_a_score_is_a_probability_of_two_decimals(cues: dict[str, float]) -> None:
    score = probability(cues)
    assert LOWEST <= score <= HIGHEST
    assert score == round(score, 2)


@given(some_cues, st.sampled_from(DOUBTS), values, values)
def test_more_doubt_never_makes_it_surer(cues: dict[str, float], cue: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert probability({**cues, cue: high}) <= probability({**cues, cue: low})


@given(some_cues)
def test_the_order_of_the_cues_is_nothing(cues: dict[str, float]) -> None:
    assert probability(dict(reversed(cues.items()))) == probability(cues)


def test_the_file_is_sorted_and_small() -> None:
    assert list(weights()) == sorted(weights())
    assert "bias" in weights()
    assert len(weights()) < 80


def relations(extractor: Extractor, text: str) -> list[Relation]:
    [extraction] = extractor.extract([Document("a", text)])
    return list(extraction.relations)


@pytest.mark.model
@pytest.mark.parametrize(
    ("sure", "unsure"),
    [
        (
            "Orbix acquired Kestra.",
            "Orbix, a rival of Tamsin Motors and Varley Foods, is going to buy Kestra.",
        ),
        ("Mary Keane founded Orbix.", "Mary Keane met Ruth Adler in Oslo. She is also the founder of Orbix."),
        (
            "Orbix invested in Kestra in 2019.",
            "Investors in Kestra, which Mary Keane runs from Oslo, include the Halden Group and Orbix.",
        ),
    ],
)
def test_the_plain_sentence_is_the_surer_one(extractor: Extractor, sure: str, unsure: str) -> None:
    [plain] = relations(extractor, sure)
    others = [r for r in relations(extractor, unsure) if r.predicate == plain.predicate]
    assert others
    assert plain.score is not None
    assert all(r.score is not None and r.score < plain.score for r in others)


@pytest.mark.model
def test_every_relation_of_the_ontology_has_a_score(extractor: Extractor) -> None:
    text = "Kestra (founded 1999) bought Orbix, valued at $3 million. Ruth Adler (born 3 May 1970) leads it."
    found = relations(extractor, text)
    assert found
    assert all(r.score is not None and 0 < r.score < 1 for r in found)


@pytest.mark.model
def test_min_score_leaves_out_what_is_less_probable(tmp_path: Path) -> None:
    text = "Orbix acquired Kestra. Varley Foods, a rival of Tamsin Motors and Orbix, is going to buy Norvik."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    everything = _records(tmp_path, "0")
    scores = sorted({record["score"] for record in everything})
    assert len(scores) > 1
    least = scores[-1]
    kept = _records(tmp_path, str(least))
    assert kept == [record for record in everything if record["score"] >= least]
    full, sure = kg.build(str(tmp_path / "a.txt")), kg.build(str(tmp_path / "a.txt"), min_score=least)
    assert {claim.score for claim in sure.claims()} == {least}
    assert len(list(full.claims())) > len(list(sure.claims()))


def _records(folder: Path, least: str) -> list[dict[str, Any]]:
    arguments = ["extract", str(folder / "a.txt"), "--format", "jsonl", "--min-score", least]
    return [json.loads(line) for line in run_kg(arguments).stdout.splitlines()]


@pytest.mark.model
def test_min_score_is_part_of_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SURE, encoding="utf-8")
    options = "SELECT ?run ?option { ?run a prov:Activity OPTIONAL { ?run kg:option ?option } }"
    found = [
        [(str(row.run), row.option and str(row.option)) for row in graph.query(options)]
        for graph in (kg.build(str(tmp_path / "a.txt"), min_score=least) for least in (0.0, 0.50))
    ]
    assert [[option for _, option in rows] for rows in found] == [[None], ["min_score=0.5"]]
    assert found[0][0][0] != found[1][0][0]


def test_min_score_is_a_probability() -> None:
    with pytest.raises(UsageError, match="from 0 to 1"):
        kg.build("seeds/*.txt", min_score=70)
    assert "--min-score" in run_kg(["build", "seeds", "--min-score", "70"], code=2).stderr
