"""What connects and what is tight: each measure against networkx itself, and against a sum by hand."""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from kg import analyze as of
from kg.analyze.brokers import constraint
from kg.analyze.measures import betweenness, sample_size
from kg.analyze.numbered import numbered
from kg.analyze.triads import triangles
from kg.claims import facts
from kg.errors import UsageError
from kg.model import Fact, Qualifiers
from tests.factories import ONTOLOGY, all_claims, extraction
from tests.running import ROOT

#: Two triangles and a tail: A, B, C are one, D, E, F the other, C–D between them, and G hangs on F.
PAIRS = ("AB", "BC", "CA", "CD", "DE", "EF", "FD", "FG")


def network(*pairs: str, relation: str = "supplies", status: str = "asserted") -> list[Fact]:
    """Facts between one-letter organizations: "AB" is that A supplies B."""
    said = Qualifiers(status=status)
    found = [extraction(f"{n}", f"{a} met {b}.", (a, relation, b, said)) for n, (a, b) in enumerate(pairs)]
    return facts(all_claims(found), ONTOLOGY)


def plain(*pairs: str) -> nx.Graph[str]:
    return nx.Graph(map(tuple, pairs))


def test_measures_are_networkxs() -> None:
    graph = plain(*PAIRS)
    between, core = nx.betweenness_centrality(graph), nx.core_number(graph)
    for measures in of.analyze(network(*PAIRS)).measures:
        name = measures.entity.name
        assert measures.betweenness == pytest.approx(between[name], abs=1e-9)
        assert (measures.core, measures.degree) == (core[name], graph.degree(name))


def test_cores_by_hand() -> None:
    core = {m.entity.name: m.core for m in of.analyze(network(*PAIRS)).measures}
    assert core == dict.fromkeys("ABCDEF", 2) | {"G": 1}


def test_brokers_by_hand() -> None:
    # Of the 15 pairs of others C and D are each between 8 (the two of its triangle with the four beyond,
    # for D three beyond and C), F between G and the five others.
    found = of.analyze(network(*PAIRS)).brokers
    assert [broker.entity.name for broker in found] == ["D", "C", "F"]
    assert [broker.betweenness for broker in found] == pytest.approx([9 / 15, 8 / 15, 5 / 15])
    assert [broker.parts for broker in found] == [2, 2, 2]
    # C: A and B have each (1/3 + 1/3 · 1/2)², D, whom nobody else knows, (1/3)².
    assert found[1].constraint == pytest.approx(2 * (1 / 2) ** 2 + (1 / 3) ** 2)
    assert [[f.object.name for f in broker.facts] for broker in found[1:]] == [["D"], []]  # type: ignore[union-attr]


@pytest.mark.parametrize("seed", range(3))
def test_constraint_is_networkxs(seed: int) -> None:
    graph = nx.gnp_random_graph(20, 0.2, seed=seed)
    expected = {n: value for n, value in nx.constraint(graph).items() if graph.degree(n)}
    assert {n: constraint(graph, n) for n in expected} == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(3))
def test_bridges_are_networkxs(seed: int) -> None:
    graph = nx.gnp_random_graph(14, 0.14, seed=seed)
    pairs = ["".join(chr(ord("A") + n) for n in edge) for edge in graph.edges]
    cut = {}
    for one, other in nx.bridges(plain(*pairs)):
        rest = plain(*pairs)
        rest.remove_edge(one, other)
        sides = [len(nx.node_connected_component(rest, end)) for end in (one, other)]
        if min(sides) > 1:
            cut["".join(sorted(one + other))] = min(sides)
    found = of.analyze(network(*pairs)).bridges
    assert {"".join(sorted(b.start.name + b.end.name)): b.apart for b in found} == cut
    assert [b.apart for b in found] == sorted(cut.values(), reverse=True)


def test_bridges_by_hand() -> None:
    # F–G is one as well, but behind it is nobody but G.
    (bridge,) = of.analyze(network(*PAIRS)).bridges
    assert (bridge.start.name, bridge.end.name, bridge.apart) == ("C", "D", 3)
    assert [fact.claims[0].evidence.text for fact in bridge.facts] == ["C met D."]


