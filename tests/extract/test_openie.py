"""Open propositions: constructions on hand-kept parses (``openie.yaml``), and a few through the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy
import yaml
from spacy.tokens import Doc

from kg.extract.openie import propositions
from kg.extract.snapshot import snapshot
from kg.model import Document, Relation
from tests.running import run_kg

if TYPE_CHECKING:
    from kg.extract import Extractor

TABLE = Path(__file__).with_name("openie.yaml")
ROWS = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
SAYERS = frozenset(("say", "tell"))
VOCAB = spacy.blank("en").vocab


def parsed(words: str) -> Doc:
    """The Doc of words that are written ``text/pos/tag/dependency/head`` with ``/B-ORG`` for names."""
    rows = [word.split("/") for word in words.split()]
    doc = Doc(
        VOCAB,
        words=[row[0] for row in rows],
        pos=[row[1] for row in rows],
        tags=[row[2] for row in rows],
        deps=[row[3] for row in rows],
        heads=[int(row[4]) for row in rows],
        ents=[row[5] if len(row) > 5 else "O" for row in rows],
        lemmas=[_lemma(row[0]) for row in rows],
    )
    return snapshot(doc)


def _lemma(word: str) -> str:
    return {"said": "say", "told": "tell", "was": "be", "is": "be"}.get(word, word.lower())


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_construction(row: dict[str, object]) -> None:
    found = propositions(parsed(str(row["parse"])), SAYERS)
    lines = [" | ".join(" ".join(t.text for t in slot) for slot in proposition[:3]) for proposition in found]
    assert lines == row["wanted"]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_slots_are_apart_and_filled(row: dict[str, object]) -> None:
    for proposition in propositions(parsed(str(row["parse"])), SAYERS):
        slots = proposition.subject, proposition.relation, proposition.object
        words = [token.i for slot in slots for token in slot]
        assert all(slots)
        assert len(words) == len(set(words))


def open_lines(extractor: Extractor, text: str) -> list[Relation]:
    """The open relations of a text."""
    from kg.extract import Extractor

    opening = Extractor(extractor.ontology, extractor.model, open_relations=True)
    opening.__dict__["nlp"] = extractor.nlp  # the model is loaded once
    (found,) = opening.extract([Document("news", text)])
    return [relation for relation in found.relations if relation.open]


def slots(relation: Relation) -> str:
    return " | ".join((relation.head.text, relation.phrase, relation.tail.text))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "wanted", "status"),
    [
        ("Norhaven sold its stake in 2019.", "Norhaven | sold its stake in | 2019", "asserted"),
        ("Norhaven may sell its stake.", "Norhaven | may sell | its stake", "possible"),
        ("Norhaven plans to sell its stake.", "Norhaven | plans to sell | its stake", "planned"),
        ("Norhaven did not sell its stake.", "Norhaven | did not sell | its stake", "denied"),
    ],
)
def test_status(extractor: Extractor, text: str, wanted: str, status: str) -> None:
    found = {slots(relation): relation.qualifiers.status for relation in open_lines(extractor, text)}
    assert found[wanted] == status


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norhaven 's board paid $ 4.25 for it .", "Norhaven 's board | paid | $ 4.25"),
        ("Norhaven's board paid $4.25 for it.", "Norhaven's board | paid | $4.25"),
        ("Norhaven (a bank) sold its port.", "Norhaven | sold | its port"),
        ("Norhaven\nsold its port.", ""),
    ],
)
def test_words_and_spaces_are_those_of_the_text(extractor: Extractor, text: str, wanted: str) -> None:
    found = [slots(relation) for relation in open_lines(extractor, text)]
    assert (wanted in found) if wanted else all("\n" not in line for line in found)


@pytest.mark.model
def test_evidence_and_offsets_point_into_the_text(extractor: Extractor) -> None:
    text = "  Solberg left. Norhaven, a bank in Velden, sold its old port to Orbix for 3 million euros."
    for relation in open_lines(extractor, text):
        evidence = relation.evidence
        assert text[evidence.start : evidence.end] == evidence.text
        assert text[evidence.trigger_start : evidence.trigger_end] == evidence.trigger
        assert text[relation.head.start : relation.head.end].startswith(relation.head.text.split()[0])
        assert text[relation.tail.start : relation.tail.end].endswith(relation.tail.text.split()[-1])


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Norhaven sold " + "the part of " * 600 + "Orbix.",
        "He said that " * 300 + "she left.",
        "( ) , ” " * 300,
        "",
    ],
)
def test_endless_sentences_say_nothing(extractor: Extractor, text: str) -> None:
    assert open_lines(extractor, text) == []


@pytest.mark.model
def test_command_prints_open_lines_only(tmp_path: Path) -> None:
    source = tmp_path / "note.txt"
    source.write_text("Norhaven acquired Orbix. Solberg painted the wall.", encoding="utf-8")
    lines = [
        json.loads(line)
        for line in run_kg(["extract", "--open", "--format", "jsonl", str(source)]).stdout.splitlines()
    ]
    assert [line["open"] for line in lines] == [True, True]
    assert [line["predicate"]["phrase"] for line in lines] == ["acquired", "painted"]
    assert [line["predicate"]["iri"] for line in lines] == [None, None]
