"""What differs between two graphs: claim by claim, whatever moved, and as a page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.diff import as_json, diff, opened, render
from kg.errors import KGError
from kg.graph import KnowledgeGraph
from kg.model import Claim, Entity, Extraction, Qualifiers
from tests.factories import ONTOLOGY, all_claims, extraction, fill, sample, sample_graph

OLD = (
    "Halden invested $1 billion in Kestrel Labs.\nKestrel Labs denied buying Ostara.\nHalden sells to Ostara."
)


def graph(*extractions: Extraction) -> KnowledgeGraph:
    return fill(KnowledgeGraph.memory(ONTOLOGY), list(extractions))


def old() -> KnowledgeGraph:
    return graph(
        extraction(
            "a",
            OLD,
            ("Halden", "invested_in", "Kestrel Labs", Qualifiers(amount="1000000000", currency="USD")),
            ("Kestrel Labs", "acquired", "Ostara", Qualifiers(status="denied")),
            ("Halden", "supplies", "Ostara"),
        )
    )


def names(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(c.subject.name, c.predicate.rpartition("#")[2], c.object.name) for c in claims]  # type: ignore[union-attr]


def test_a_graph_is_the_same_as_itself() -> None:
    found = diff(sample_graph(), sample_graph())
    assert found.same
    assert found.unchanged == len(all_claims(sample()))
    assert not any(as_json(found)["claims"][kind] for kind in ("added", "removed", "changed"))  # type: ignore[index]


def test_where_a_sentence_stands_does_not_matter() -> None:
    moved = graph(
        extraction(
            "a",
            "Ostara is a firm.\n\n" + OLD,
            ("Halden", "invested_in", "Kestrel Labs", Qualifiers(amount="1000000000", currency="USD")),
            ("Kestrel Labs", "acquired", "Ostara", Qualifiers(status="denied")),
            ("Halden", "supplies", "Ostara"),
        )
    )
    found = diff(old(), moved)
    assert found.documents.replaced == ("a",)
    assert (found.unchanged, found.added, found.removed, found.changed) == (3, (), (), ())
    assert not found.same


def test_what_is_added_removed_and_changed() -> None:
    new = graph(
        extraction(
            "a",
            OLD,
            ("Halden", "invested_in", "Kestrel Labs", Qualifiers(amount="2000000000", currency="USD")),
            ("Kestrel Labs", "acquired", "Ostara", Qualifiers(status="planned")),
        ),
        extraction("b", "Ivo Brandt leads Halden.", ("Ivo Brandt", "ceo_of", "Halden")),
    )
    found = diff(old(), new)
    assert names(found.added) == [("Ivo Brandt", "ceo_of", "Halden")]
    assert names(found.removed) == [("Halden", "supplies", "Ostara")]
    told = {change.new.predicate.rpartition("#")[2]: change.shifts for change in found.changed}
    assert {(s.field, s.old, s.new) for s in told["acquired"]} == {("status", "denied", "planned")}
    assert {(s.field, s.old, s.new) for s in told["invested_in"]} == {("amount", "1000000000", "2000000000")}
    assert [(one.old.status, one.new.status) for one in found.facts] == [("denied", "planned")]
    assert [entity.name for entity in found.entities_added] == ["Ivo Brandt"]
    assert not found.entities_removed
    assert found.documents.added == ("b",)
    assert found.documents.unchanged == ("a",)


def test_another_score_is_a_change() -> None:
    (first, *rest) = old().claims()

    class Sure:
        """The old graph with one claim more probable."""

        def __getattr__(self, name: str) -> object:
            return getattr(old(), name)

        def claims(self) -> list[Claim]:
            return [replace(first, score=0.75), *rest]

    (change,) = diff(old(), Sure()).changed  # type: ignore[arg-type]
    assert [(s.field, s.old, s.new) for s in change.shifts] == [("score", "0.500", "0.750")]


def test_a_thing_of_another_iri_is_renamed_and_its_claims_stay() -> None:
    """Two documents that name the same surname give other IRIs than one alone."""
    one = extraction("a", "Mercury invested in Ostara.", ("Mercury", "invested_in", "Ostara"))
    two = extraction(
        "b",
        "Ostara uses Mercury.\n",
        ("Ostara", "uses", "Mercury"),
        classes={"Mercury": "Product"},
    )
    found = diff(graph(one), graph(one, two))
    assert [(r.old.rpartition("/")[2], r.new.rpartition("/")[2]) for r in found.renamed] == [
        ("Mercury", "Mercury_Organization")
    ]
    assert names(found.added) == [("Ostara", "uses", "Mercury")]
    assert (found.removed, found.unchanged) == ((), 1)
    assert [entity.type.rpartition("#")[2] for entity in found.entities_added] == ["Product"]
    assert not found.entities_removed


def test_a_thing_that_gets_another_name_is_reworded() -> None:
    first = old()
    (thing,) = first.find("Halden")

    class Renamed:
        """The same graph in which a thing has an alias more."""

        def __getattr__(self, name: str) -> object:
            return getattr(first, name)

        def entities(self) -> list[Entity]:
            return [replace(e, aliases=("HLD",)) if e == thing else e for e in first.entities()]

    ((entity, shifts),) = diff(first, Renamed()).reworded  # type: ignore[arg-type]
    assert entity.name == "Halden"
    assert [(s.field, s.old, s.new) for s in shifts] == [("aliases", None, "HLD")]


@pytest.mark.parametrize("suffix", ["ttl", "nq"])
def test_files_are_read_too(suffix: str, tmp_path: Path) -> None:
    with sample_graph() as first:
        path = first.serialize(tmp_path / f"graph.{suffix}")
        with opened(path, ONTOLOGY) as second:
            assert diff(first, second).same


def test_what_is_no_graph_is_said(tmp_path: Path) -> None:
    with pytest.raises(KGError, match=r"nowhere\.db"):
        opened(tmp_path / "nowhere.db")
    (tmp_path / "bad.ttl").write_text("<a> <b> ;;", encoding="utf-8")
    with pytest.raises(KGError, match=r"bad\.ttl"):
        opened(tmp_path / "bad.ttl")


def test_the_page_and_the_json_show_it_with_sentences() -> None:
    new = graph(
        extraction(
            "a",
            OLD.replace("denied buying", "is buying"),
            ("Kestrel Labs", "acquired", "Ostara", Qualifiers(status="planned")),
        )
    )
    found = diff(old(), new)
    html = render(found, ONTOLOGY, old="<b>last</b>.ttl", new="graph.db")
    assert "Kestrel <mark>Labs</mark> is buying Ostara." in html
    assert "&lt;b&gt;last&lt;/b&gt;.ttl" in html
    assert "<script" not in html
    told = json.loads(json.dumps(as_json(found)))
    assert {claim["sentence"] for claim in told["claims"]["removed"]} == set(OLD.split("\n"))
    assert told["facts"][0]["old"] == "denied"
    assert render(diff(old(), old()), ONTOLOGY).count("The two graphs say the same.") == 1