def test_triads_by_hand() -> None:
    found = of.analyze(network(*PAIRS, "AB")).triads
    # Paths of two links: C, D and F with three links have 3 each, A, B and E 1 each.
    assert (found.count, found.closed) == (2, 6 / 12)
    assert [[e.name for e in triad.entities] for triad in found.best] == [["A", "B", "C"], ["D", "E", "F"]]
    assert [len(triad.facts) for triad in found.best] == [3, 3]


@pytest.mark.parametrize("seed", range(3))
def test_triads_are_networkxs(seed: int) -> None:
    graph = nx.gnp_random_graph(25, 0.3, seed=seed)
    found = list(triangles(graph))
    assert len(set(found)) == len(found) == sum(nx.triangles(graph).values()) // 3
    names = [chr(ord("A") + n) for n in graph]
    told = of.analyze(network(*("".join(names[n] for n in edge) for edge in graph.edges))).triads
    assert told.closed == pytest.approx(nx.transitivity(graph), abs=1e-9)


def test_communities_have_names() -> None:
    first, second = of.analyze(network(*PAIRS), ontology=ONTOLOGY).communities
    # Of its own F has three links, D and E two; C's third leads out.
    assert (first.name, second.name) == ("F, D, E: supplies", "A, B, C: supplies")
    assert first.classes == (("Organization", 4),)
    assert first.relations == (("supplies", 4),)
    assert len(first.facts) == 4


def test_communities_are_networkxs() -> None:
    graph = nx.convert_node_labels_to_integers(plain(*PAIRS), ordering="sorted")
    expected = nx.community.louvain_communities(graph, weight="weight", seed=0)
    found = [
        {ord(e.name) - ord("A") for e in group.entities} for group in of.analyze(network(*PAIRS)).communities
    ]
    assert sorted(found, key=min) == sorted(expected, key=min)


def test_suggestions_by_hand() -> None:
    # A and B share X (three links) and Y (two), X and Y share A and B; what shares one thing is none.
    first, second = of.suggestions(network("AX", "BX", "ZX", "AY", "BY"), ONTOLOGY)
    assert (first.start.name, first.end.name, second.start.name, second.end.name) == ("X", "Y", "A", "B")
    assert first.score == pytest.approx(2 / math.log(2))
    assert second.score == pytest.approx(1 / math.log(3) + 1 / math.log(2))
    assert [entity.name for entity in second.common] == ["Y", "X"]
    assert second.relations == ("supplies",)
    told = [fact.claims[0].evidence.text for fact in second.facts]
    assert told == ["A met Y.", "B met Y.", "A met X.", "B met X."]


def test_suggestions_are_networkxs() -> None:
    pairs = ["AX", "BX", "CX", "AY", "BY", "CY", "CD", "DX", "DE", "EY"]
    graph = plain(*pairs)
    found = of.suggestions(network(*pairs), ONTOLOGY)
    expected = {
        (min(a, b), max(a, b)): score
        for a, b, score in nx.adamic_adar_index(graph)
        if len(list(nx.common_neighbors(graph, a, b))) > 1
    }
    assert {(s.start.name, s.end.name): s.score for s in found} == pytest.approx(expected)
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)


@pytest.mark.parametrize(
    "told",
    [
        network("AX", "BX", "AY", "BY") + network("AB", "XY", status="denied"),
        network("AX", "BX") + network("AY", "BY", status="possible"),
    ],
)
def test_what_is_no_suggestion(told: list[Fact]) -> None:
    assert of.suggestions(told, ONTOLOGY) == ()


def test_a_suggestion_needs_a_relation() -> None:
    # Two investors of the same two firms: nothing in use can hold between two persons.
    persons = ("Mira Solberg", "Ivo Brandt")
    found = [
        extraction(f"{a} {b}", f"{a} met {b}.", (a, "invested_in", b)) for a in persons for b in ("P", "Q")
    ]
    suggested = of.suggestions(facts(all_claims(found), ONTOLOGY), ONTOLOGY)
    assert [(s.start.name, s.end.name) for s in suggested] == [("P", "Q")]


