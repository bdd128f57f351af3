"""What ``kg build`` and ``kg remove`` say."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from kg.cli.building import BuildProgress, summary
from kg.decisions import load_decisions
from kg.graph import KnowledgeGraph
from kg.place import Place
from tests.factories import ONTOLOGY, extraction, sample
from tests.running import ROOT, run_kg
from tests.store.ready import files, henry, made, variants

FOUND = variants()


def said(graph: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The summary of a graph, without what is always there; a page is named where there is one."""
    with graph:
        summary(graph, BuildProgress([]), Path("out"), "http://localhost:7878/")
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.startswith("Read nothing again in ")
    assert lines[-2:] == [
        "  out/graph.ttl    the graph as Turtle",
        "  http://localhost:7878/     the store: try  kg query evidence --store http://localhost:7878/",
    ]
    return lines[:-3]


def test_what_has_changed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = Place(tmp_path)
    found = "Found 7 entities and 9 claims: 7 asserted, 1 planned, 1 denied."
    assert said(made(place, sample()), capsys) == [found]
    assert said(made(Place(tmp_path), sample()[:1]), capsys) == [
        "Documents: 1 unchanged, 2 of earlier builds.",
        found,
    ]
    assert said(made(Place(tmp_path), [FOUND["a", 0]], removed=["ostara"]), capsys)[0] == (
        "Documents: 1 new, 2 of earlier builds, 1 removed."
    )
    assert said(made(Place(tmp_path), [FOUND["a", 1]], version="2"), capsys)[:2] == [
        "Documents: 1 changed, 2 of earlier builds.",
        "Read again because the program, the model or the ontology has changed: 2 documents",
    ]
    assert said(made(Place(tmp_path), [], removed=["a", "halden", "quill wire"], version="2"), capsys) == [
        "Documents: 3 removed.",
        "Found 0 entities and 0 claims.",
    ]


def test_pins_are_printed_as_they_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agent, company = henry("a", "invested_in", "Agent"), henry("b", "acquired", "Organization")
    made(Place(tmp_path), [agent, company, henry("c", "ceo_of", "Person")]).close()
    lines = said(made(Place(tmp_path), [henry("d", "ceo_of", "Person")]), capsys)
    begin = lines.index("Other documents have changed the IRIs of 1 entity:")
    assert lines[begin + 1 :] == [
        "  e:Henry_Ford_Organization -> e:Henry_Ford_Person  (Henry Ford), which was there already",
        "To keep what they were, write this into decisions.yaml:",
        "pins:",
        '- {iri: "e:Henry_Ford_Organization", name: "Henry Ford", class: Organization}',
    ]
    (tmp_path / "decisions.yaml").write_text("\n".join(lines[-2:]), encoding="utf-8")
    (pin,) = load_decisions(tmp_path / "decisions.yaml", ONTOLOGY).pins
    assert (pin.slug, pin.name, pin.type) == ("Henry_Ford_Organization", "Henry Ford", "Organization")


def test_many_renames_are_not_all_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind in ("Organization", "Person"):
        names = [f"Henry Ford {number}" for number in range(30)]
        given = [
            extraction(f"{kind} {n}", f"{n} bought Halden.", (n, "invested_in", "Halden"), classes={n: kind})
            for n in names
        ]
        lines = said(made(Place(tmp_path), given), capsys)
    assert "Other documents have changed the IRIs of 30 entities:" in lines
    assert "  and 10 more" in lines
    assert sum(line.startswith("- {") for line in lines) == 20


@pytest.mark.model
@pytest.mark.slow
def test_build_and_remove(seeds_output: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(seeds_output, tmp_path / "output")
    again = run_kg(["build", "seeds"], cwd=tmp_path)
    assert again.stdout.startswith("Read nothing again in ")
    assert "Documents: 4 unchanged." in again.stdout
    assert not again.stderr
    assert files(tmp_path / "output") == files(seeds_output)
    less = run_kg(["remove", "tiktok-oracle"], cwd=tmp_path)
    assert "Documents: 3 of earlier builds, 1 removed." in less.stdout
    assert "TikTok" not in run_kg(["query", "evidence"], cwd=tmp_path).stdout
    whole = run_kg(["build", "seeds"], cwd=tmp_path).stdout
    assert "Documents: 1 new, 3 unchanged." in whole
    assert files(tmp_path / "output") == files(seeds_output)


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        ("build a.txt --store output/graph.db", 2, "kg: output/graph.db: this is no http address"),
        ("build a.txt --store http://127.0.0.1:9/", 1, "kg: http://127.0.0.1:9/: the store does not answer"),
        ("build a.txt --decisions none.yaml", 2, "kg: none.yaml: the decisions cannot be read"),
        ("build a.txt --decisions a.txt", 2, "kg: a.txt:1: here stand names and values"),
        ("remove a", 1, "kg: output: there is no store in it"),
        ("query quotes --store http://127.0.0.1:9/", 1, "kg: http://127.0.0.1:9/: the store does not"),
    ],
)  # fmt: skip
def test_errors_are_one_line(arguments: str, code: int, line: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Halden bought Ostara.", encoding="utf-8")
    done = run_kg(shlex.split(arguments), cwd=tmp_path, code=code)
    (only,) = done.stderr.splitlines()
    assert only.startswith(line)
    assert not done.stdout
    assert [path.name for path in tmp_path.iterdir()] in (["a.txt"], ["a.txt", "output"], ["output", "a.txt"])
    assert not (tmp_path / "output").exists() or not list((tmp_path / "output").iterdir())
