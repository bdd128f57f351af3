"""Every quote of every claim over the seeds is the source text at its offsets."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.readers import read
from tests.running import ROOT


@pytest.mark.model
def test_quotes_are_the_source(seeds_output: Path) -> None:
    texts = {document.id: document.text for document in read(ROOT / "seeds")}
    graph = KnowledgeGraph.open(seeds_output / "graph.db")
    claims = list(graph.claims())
    assert claims
    for claim in claims:
        evidence = claim.evidence
        text = texts[evidence.document]
        assert text[evidence.start : evidence.end] == evidence.text
        assert text[evidence.trigger_start : evidence.trigger_end] == evidence.trigger
        assert evidence.start <= evidence.trigger_start < evidence.trigger_end <= evidence.end


@pytest.mark.model
def test_the_store_keeps_the_texts(seeds_output: Path) -> None:
    graph = KnowledgeGraph.open(seeds_output / "graph.db")
    kept = {document.id: document.text for document in graph.documents()}
    assert kept == {document.id: document.text for document in read(ROOT / "seeds")}