def test_a_large_network_is_sampled_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.gnp_random_graph(60, 0.1, seed=1)
    assert sample_size(graph) is None
    assert betweenness(graph) == pytest.approx(list(nx.betweenness_centrality(graph).values()))
    module = sys.modules["kg.analyze.measures"]  # the package has a function of this name
    monkeypatch.setattr(module, "EXACT", 59)
    monkeypatch.setattr(module, "_MOST", 20)
    monkeypatch.setattr(module, "_FEWEST", 10)
    assert sample_size(graph) == 20
    assert betweenness(graph) == pytest.approx(list(nx.betweenness_centrality(graph, k=20, seed=0).values()))


def test_a_backend_that_is_missing() -> None:
    with pytest.raises(UsageError, match='no backend of NetworkX is called "cugraph"'):
        of.analyze(network(*PAIRS), backend="cugraph")


#: A backend that says that it was asked, and one that cannot be imported.
_BACKENDS = {
    "loud.py": """
import networkx as nx
class Loud:
    __networkx_backend__ = "loud"
    def __init__(self, graph): self.graph = graph
    def is_directed(self): return self.graph.is_directed()
    def is_multigraph(self): return self.graph.is_multigraph()
class Backend:
    @staticmethod
    def betweenness_centrality(G, *options, **named):
        print("asked")
        return nx.betweenness_centrality.orig_func(G.graph, *options, **named)
    @staticmethod
    def convert_from_nx(graph, *args, **options): return Loud(graph)
    @staticmethod
    def convert_to_nx(result, *args, **options): return getattr(result, "graph", result)
""",
    "broken.py": "import nothing_of_this_name",
    "told-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: told\nVersion: 1\n",
    "told-1.dist-info/entry_points.txt": "[networkx.backends]\nloud = loud:Backend\nbroken = broken:A\n",
}
_ASKED = """
from kg import analyze as of
from kg.errors import UsageError
from tests.test_network import PAIRS, network
told = network(*PAIRS)
print(of.analyze(told, backend="loud") == of.analyze(told))
try:
    of.analyze(told, backend="broken")
except UsageError as error:
    print(error)
"""


def test_the_backends_of_networkx_are_used(tmp_path: Path) -> None:
    for name, text in _BACKENDS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    path = os.pathsep.join([str(ROOT), str(tmp_path)])
    done = subprocess.run(
        [sys.executable, "-c", _ASKED],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    asked, same, broken = done.stdout.splitlines() or [done.stderr]
    assert (asked, same) == ("asked", "True")
    assert broken.startswith(f'the backend "broken" does not fit NetworkX {nx.__version__}: No module named')


#: Prints all that is told of a graph whose documents come in another order each time.
_ALL = """
import random, sys
from kg import analyze as of
from kg.claims import facts
from tests.factories import ONTOLOGY, all_claims, extraction
drawn = random.Random(5)
pairs = [drawn.sample("ABCDEFGHIJKLMNOPQRSTUVW", 2) for _ in range(50)]
found = [extraction(str(n), f"{a} met {b}.", (a, "supplies", b)) for n, (a, b) in enumerate(pairs)]
random.Random(int(sys.argv[1])).shuffle(found)
told = facts(all_claims(found), ONTOLOGY)
print(of.analyze(told), of.suggestions(told, ONTOLOGY))
"""


def test_same_graph_same_bytes() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", _ALL, shuffle],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed, shuffle in (("1", "1"), ("2", "2"))
    }
    assert len(printed) == 1
    assert len(printed.pop()) > 10_000


def test_order_of_facts_does_not_matter() -> None:
    told = network(*PAIRS)
    expected = of.analyze(told)
    random.Random(3).shuffle(told)
    assert of.analyze(told) == expected
    assert numbered(told).entities == numbered(network(*PAIRS)).entities
