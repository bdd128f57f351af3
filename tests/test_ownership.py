"""Who owns whom: chains, parts, circles, what is over or sold, partners, as the ontology marks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg import analyze as of
from kg.analyze import Chain, Known
from kg.analyze.marks import marked
from kg.analyze.ownership import CHAINS, STEPS
from kg.claims import claims, facts
from kg.model import Entity, Qualifiers
from kg.ontology import Ontology, load_ontology
from kg.resolve import resolve
from tests.factories import extraction

LAW = load_ontology()
#: How relations are called here.
_KINDS = {
    "owns": "owns",
    "has": "has_stake_in",
    "bought": "acquired",
    "unit": "subsidiary_of",
    "sold": "sold",
}


def known(*told: str, law: Ontology = LAW) -> Known:
    """``A has B 20 2019 planned``: a relation, then in any order a percentage, a year and a status."""
    found = []
    for number, line in enumerate(told):
        head, kind, tail, *rest = line.split()
        percent = next((word for word in rest if len(word) < 4), None)
        year = next((word for word in rest if len(word) == 4 and word.isdigit()), None)
        status = next((word for word in rest if word.isalpha()), "asserted")
        said = Qualifiers(
            status, percent=percent, earliest=year and f"{year}-01-01", latest=year and f"{year}-12-31"
        )
        relation = (head, _KINDS.get(kind, kind), tail, said)
        found.append(extraction(f"{number:02}", f"{head} {kind} {tail}.", relation))
    resolution = resolve(found, law)
    all_claims = [claim for one in found for claim in claims(one, resolution, law)]
    return Known(tuple(facts(all_claims, law)), law)


def thing(known: Known, name: str) -> Entity:
    things = {e for fact in known.facts for e in (fact.subject, fact.object) if isinstance(e, Entity)}
    return next(entity for entity in things if entity.name == name)


def ways(chains: Sequence[Chain]) -> list[str]:
    """``A>B>C 12% at most (circle)``."""
    return [
        ">".join([chain.holdings[0].owner.name, *(h.held.name for h in chain.holdings)])
        + (f" {chain.percent:f}%" if chain.percent is not None else "")
        + (" at most" if chain.percent is not None and not chain.whole else "")
        + (" circle" if chain.circle else "")
        for chain in chains
    ]


def owners(told: Known, name: str, **options: object) -> list[str]:
    return ways(of.owners(of.holdings(told, **options), thing(told, name)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "chains"),
    [
        (["A has B 50", "B has C 40"], ["A>B>C 20%"]),
        (["A has B 50", "B has C"], ["A>B>C 50% at most"]),
        (["A owns B", "B bought C"], ["A>B>C"]),
        (["C unit B", "B unit A"], ["A>B>C"]),
        (["A has C 30", "B has C 25"], ["A>C 30%", "B>C 25%"]),
        (["A has B 50", "B has C 40", "A has C 10"], ["A>C 10%", "A>B>C 20%"]),
        (["B has C 60", "C has B 10"], ["C>B>C 6% circle"]),
        (["A has B 50", "B has C 60", "C has B 10"], ["C>B>C 6% circle", "A>B>C 30%"]),
        (["B has C 60", "B has C 45 2020"], ["B>C 45%"]),
        (["A invested_in C", "A competes_with C"], ["A>C"]),
        (["B has C 101"], ["B>C"]),
    ],
)
def test_chains(told: list[str], chains: list[str]) -> None:
    assert owners(known(*told), "C") == chains


@pytest.mark.parametrize(
    ("told", "chains"),
    [
        (["B owns C denied"], []),
        (["B owns C planned"], []),
        (["B owns C 2019", "B owns C ended 2021"], []),
        (["B owns C ended 2019", "B owns C 2021"], ["B>C"]),
        (["B owns C 2019", "B owns C ended"], []),
        (["B owns C 2019", "B sold C 2021"], []),
        (["B sold C 2018", "B owns C 2019"], ["B>C"]),
        (["B owns C 2019", "B sold C planned"], ["B>C"]),
        (["B owns C 2019", "D sold C 2021"], ["B>C"]),
        (["B owns C", "B owns C denied"], ["B>C"]),
    ],
)
def test_what_is_over_is_left_out(told: list[str], chains: list[str]) -> None:
    assert owners(known(*told), "C") == chains


@pytest.mark.parametrize(
    ("options", "chains"),
    [
        ({"at": "2018"}, []),
        ({"at": "2020-06-30"}, ["B>C"]),
        ({"at": "2021-06"}, ["B>C"]),  # it ends some time in 2021
        ({"at": "2022-01-01"}, []),
        ({"statuses": ("asserted", "ended")}, ["B>C"]),
        ({"statuses": ("asserted", "planned")}, ["D>C"]),
    ],
)
def test_what_is_asked_for(options: dict[str, object], chains: list[str]) -> None:
    told = known("B owns C 2019", "B owns C ended 2021", "D owns C planned")
    assert owners(told, "C", **options) == chains


def test_what_a_thing_owns() -> None:
    told = known("A has B 50", "B has C 40", "A owns D", "E has A")
    assert ways(of.owned(of.holdings(told), thing(told, "A"))) == ["A>D", "A>B>C 20%"]


def test_a_holding_has_its_sentences() -> None:
    (holding,) = of.holdings(known("A has B 20 2019", "A owns B 2020", "A bought B denied"))
    assert (holding.control, holding.percent) == (True, Decimal(20))
    assert [c.evidence.text for fact in holding.facts for c in fact.claims] == ["A has B.", "A owns B."]


def test_partners_by_hand() -> None:
    told = known("A has X", "B has X", "A has Y", "B has Y", "C has Y", "D owns Y")
    found = of.co_investors(of.holdings(told))
    assert [("".join(e.name for e in p.entities), "".join(e.name for e in p.common)) for p in found] == [
        ("AB", "XY"),
        ("AC", "Y"),
        ("BC", "Y"),
    ]
    assert len(found[0].facts) == 4
    (first, second) = of.co_investors(of.holdings(told), thing(told, "C"))
    assert [p.entities[1].name for p in (first, second)] == ["A", "B"]


def test_a_maze_ends() -> None:
    names = [f"{a}{b}" for a in "ABCDE" for b in "XYZ"]
    told = known(*(f"{one} has {other}" for one in names for other in names if one != other))
    found = of.owners(of.holdings(told), thing(told, "AX"))
    assert 0 < len(found) <= CHAINS
    assert max(len(chain.holdings) for chain in found) <= STEPS


def test_what_the_ontology_marks() -> None:
    names = {iri.rpartition("#")[2] for iri in marked(LAW, "StakeRelation")}
    assert names == {"has_stake_in", "invested_in", "owns", "acquired"}
    assert {i.rpartition("#")[2] for i in marked(LAW, "functional")} == {"founded_on", "born_on", "died_on"}


FARMS = """
@prefix ex: <https://example.org/farms#> .
@prefix kg: <https://w3id.org/claimgraph/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:Organization a owl:Class .
ex:tends a owl:ObjectProperty , kg:ControlRelation ;
    rdfs:domain ex:Organization ; rdfs:range ex:Organization .
ex:rents a owl:ObjectProperty ; rdfs:subPropertyOf ex:tends ;
    rdfs:domain ex:Organization ; rdfs:range ex:Organization .
"""


def test_a_domain_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "farms.ttl"
    file.write_text(FARMS, encoding="utf-8")
    told = known("A rents B", "B tends C", law=load_ontology(file))
    assert owners(told, "C") == ["A>B>C"]
    assert of.holdings(replace(told, ontology=LAW)) == []
