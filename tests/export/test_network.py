"""Networks for other tools: read back by networkx and csv, they are what the graph says."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from pyarrow import parquet

from kg.analyze import to_networkx
from kg.errors import KGError, UsageError
from kg.export.cypher import write_cypher
from kg.export.network import write_csv, write_gexf, write_graphml, write_node_link
from kg.export.parquet import NUMBERS, write_parquet
from kg.export.shapes import shaped
from kg.graph import KnowledgeGraph
from tests.factories import ONTOLOGY, extraction, fill, sample_graph
from tests.running import ROOT

WRITERS = {
    "csv": write_csv,
    "cypher": write_cypher,
    "gexf": write_gexf,
    "graphml": write_graphml,
    "json": write_node_link,
    "parquet": write_parquet,
}

Edges = list[tuple[str, str, str, dict[str, object]]]


def edges(network: nx.MultiDiGraph[str], key: str | None = None) -> Edges:
    """The edges with their claims, which one format has as an attribute."""
    found = [
        (a, b, str(data.pop(key)) if key else name, data)
        for a, b, name, data in network.edges(keys=True, data=True)
    ]
    return sorted(found, key=lambda edge: edge[2])


def read_gexf(path: Path) -> tuple[dict[str, dict[str, object]], Edges]:
    network = nx.MultiDiGraph(nx.read_gexf(path, version="1.2draft"))
    return dict(network.nodes(data=True)), edges(network, "id")


def read_graphml(path: Path) -> tuple[dict[str, dict[str, object]], Edges]:
    network = nx.read_graphml(path, force_multigraph=True)
    return dict(network.nodes(data=True)), edges(network)


def read_json(path: Path) -> tuple[dict[str, dict[str, object]], Edges]:
    network = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
    return dict(network.nodes(data=True)), edges(network)


def read_csv(path: Path) -> tuple[dict[str, dict[str, object]], Edges]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.with_name(f"{path.stem}.nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = {row.pop("id"): dict(row) for row in csv.DictReader(file)}
    found: Edges = []
    for row in rows:
        ends = (row.pop("source"), row.pop("target"), row.pop("claim"))
        told: dict[str, object] = {name: value for name, value in row.items() if value}
        found.append((*ends, {**told, "score": float(row["score"])}))
    return nodes, sorted(found, key=lambda edge: edge[2])  # type: ignore[return-value]


def read_parquet(path: Path) -> tuple[dict[str, dict[str, object]], Edges]:
    nodes = {row.pop("id"): row for row in rows(path.with_name(f"{path.stem}.nodes.parquet"))}
    found = [(row.pop("source"), row.pop("target"), row.pop("claim"), row) for row in rows(path)]
    told = [
        (
            *ends,
            {name: str(int(value)) if name in NUMBERS - {"score"} else value for name, value in data.items()},
        )
        for *ends, data in found
    ]
    return nodes, sorted(told, key=lambda edge: edge[2])


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a Parquet file without their nulls; its numbers are numbers, all else is text."""
    table = parquet.read_table(path)
    for field in table.schema:
        assert str(field.type) == ("double" if field.name in NUMBERS else "string")
    found = ({k: v for k, v in row.items() if v is not None} for row in table.to_pylist())
    return list(found)


@pytest.mark.parametrize(
    ("suffix", "read"),
    [
        ("parquet", read_parquet),
        ("csv", read_csv),
        ("gexf", read_gexf),
        ("graphml", read_graphml),
        ("json", read_json),
    ],
)
def test_read_back(
    suffix: str, read: Callable[[Path], tuple[dict[str, dict[str, object]], Edges]], tmp_path: Path
) -> None:
    graph = sample_graph()
    path = tmp_path / f"graph.{suffix}"
    WRITERS[suffix](graph, path)
    expected = graph.to_networkx()
    nodes, found = read(path)
    assert nodes == dict(expected.nodes(data=True))
    assert len(found) == 7
    assert found == edges(expected)


_STRING = r"'((?:[^'\\]|\\.)*)'"


def test_cypher_says_each_thing_and_claim(tmp_path: Path) -> None:
    sentence = r"O'Hara \ Söhne met B `c`."
    said = extraction("d", sentence, (r"O'Hara \ Söhne", "supplies", "B"))
    with fill(KnowledgeGraph.memory(ONTOLOGY), [said]) as graph:
        path = tmp_path / "graph.cypher"
        write_cypher(graph, path)
        ((source, target, claim, data),) = edges(graph.to_networkx())
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(line.endswith(";") for line in lines)
    assert sum(line.startswith("MERGE (n:Thing") for line in lines) == 2
    unescaped = [re.sub(r"\\(.)", r"\1", text) for text in re.findall(_STRING, lines[-1])]
    assert unescaped == [source, target, claim, data["status"], "d", sentence]
    assert "MERGE (a)-[r:`supplies` {claim: " in lines[-1]
    assert "score: 0.5" in lines[-1]


def test_the_hash_seed_and_the_day_do_not_matter(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.factories import sample_graph\n"
        "from tests.export.test_network import WRITERS\n"
        "[write(sample_graph(), Path(sys.argv[1]) / f'g.{name}') for name, write in WRITERS.items()]"
    )
    made = []
    for seed in ("0", "4711"):
        folder = tmp_path / seed
        command = [sys.executable, "-c", code, str(folder)]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        made.append({file.name: file.read_bytes() for file in sorted(folder.iterdir())})
    assert made[0] == made[1]
    assert len(made[0]) == 8
    assert not any(re.search(rb"lastmodified|20[2-9]\d-\d\d-\d\d", data) for data in made[0].values())


def test_an_empty_graph_is_written(tmp_path: Path) -> None:
    with KnowledgeGraph.memory(ONTOLOGY) as graph:
        for suffix, write in WRITERS.items():
            write(graph, tmp_path / f"graph.{suffix}")
    assert not read_json(tmp_path / "graph.json")[0]
    assert not to_networkx([])


def test_each_is_an_exporter() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    known = project["project"]["entry-points"]["kg.exporters"]
    for suffix, write in WRITERS.items():
        module, name = known[suffix].split(":")
        assert getattr(import_module(module), name) is write


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_shape_is_for_rdf(suffix: str) -> None:
    with pytest.raises(UsageError, match="--as is for RDF"):
        shaped(sample_graph(), "owl-axiom", suffix)


def test_without_pyarrow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(KGError, match=r"pip install 'claimgraph\[parquet\]'"):
        write_parquet(sample_graph(), tmp_path / "graph.parquet")
    assert not list(tmp_path.iterdir())
