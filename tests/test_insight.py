"""What a graph knows: parts of its network, ways between things, profiles, and their commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from kg.analyze import Overview, Wanted, analyze, collapse, overview, paths, profiles
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.model import Qualifiers
from kg.vocab import local_name
from tests.factories import ONTOLOGY, extraction, fill, sample
from tests.running import run_kg


@pytest.fixture(scope="module")
def graph() -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.memory(ONTOLOGY) as graph:
        yield fill(graph, sample())


def of_pairs(*pairs: str, status: str = "asserted") -> KnowledgeGraph:
    """A graph of one-letter things: "AB" is a claim that A supplies B."""
    said = Qualifiers(status=status)
    found = [extraction(f"{n}", f"{a} met {b}.", (a, "supplies", b, said)) for n, (a, b) in enumerate(pairs)]
    return fill(KnowledgeGraph.memory(ONTOLOGY), found)


def ways(graph: KnowledgeGraph, start: str, end: str, **options: object) -> list[str]:
    found = paths(graph, start, end, **options)  # type: ignore[arg-type]
    return ["".join([way.steps[0].start.name, *(s.end.name for s in way.steps)]) for way in found]


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ({}, 7),
        ({"statuses": ["denied"]}, 1),
        ({"statuses": ["asserted", "planned"]}, 6),
        ({"min_score": 0.5}, 7),
        ({"min_score": 0.51}, 0),
        ({"relations": ["invested_in"]}, 2),
        ({"relations": ["https://w3id.org/claimgraph/news#invested_in", "uses"]}, 3),
        ({"types": ["Organization"]}, 4),
        ({"types": ["Organization", "Person"]}, 5),
        ({"since": "2020"}, 0),
        ({"since": "2019-08"}, 1),  # somewhen in 2019: it can be after July
        ({"since": "2019-07", "until": "2019-07-22"}, 4),
        ({"until": "2018-12-31"}, 0),
    ],
)
def test_parts_of_the_network(graph: KnowledgeGraph, wanted: Wanted, kept: int) -> None:
    assert graph.to_networkx(**wanted).number_of_edges() == kept


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"statuses": ["askerted"]}, 'no status is called "askerted"'),
        ({"since": "May"}, "since is .May."),
    ],
)
def test_a_part_that_nobody_can_mean(graph: KnowledgeGraph, wanted: Wanted, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        graph.to_networkx(**wanted)


def test_paths_by_hand() -> None:
    # From A to D: over B, over C, and the long way over E and F; G hangs aside.
    with of_pairs("AB", "BD", "CA", "DC", "AE", "EF", "FD", "DG") as graph:
        assert ways(graph, "A", "D") == ["ABD", "ACD", "AEFD"]
        assert ways(graph, "a", "d", limit=1) == ["ABD"]
        assert ways(graph, "G", "A", limit=9) == ["GDBA", "GDCA", "GDFEA"]


def test_paths_are_networkxs() -> None:
    pairs = ["AB", "BC", "CD", "DA", "BE", "EF", "FC", "AG", "GF"]
    plain = nx.Graph(map(tuple, pairs))
    with of_pairs(*pairs) as graph:
        found = ways(graph, "A", "C", limit=99)
    expected = ["".join(way) for way in nx.shortest_simple_paths(plain, "A", "C")]
    assert sorted(found) == sorted(expected)
    assert list(map(len, found)) == list(map(len, expected))


def test_a_path_follows_only_the_statuses_that_are_asked_for() -> None:
    with of_pairs("AB", status="possible") as graph:
        assert ways(graph, "A", "B") == []
        assert ways(graph, "A", "B", statuses=("possible",)) == ["AB"]


def test_a_step_shows_all_that_is_said_of_it() -> None:
    with of_pairs("AB") as graph:
        ended = extraction("z", "A left B.", ("A", "supplies", "B", Qualifiers(status="ended")))
        (path,) = paths(fill(graph, [ended]), "A", "B")
        (fact,) = path.steps[0].facts
        assert fact.statuses == ("asserted", "ended")


@pytest.mark.parametrize(("start", "end"), [("Halden", "halden"), ("Halden", "Nobody"), ("Nobody", "Halden")])
def test_no_two_things(graph: KnowledgeGraph, start: str, end: str) -> None:
    with pytest.raises(UsageError):
        paths(graph, start, end)


def test_profile_by_hand(graph: KnowledgeGraph) -> None:
    (profile,) = profiles(graph, "kestrel labs")
    assert [(local_name(g.predicate), g.inward, len(g.told)) for g in profile.groups] == [
        ("acquired", False, 1),
        ("founded_on", False, 1),
        ("uses", False, 1),
        ("valued_at", False, 1),
        ("ceo_of", True, 1),
        ("invested_in", True, 2),
    ]
    assert [(t.fact.subject.name, t.first) for t in profile.groups[-1].told] == [
        ("Halden", "2019-01-01"),
        ("Northwind Bank", None),
    ]
    assert profile.documents == ("halden", "ostara", "quill wire")


def test_a_profile_has_each_claim_once(graph: KnowledgeGraph) -> None:
    for entity in graph.entities():
        (profile,) = profiles(graph, entity.iri)
        told = [c.iri for g in profile.groups for t in g.told for c in t.fact.claims]
        about = {c.iri for c in graph.claims() if entity in (c.subject, c.object)}
        assert sorted(told) == sorted(about)


def test_a_profile_of_some_statuses(graph: KnowledgeGraph) -> None:
    (profile,) = profiles(graph, "Kestrel Labs", statuses=["planned"])
    assert [local_name(group.predicate) for group in profile.groups] == ["uses"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("insight") / "graph.db"
    with KnowledgeGraph.create(place, ONTOLOGY) as graph:
        fill(graph, sample()).commit()
    return place


def test_commands(store: Path) -> None:
    told = run_kg(["path", "Mira Solberg", "Northwind Bank", "--store", str(store)]).stdout
    assert told.splitlines() == [
        "Mira Solberg – Kestrel Labs – Northwind Bank",
        "  Mira Solberg —ceo_of→ Kestrel Labs  (asserted)",
        "    “Mira Solberg leads Kestrel Labs.”",
        "      halden, characters 83–115; asserted",
        "  Northwind Bank —invested_in→ Kestrel Labs  (asserted)",
        "    “Northwind Bank invested in Kestrel Labs, too.”",
        "      ostara, characters 86–131; asserted",
    ]
    (way,) = json.loads(
        run_kg(["path", "Halden", "Lumen OS", "--format", "json", "--store", str(store)]).stdout
    )
    assert [step["end"]["name"] for step in way] == ["Kestrel Labs", "Lumen OS"]
    assert way[1]["facts"][0]["claims"][0]["document"] == "quill wire"

    told = run_kg(["profile", "Mira Solberg", "--store", str(store)]).stdout
    assert told.startswith("Mira Solberg  (Person)\n1 fact in 1 document\n\nMira Solberg ceo_of …\n")
    (profile,) = json.loads(run_kg(["profile", "Ostara", "--format", "json", "--store", str(store)]).stdout)
    assert [(told["relation"], told["inward"]) for told in profile["relations"]] == [
        ("acquired", True),
        ("partner_of", True),
    ]


def test_nothing_connects(store: Path) -> None:
    told = run_kg(["path", "Ostara", "Lumen OS", "--status", "denied", "--store", str(store)])
    assert told.stdout.startswith("Nothing connects the two.")
    wrong = run_kg(["path", "Ostara", "Nobody", "--store", str(store)], code=2)
    assert wrong.stderr.startswith('kg: nothing is called "Nobody".')


def test_overview_by_hand(graph: KnowledgeGraph) -> None:
    # Five of thirty ordered pairs: what is denied connects nothing, a partnership is one fact.
    expected = Overview(6, 8, 9, 3, "2019-01-01", "2019-12-31", 6, 1, round(5 / 30, 9))
    assert overview(graph.facts()) == expected


def test_overview_is_networkxs() -> None:
    with of_pairs("AB", "BC", "CA", "XY") as graph:
        network, sums = collapse(graph.facts()), overview(graph.facts())
    assert (sums.connected, sums.components) == (5, nx.number_weakly_connected_components(network)) == (5, 2)
    assert sums.density == pytest.approx(nx.density(network)) == 4 / 20


def test_analyze_command(store: Path, graph: KnowledgeGraph) -> None:
    told = run_kg(["analyze", "--top", "1", "--store", str(store)]).stdout
    assert told.startswith("6 entities, 8 facts, 9 claims in 3 documents\nfrom 2019-01-01 to 2019-12-31\n")
    data = json.loads(run_kg(["analyze", "--format", "json", "--store", str(store)]).stdout)
    assert data["overview"]["density"] == overview(graph.facts()).density
    measured = [(m.entity.name, m.pagerank) for m in analyze(graph.facts()).measures]
    assert [(told["entity"]["name"], told["pagerank"]) for told in data["entities"]] == measured


def test_commands_of_time_and_ownership(store: Path) -> None:
    told = run_kg(["timeline", "Ostara", "--store", str(store)]).stdout
    assert told.splitlines()[:3] == [
        "Ostara: 2 reports",
        "2019-07-22  Halden —partner_of→ Ostara  (asserted; 2 sources, 2019-07-22)",
        "  “Halden is a partner of Ostara.”",
    ]
    told = run_kg(["timeline", "--store", str(store)]).stdout
    assert told.splitlines()[1].split() == ["2019-07", "6", "5", "asserted,", "1", "denied"]
    told = run_kg(["owners", "Kestrel Labs", "--store", str(store)]).stdout
    assert told.splitlines()[:5] == [
        "Who owns Kestrel Labs",
        "  Halden —has a part→ Kestrel Labs",
        "  Northwind Bank —has a part→ Kestrel Labs",
        "The sentences",
        "  Halden —invested_in→ Kestrel Labs",
    ]
    (found,) = json.loads(run_kg(["owners", "Halden", "--format", "json", "--store", str(store)]).stdout)
    assert [holding["held"]["name"] for chain in found["owned"] for holding in chain["holdings"]] == [
        "Kestrel Labs"
    ]
    assert found["co_investors"][0]["facts"][0]["claims"][0]["document"] == "halden"


def test_conflicts_command(tmp_path: Path) -> None:
    place = tmp_path / "graph.db"
    said = extraction("a", "A met B.", ("A", "supplies", "B"))
    denied = extraction("b", "A left B.", ("A", "supplies", "B", Qualifiers(status="denied")))
    with KnowledgeGraph.create(place, ONTOLOGY) as graph:
        fill(graph, [said, denied]).commit()
    told = run_kg(["conflicts", "--store", str(place)]).stdout
    assert told.splitlines() == [
        "1 conflict",
        "",
        "said and denied: A —supplies→ B  (1 source against 1 source)",
        "  A —supplies→ B  (1 source)",
        "    “A met B.”",
        "      a, characters 0–8; asserted",
        "  A —supplies→ B  (1 source)",
        "    “A left B.”",
        "      b, characters 0–9; denied",
        "",
        "0 facts of two or more independent sources",
    ]
    data = json.loads(run_kg(["conflicts", "--format", "json", "--store", str(place)]).stdout)
    assert [side["claims"][0]["sentence"] for side in data["conflicts"][0]["sides"]] == [
        "A met B.",
        "A left B.",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["analyze", "--backend", "cugraph"], 'kg: no backend of NetworkX is called "cugraph"'),
        (["analyze", "--type", "Organisation"], 'kg: no class is called "Organisation". Did you mean'),
        (["analyze", "--relation", "invest"], 'kg: no relation is called "invest". Did you mean'),
        (["timeline", "--at", "May"], 'kg: at is "May", which is no date'),
        (["owners", "Halden", "--status", "askerted"], 'kg: no status is called "askerted"'),
    ],
)
def test_what_nobody_can_mean(store: Path, arguments: list[str], told: str) -> None:
    assert run_kg([*arguments, "--store", str(store)], code=2).stderr.startswith(told)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["ABC"]),
        ({"relations": ["supplies"]}, ["ABC"]),
        ({"relations": ["uses"]}, []),
        ({"types": ["Organization"]}, ["ABC"]),
        ({"types": ["Person"]}, []),
        ({"min_score": 0.6}, []),
        ({"at": "2020"}, []),  # no day is told
    ],
)
def test_a_path_follows_what_is_wanted(wanted: dict[str, object], found: list[str]) -> None:
    with of_pairs("AB", "BC") as graph:
        assert ways(graph, "A", "C", **wanted) == found


def test_a_profile_of_what_is_wanted(graph: KnowledgeGraph) -> None:
    (profile,) = profiles(graph, "Kestrel Labs", relations=["invested_in"], since="2019-08")
    assert [told.fact.subject.name for group in profile.groups for told in group.told] == ["Halden"]
    with pytest.raises(UsageError, match='no relation is called "invests"'):
        profiles(graph, "Kestrel Labs", relations=["invests"])
