"""``kg why``: the sentences of what is stated, the proof of what follows, and what is known of the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF

from kg.claims import claims as claims_of
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.model import Entity, Extraction, Qualifiers
from kg.ontology import Axiom
from kg.proof import Proof
from kg.resolve import resolve
from kg.vocab import NEWS, local_name
from kg.why import Why, as_json
from tests.factories import ONTOLOGY, extraction, fill
from tests.running import run_kg
from tests.test_reason import AXIOMS, X, axiom, fixpoint


def _axiom(kind: str, term: str, other: str = "") -> Axiom:
    return Axiom(kind, str(NEWS[term]), str(NEWS[other or term]))


LAW = replace(
    ONTOLOGY,
    axioms=(
        _axiom("inverseOf", "subsidiary_of", "parent_of"),
        _axiom("subClassOf", "Bank", "Organization"),
        _axiom("subClassOf", "Organization", "Agent"),
        _axiom("subClassOf", "Person", "Agent"),
        _axiom("subPropertyOf", "acquired", "owns"),
        _axiom("subPropertyOf", "founded_on", "began_on"),
        _axiom("subPropertyOf", "owns", "has_stake_in"),
        _axiom("symmetric", "partner_of"),
        _axiom("transitive", "subsidiary_of"),
    ),
)


def said(id_: str, text: str, *relation: str, status: str = "asserted") -> Extraction:
    head, predicate, tail = relation
    return extraction(id_, text, (head, predicate, tail, Qualifiers(status=status)))


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    found = [
        said("a", "Halden bought Ostara.", "Halden", "acquired", "Ostara"),
        said("b", "Again Halden bought Ostara, too.", "Halden", "acquired", "Ostara"),
        said("c", "Ostara will buy Kestrel.", "Ostara", "acquired", "Kestrel", status="planned"),
        said("d", "Kestrel denied owning Halden.", "Kestrel", "uses", "Halden", status="denied"),
        said("e", "Quill is part of Ostara.", "Quill", "subsidiary_of", "Ostara"),
        said("f", "Ostara is part of Halden.", "Ostara", "subsidiary_of", "Halden"),
        said("g", "Halden is part of Vantor.", "Halden", "subsidiary_of", "Vantor"),
        said("h", "Quill is a partner of Northwind Bank.", "Quill", "partner_of", "Northwind Bank"),
        said("i", "Quill started in 2011.", "Quill", "founded_on", "xsd:gYear=2011"),
    ]
    return fill(KnowledgeGraph.memory(LAW), found)


def told(proof: Proof | None) -> list[str]:
    """A proof as indented lines."""

    def lines(proof: Proof, depth: int) -> Iterator[str]:
        end = proof.object.name if isinstance(proof.object, Entity) else proof.object.value
        ground = proof.axiom.kind if proof.axiom else ", ".join(c.evidence.document for c in proof.claims)
        yield f"{' ' * depth}{proof.subject.name} {local_name(proof.predicate)} {end}: {ground or 'given'}"
        for premise in proof.premises:
            yield from lines(premise, depth + 1)

    return list(lines(proof, 0)) if proof else []


def test_what_is_stated_has_its_sentences(graph: KnowledgeGraph) -> None:
    answer = graph.why("Halden", "acquired", "Ostara")
    assert (answer.verdict, answer.holds, answer.proof) == ("asserted", True, None)
    assert [claim.evidence.text for claim in answer.claims] == [
        "Halden bought Ostara.",
        "Again Halden bought Ostara, too.",
    ]
    assert [local_name(claim.predicate) for claim in answer.others] == ["subsidiary_of"]


@pytest.mark.parametrize(
    ("triple", "proof"),
    [
        (
            ("Halden", "owns", "Ostara"),
            ["Halden owns Ostara: subPropertyOf", " Halden acquired Ostara: a, b"],
        ),
        (
            ("Halden", "has_stake_in", "Ostara"),
            [
                "Halden has_stake_in Ostara: subPropertyOf",
                " Halden owns Ostara: subPropertyOf",
                "  Halden acquired Ostara: a, b",
            ],
        ),
        (
            ("Northwind Bank", "partner_of", "Quill"),
            ["Northwind Bank partner_of Quill: symmetric", " Quill partner_of Northwind Bank: h"],
        ),
        (
            ("Quill", "subsidiary_of", "Vantor"),
            [
                "Quill subsidiary_of Vantor: transitive",
                " Quill subsidiary_of Ostara: e",
                " Ostara subsidiary_of Halden: f",
                " Halden subsidiary_of Vantor: g",
            ],
        ),
        (
            ("Vantor", "parent_of", "Ostara"),
            [
                "Vantor parent_of Ostara: inverseOf",
                " Ostara subsidiary_of Vantor: transitive",
                "  Ostara subsidiary_of Halden: f",
                "  Halden subsidiary_of Vantor: g",
            ],
        ),
        (("Quill", "began_on", "2011"), ["Quill began_on 2011: subPropertyOf", " Quill founded_on 2011: i"]),
        (
            ("Northwind Bank", "a", "Agent"),
            [
                "Northwind Bank type Agent: subClassOf",
                " Northwind Bank type Organization: subClassOf",
                "  Northwind Bank type Bank: given",
            ],
        ),
    ],
)  # fmt: skip
def test_what_follows_has_a_proof(
    triple: tuple[str, str, str], proof: list[str], graph: KnowledgeGraph
) -> None:
    answer = graph.why(*triple)
    assert (answer.verdict, answer.holds) == ("inferred", True)
    assert [line.rstrip() for line in told(answer.proof)] == [line.rstrip() for line in proof]


@pytest.mark.parametrize(
    ("triple", "verdict", "said", "others"),
    [
        (("Ostara", "acquired", "Kestrel"), "planned", ["acquired"], []),
        (("Ostara", "owns", "Kestrel"), "unknown", [], ["acquired"]),
        (("Kestrel", "uses", "Halden"), "denied", ["uses"], []),
        (("Halden", "uses", "Kestrel"), "unknown", [], ["uses"]),
        (("Ostara", "acquired", "Halden"), "unknown", [], ["subsidiary_of", "acquired", "acquired"]),
        (("Vantor", "acquired", "Vantor"), "unknown", [], []),
        (("Quill", "founded_on", "2012"), "unknown", [], ["founded_on"]),
        (("Quill", "a", "Person"), "unknown", [], []),
    ],
)
def test_what_does_not_hold_has_what_is_known(
    triple: tuple[str, str, str], verdict: str, said: list[str], others: list[str], graph: KnowledgeGraph
) -> None:
    answer = graph.why(*triple)
    assert (answer.verdict, answer.holds, answer.proof) == (verdict, False, None)
    assert [local_name(claim.predicate) for claim in answer.claims] == said
    assert [local_name(claim.predicate) for claim in answer.others] == others


def test_what_is_planned_and_follows_holds() -> None:
    found = [
        said("j", "Halden bought Ostara.", "Halden", "acquired", "Ostara"),
        said("k", "Halden will use Ostara.", "Halden", "uses", "Ostara", status="planned"),
    ]
    law = replace(ONTOLOGY, axioms=(_axiom("subPropertyOf", "acquired", "uses"),))
    graph = fill(KnowledgeGraph.memory(law), found)
    answer = graph.why("Halden", "uses", "Ostara")
    assert (answer.verdict, len(answer.claims), answer.stated) == ("inferred", 1, True)
    assert answer.proof is not None


def test_a_class_that_was_given_is_stated(graph: KnowledgeGraph) -> None:
    for name in ("Organization", "news:Organization", str(NEWS.Organization)):
        answer = graph.why("e:Quill", str(RDF.type), name)
        assert (answer.verdict, answer.claims, answer.proof) == ("stated", (), None)


@pytest.mark.parametrize(
    ("triple", "message"),
    [
        (("Haldn", "owns", "Ostara"), 'nothing is called "Haldn". Did you mean "Halden"?'),
        (("Halden", "own", "Ostara"), 'no relation is called "own". Did you mean "owns"?'),
        (("Halden", "owns", "Ostra"), 'nothing is called "Ostra". Did you mean "Ostara"?'),
        (("Halden", "a", "Banc"), 'no class is called "Banc". Did you mean "Bank"?'),
    ],
)
def test_unknown_names(triple: tuple[str, str, str], message: str, graph: KnowledgeGraph) -> None:
    with pytest.raises(UsageError) as raised:
        graph.why(*triple)
    assert str(raised.value) == message


def test_a_name_of_several_things() -> None:
    found = [
        extraction("a", "Ford sued Halden.", ("Ford", "partner_of", "Halden")),
        extraction("b", "Ford leads Halden.", ("Ford", "ceo_of", "Halden"), classes={"Ford": "Person"}),
    ]
    graph = fill(KnowledgeGraph.memory(LAW), found)
    assert graph.why("Ford", "ceo_of", "Halden").subject.iri.endswith("entity/Ford_Person")
    with pytest.raises(
        UsageError, match=r'"Ford" is the name of 2 things; give one of <.*Ford_Organization>'
    ):
        graph.why("Ford", "a", "Agent")


def test_another_ontology_does_not_explain_it(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.save(tmp_path).close()
    with KnowledgeGraph.open(tmp_path / "graph.db", ONTOLOGY) as other:
        assert other.why("Halden", "acquired", "Ostara").holds
        with pytest.raises(UsageError, match=r"axioms of another ontology than tiny\.ttl"):
            other.why("Northwind Bank", "partner_of", "Quill")


# ---- any axioms, any graph --------------------------------------------------------------------------

NAMES = ("Mo", "Na", "Ok", "Xi")
CLAIMS = st.sets(
    st.tuples(*map(st.sampled_from, (NAMES, "pqrt", NAMES))).filter(lambda triple: triple[0] != triple[2]),
    max_size=6,
)


def graph_of(axioms: list[str], claims: set[tuple[str, str, str]]) -> KnowledgeGraph:
    prop = next(iter(ONTOLOGY.properties.values()))
    properties = {p: replace(prop, iri=X + p, name=p, domain=(), range=()) for p in "pqrt"}
    law = replace(ONTOLOGY, properties=properties, axioms=tuple(sorted(set(map(axiom, axioms)))))
    text = "\n".join(f"{s} said {o}." for s, _, o in sorted(claims)) + "\nMo Na Ok Xi."
    everyone = [("Mo", "p", name) for name in NAMES[1:]]
    denials = [(*triple, Qualifiers(status="denied")) for triple in everyone]
    found = extraction("a", text, *sorted(claims), *denials)
    graph = KnowledgeGraph.memory(law)
    graph.add(claims_of(found, resolve([found], law), law), [found.document])
    return graph


def claims_needed(axioms: list[str], claims: set[tuple[str, str, str]]) -> dict[tuple[str, str, str], int]:
    """The fewest claims from which each triple follows, by trying until nothing gets better."""
    found = dict.fromkeys(claims, 1)
    while True:
        better = dict(found)
        for term, sign, *other in map(str.split, axioms):
            upper = (other or [term])[0]
            for (s, p, o), cost in found.items():
                new = []
                if sign == "<" and p == term:
                    new.append(((s, upper, o), cost))
                elif sign in "^~" and p in (term, upper):
                    new += [((o, a, s), cost) for a, b in ((term, upper), (upper, term)) if b == p]
                elif sign == "+" and p == term:
                    new += [((s, p, z), cost + c) for (y, q, z), c in found.items() if (y, q) == (o, p)]
                for triple, price in new:
                    better[triple] = min(price, better.get(triple, price))
        if better == found:
            return found
        found = better


def key(proof: Proof) -> tuple[str, str, str]:
    assert isinstance(proof.object, Entity)
    return (proof.subject.name, local_name(proof.predicate), proof.object.name)


def check(
    proof: Proof, axioms: list[str], claims: set[tuple[str, str, str]], above: tuple[object, ...]
) -> int:
    """That each step of a proof is one of its axiom, on no way round; how many claims it rests on."""
    assert key(proof) not in above
    if proof.axiom is None:
        assert {c.qualifiers.status for c in proof.claims} == {"asserted"}
        assert key(proof) in claims
        return 1
    text = next(text for text in axioms if axiom(text) == proof.axiom)
    premises = {key(premise) for premise in proof.premises}
    assert key(proof) in fixpoint([text], premises) | premises
    return sum(check(premise, axioms, claims, (*above, key(proof))) for premise in proof.premises)


@settings(max_examples=40, deadline=None)
@given(AXIOMS.map(lambda texts: [text for text in texts if "⊂" not in text]), CLAIMS)
def test_every_inferred_triple_has_a_shortest_proof(
    axioms: list[str], claims: set[tuple[str, str, str]]
) -> None:
    graph, needed = graph_of(axioms, claims), claims_needed(axioms, claims)
    closure = fixpoint(axioms, claims) | claims
    assert set(needed) == closure
    for triple in [(s, p, o) for s in NAMES for p in "pqrt" for o in NAMES]:
        answer = graph.why(*triple)
        assert answer.holds is (triple in closure)
        if answer.proof:
            assert check(answer.proof, axioms, claims, ()) == needed[triple]
            assert graph_of(axioms[::-1], claims).why(*triple) == answer


# ---- as a command -----------------------------------------------------------------------------------


def test_the_command(tmp_path: Path) -> None:
    text = "Halden bought Ostara.\nOstara will buy Kestrel."
    found = extraction(
        "a.txt",
        text,
        ("Halden", "acquired", "Ostara", Qualifiers(time="2019", attributed_as_written="Reuters")),
        ("Ostara", "acquired", "Kestrel", Qualifiers(status="planned")),
    )
    with KnowledgeGraph.create(tmp_path / "graph.db") as graph:
        fill(graph, [found])
        graph.commit()
    store = ["--store", "graph.db"]
    done = run_kg(["why", "halden", "has stake in", "e:Ostara", *store], cwd=tmp_path)
    assert done.stdout.splitlines() == [
        "Halden —has_stake_in→ Ostara  is inferred",
        "  because owns is a subproperty of has_stake_in, and",
        "  Halden —owns→ Ostara  is inferred",
        "    because acquired is a subproperty of owns, and",
        "    Halden —acquired→ Ostara  is asserted",
        "      “Halden bought Ostara.”",
        "        a.txt, characters 0–21; asserted, 2019, says Reuters",
    ]
    done = run_kg(["why", "Ostara", "owns", "Kestrel", *store], cwd=tmp_path)
    assert done.stdout.splitlines() == [
        "Ostara —owns→ Kestrel  does not hold: nothing says so",
        "What else is said of the two:",
        "  Ostara —acquired→ Kestrel",
        "    “Ostara will buy Kestrel.”",
        "      a.txt, characters 22–46; planned",
    ]
    done = run_kg(["why", "Ostara", "owns", "Halden", "--format", "json", *store], cwd=tmp_path)
    answer = json.loads(done.stdout)
    assert (answer["verdict"], answer["proof"]) == ("unknown", None)
    assert answer["others"][0]["sentence"] == "Halden bought Ostara."
    done = run_kg(["why", "Haldn", "owns", "Ostara", *store], cwd=tmp_path, code=2)
    assert done.stderr == 'kg: nothing is called "Haldn". Did you mean "Halden"?\n'


def test_as_json_is_the_whole_tree(graph: KnowledgeGraph) -> None:
    answer: Why = graph.why("Halden", "has_stake_in", "Ostara")
    plain = json.loads(json.dumps(as_json(answer)))
    premise = plain["proof"]["premises"][0]["premises"][0]
    assert premise["axiom"] is None
    assert [claim["document"] for claim in premise["claims"]] == ["a", "b"]
