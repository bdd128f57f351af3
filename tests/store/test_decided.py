"""Graphs that follow decisions: the same bytes as when they were decided before, and what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.decisions import Called, Decision, Decisions, Merge, Verdict
from kg.errors import UsageError
from kg.evaluate import load_gold
from kg.graph import KnowledgeGraph
from kg.model import Extraction
from kg.place import Place
from kg.review import claim_of, least_certain, verdict, write_gold
from kg.update import update
from tests.factories import ONTOLOGY, extraction
from tests.store.ready import ReadyMade, recipe

FOUND = [
    extraction("a", "Halden bought Ostara.\nVesper uses Quill.", ("Halden", "acquired", "Ostara")),
    extraction("b", "Halden Group sued Norda.\nNorda buys Quill.", ("Norda", "acquired", "Quill")),
]
GROUP = extraction("c", "Halden Group bought Norda.", ("Halden Group", "acquired", "Norda"))
MERGE = Merge(Called("Halden Group", "Organization"), Called("Halden", "Organization"))


def built(folder: Path | None, found: list[Extraction], *decided: Decision) -> KnowledgeGraph:
    how = recipe(found)
    assert isinstance(how.extractor, ReadyMade)
    own = type(how)(ONTOLOGY, how.extractor, Decisions.of(iter(decided)), 0.0, {"model": None})
    return update(Place(folder), own, [one.document for one in found])


def test_a_merge_follows_and_says_what_it_replaced(tmp_path: Path) -> None:
    built(tmp_path, [*FOUND, GROUP]).close()
    with built(tmp_path, [*FOUND, GROUP], MERGE) as graph:
        assert graph.changes.renamed == ()
        (entity,) = graph.find("e:Halden_Group")
        assert (entity.name, entity.aliases) == ("Halden", ("Halden Group",))
        assert {claim.evidence.document for claim in graph.claims(subject="Halden")} == {"a", "c"}
        assert graph.validate().conforms
        turtle = (tmp_path / "graph.ttl").read_bytes()
        assert graph.query("ASK { e:Halden_Group dcterms:isReplacedBy e:Halden }")
    built(tmp_path / "at once", [GROUP, *reversed(FOUND)], MERGE).close()
    assert (tmp_path / "at once" / "graph.ttl").read_bytes() == turtle


def test_decisions_that_fit_nothing_are_told(tmp_path: Path) -> None:
    said = Verdict("a", "Halden bought Vesper.", "Halden", "acquired", "Vesper", "reject")
    with built(tmp_path, FOUND, MERGE, said) as graph:
        assert graph.changes.unused == (str(MERGE), str(said))


def test_a_claim_is_judged_by_its_id_and_stays_so() -> None:
    with built(None, FOUND) as graph:
        first, second = least_certain(graph)
        assert [first, second] == sorted((first, second), key=lambda claim: (claim.score, claim.iri))
        assert claim_of(graph, first.iri) == claim_of(graph, first.iri[-8:]) == first
        assert claim_of(graph, f"claim:{first.iri.rpartition('/')[2]}") == first
        assert least_certain(graph, 1) == [first]
        rejected = verdict(graph, first, "reject")
        corrected = verdict(graph, second, "correct", "denied")
        with pytest.raises(UsageError, match=r'no status or relation "bought". Did you mean|Available'):
            verdict(graph, second, "correct", "bought")
        for unknown in ("00000000", "claim:nothing", "a > b"):
            with pytest.raises(UsageError, match="there is no such claim"):
                claim_of(graph, unknown)
    with built(None, FOUND, rejected, corrected) as graph:
        (left,) = graph.claims()
        assert (left.subject, left.qualifiers.status, left.score) == (second.subject, "denied", 1.0)
        assert least_certain(graph) == []
        assert graph.changes.unused == ()


def test_what_was_judged_is_gold(tmp_path: Path) -> None:
    with built(None, [*FOUND, GROUP]) as graph:
        said = [verdict(graph, claim, "accept") for claim in graph.claims(subject="Halden Group")]
    with built(None, [*FOUND, GROUP], *said) as graph:
        decisions = Decisions.of(iter(said))
        (article,) = load_gold(write_gold(graph, decisions, tmp_path / "gold.yaml"))
        assert article.document.text == GROUP.document.text
        assert [(claim.subject, claim.predicate, claim.object) for claim in article.gold] == [
            ("Halden Group", "acquired", "Norda")
        ]
        with pytest.raises(UsageError, match="no claim has been judged yet"):
            write_gold(graph, Decisions(), tmp_path / "none.yaml")
