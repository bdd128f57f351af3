"""An existing graph as backbone: its things are known by their names and keep their IRIs."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.backbone import GRAPH, known_names, replace, take_backbone
from kg.claims import claims
from kg.errors import InputError
from kg.extract import Extractor
from kg.graph import KnowledgeGraph
from kg.model import Document, Extraction
from kg.ontology import KnownName, Ontology, load_ontology
from kg.pipeline import build
from kg.resolve import resolve
from kg.vocab import BASE_IRI, NEWS, entity_iri, local_name
from tests.factories import ONTOLOGY, extraction
from tests.running import run_kg

PREFIXES = """
@prefix : <http://x.y/id?n=> . @prefix news: <https://w3id.org/claimgraph/news#> . @prefix wd: <http://www.wikidata.org/entity/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix schema: <https://schema.org/> . @prefix sdo: <http://schema.org/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""  # noqa: E501


def store(turtle: str) -> ox.Store:
    made = ox.Store()
    made.load(f"{PREFIXES}{turtle}".encode(), format=ox.RdfFormat.TURTLE, to_graph=GRAPH)
    return made


# ---- what is known ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turtle", "names"),
    [
        (':1 a news:Place ; rdfs:label "Aldby" .', ["Aldby"]),
        (':1 a news:Place ; rdfs:label "Aldby"@en , "Altdorf"@de .', ["Aldby"]),
        (':1 a news:Place ; rdfs:label "Aldeby"@fr , "Altdorf"@de .', ["Aldeby", "Altdorf"]),
        (':1 a news:Place ; skos:prefLabel "Aldby" ; rdfs:label "Ald"@en-GB .', ["Ald", "Aldby"]),
        (':1 a schema:Place ; schema:name "Ald" ; schema:alternateName "Old Town" .', ["Ald", "Old Town"]),
        (':1 a sdo:Corporation ; sdo:legalName "Ald SE" ; sdo:name "Ald" .', ["Ald", "Ald SE"]),
        (':1 a foaf:Person ; foaf:name "Ola\\n  Moe" ; skos:altLabel "Moe" .', ["Ola Moe", "Moe"]),
        (':1 a news:Place ; skos:altLabel "Ald" .', ["Ald"]),
        (':1 a news:Place ; rdfs:label "  " , "42" , ""@en .', []),
        (f':1 a news:Place ; rdfs:label "{"long " * 30}" .', []),
        (':1 a news:Place ; rdfs:label 42 , <http://x.y/label> .', []),
        (':1 rdfs:label "a thing of no class" .', []),
        (':1 a owl:Class ; rdfs:label "a" . :2 a rdf:Property , owl:NamedIndividual ; rdfs:label "b" .', []),
        ('[] a news:Place ; rdfs:label "Aldby" .', []),
    ],
)  # fmt: skip
def test_names(turtle: str, names: list[str]) -> None:
    found = known_names(store(turtle), load_ontology())
    assert sorted(known.form for known in found) == sorted(names)
    assert {known.name for known in found} <= {names[0] if names else ""}


@pytest.mark.parametrize(
    ("classes", "name"),
    [
        (":1 a news:PoliticalParty", "PoliticalParty"),
        (":1 a schema:Person", "Person"),
        (":1 a sdo:Person", "Person"),
        (":1 a wd:Q5", "Person"),
        (":1 a wd:Q891723", "Organization"),
        (
            ":1 a :Bank . :Bank rdfs:subClassOf :Firm . :Firm rdfs:subClassOf schema:Organization",
            "Organization",
        ),
        (":1 a :Bank . :Bank owl:equivalentClass news:Organization", "Organization"),
        (":1 a :Bank . :Bank skos:exactMatch sdo:Corporation", "Organization"),
        (":1 a news:Agent , news:PoliticalParty", "PoliticalParty"),
        (":1 a :Bank . :Bank rdfs:subClassOf :Firm . :Firm rdfs:subClassOf :Bank", ""),
        (":1 a skos:Concept", ""),
        (":1 a owl:NamedIndividual , foaf:Organization", "Organization"),
    ],
)
def test_classes(classes: str, name: str) -> None:
    (known,) = known_names(store(f'{classes} . :1 rdfs:label "Ald" .'), load_ontology())
    assert known == KnownName("Ald", "Ald", name, iri="http://x.y/id?n=1")


def test_any_ontology_has_its_own_classes(tmp_path: Path) -> None:
    file = tmp_path / "club.ttl"
    file.write_text(
        "@prefix : <http://x.y/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix skos:"
        " <http://www.w3.org/2004/02/skos/core#> . :Club a owl:Class ; skos:narrowMatch <http://z.y/Team> ."
    )
    (known,) = known_names(store(':1 a <http://z.y/Team> ; rdfs:label "Ald" .'), load_ontology(file))
    assert known.type == "Club"


def test_files_in_any_order_and_of_any_name_are_one_backbone(tmp_path: Path) -> None:
    texts = [f'{PREFIXES} :{n} a news:Place ; rdfs:label "Ald{n}" ; :at [ :x {n} ] , [] .' for n in range(4)]
    made = []
    for seed in range(3):
        order = random.Random(seed).sample(texts, 4)
        files = [tmp_path / f"{seed}-{number}.ttl" for number in range(4)]
        for file, text in zip(files, order, strict=True):
            file.write_text(text)
        engine = ox.Store()
        option = take_backbone(engine, files)
        made.append((option, sorted(map(str, engine))))
    assert made[0] == made[1] == made[2]
    assert not any("_:" in line for line in made[0][1])
    assert made[0][0][0][0] == "backbone"


def test_a_backbone_takes_the_place_of_the_earlier_one(tmp_path: Path) -> None:
    engine = store(':old a news:Place ; rdfs:label "Old" .')
    file = tmp_path / "new.ttl"
    file.write_text(f'{PREFIXES} :new a news:Place ; rdfs:label "New" .')
    replace(engine, [file])
    assert [known.form for known in known_names(engine, ONTOLOGY)] == ["New"]
    assert take_backbone(ox.Store(), []) == ()


# ---- which things are its things --------------------------------------------------------------------


def known(form: str, iri: str, kind: str = "Organization", name: str = "") -> KnownName:
    return KnownName(form, name or form, kind, iri=f"http://x.y/{iri}")


def entities(law: Ontology, *texts: tuple[str, str, str], **classes: str) -> list[tuple[str, str]]:
    """IRI and name of the entities of documents that each say one thing."""
    found = [
        extraction(str(number), f"{head} and {tail}.", (head, said, tail), classes=classes)
        for number, (head, said, tail) in enumerate(texts)
    ]
    return [(entity.iri, entity.name) for entity in resolve(found, law).entities]


@pytest.mark.parametrize(
    ("names", "text", "iri"),
    [
        ([known("Halden", "h")], "Halden", "http://x.y/h"),
        ([known("Halden Group plc", "h"), known("Halden", "h")], "HALDEN", "http://x.y/h"),
        ([known("Halden AG", "h")], "Halden", "http://x.y/h"),
        ([known("Halden", "h")], "Halden Labs", f"{BASE_IRI}entity/Halden_Labs"),
        ([known("Halden", "h", "Person")], "Halden", f"{BASE_IRI}entity/Halden"),
        ([known("Halden", "h", "Agent")], "Halden", "http://x.y/h"),
        ([known("Halden", "h", "Bank")], "Halden", "http://x.y/h"),
        ([known("Halden", "h", "")], "Halden", "http://x.y/h"),
        ([known("Halden", "h"), known("Halden", "i")], "Halden", f"{BASE_IRI}entity/Halden"),
        ([known("Halden", "h"), known("Halden", "i", "Person")], "Halden", "http://x.y/h"),
        ([known("halden", "h", "")], "Halden", f"{BASE_IRI}entity/Halden"),
        ([known("halden", "h", "")], "halden", "http://x.y/h"),
    ],
)
def test_a_thing_is_that_of_its_name_and_class(names: list[KnownName], text: str, iri: str) -> None:
    found = dict(entities(ONTOLOGY.knowing(names), (text, "uses", "Ostara")))
    assert iri in found


def test_all_names_of_a_thing_are_one_entity_with_its_name() -> None:
    names = [known("Halden Holding", "h"), known("Teal Giant", "h", name="Halden Holding")]
    law = ONTOLOGY.knowing(names)
    texts = [("Halden Holding", "uses", "Ostara"), ("Teal Giant", "uses", "Ostara")]
    assert entities(law, *texts) == [("http://x.y/h", "Halden Holding"), (entity_iri("Ostara"), "Ostara")]


def test_what_is_minted_takes_no_iri_of_the_backbone() -> None:
    law = ONTOLOGY.knowing([KnownName("Other", "Other", "Place", iri=entity_iri("Halden"))])
    found = dict(entities(law, ("Halden", "uses", "Ostara")))
    assert found == {entity_iri("Halden_Organization"): "Halden", entity_iri("Ostara"): "Ostara"}


def test_a_claim_has_a_valid_iri_whatever_the_things_are_called() -> None:
    law = ONTOLOGY.knowing([known("Halden", "%20?a=b&c=(d)#"), known("Ostara", "")])
    found = [extraction("a", "Halden and Ostara.", ("Halden", "uses", "Ostara"))]
    (claim,) = claims(found[0], resolve(found, law), law)
    assert ox.NamedNode(claim.iri).value == claim.iri
    assert claim.subject.iri == "http://x.y/%20?a=b&c=(d)#"
    assert local_name(claim.iri).count("-uses-") == 1


def test_a_backbone_of_other_things_changes_nothing() -> None:
    texts = [("Halden", "uses", "Ostara"), ("Ostara", "partner_of", "Quill")]
    assert entities(ONTOLOGY.knowing([known("Else", "e")]), *texts) == entities(ONTOLOGY, *texts)


# ---- in texts ---------------------------------------------------------------------------------------

COMPANIES = """
:1 a sdo:Corporation ; sdo:name "International Widget Machines Corporation" .
:1 sdo:alternateName "IWM" , "Big Teal" .
:2 a :Bank ; rdfs:label "Bank of the Two Rivers"@en , "Banque des Deux Rivières"@fr ; :isin "XX1" .
:Bank rdfs:subClassOf schema:Organization ; a owl:Class ; rdfs:label "bank" .
:3 a foaf:Person ; foaf:name "Ola Nordman" ; skos:altLabel "Nordman" .
:4 a schema:Organization ; rdfs:label "voltiq" .
:5 a skos:Concept ; skos:prefLabel "plum" .
:6 a schema:Organization ; rdfs:label "Plum Inc." .
"""
TEXTS = {
    "a.txt": "IWM bought voltiq in 2023. Big Teal was founded in 1911. Nordman invested in Plum.",
    "b.txt": "The Bank of the Two Rivers sued Plum. Ola Nordman founded Kestrel Systems.",
}
FOUND = [
    ("1", "acquired", "http://x.y/id?n=4"),
    ("1", "founded_on", "1911"),
    ("2", "sued", "http://x.y/id?n=6"),
    ("3", "founded", entity_iri("Kestrel_Systems")),
    ("3", "invested_in", "http://x.y/id?n=6"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).write_text(text)
    (tmp_path / "companies.ttl").write_text(PREFIXES + COMPANIES, encoding="utf-8")
    return tmp_path


def told(graph: KnowledgeGraph) -> list[tuple[str, str, str]]:
    ends = [(c, c.object.iri if hasattr(c.object, "iri") else c.object.value) for c in graph.claims()]
    return sorted(
        (c.subject.iri.removeprefix("http://x.y/id?n="), local_name(c.predicate), o) for c, o in ends
    )


@pytest.mark.model
@pytest.mark.slow
def test_texts_are_read_with_the_names_of_a_backbone(folder: Path) -> None:
    place = folder / "output" / "graph.db"
    build(folder / "texts" / "a.txt", folder / "output").close()
    done = run_kg(["import", "companies.ttl", "--store", str(place)], cwd=folder)
    contents = "documents: 1, claims: 2, things of the backbone: 6, their names: 9"
    assert done.stdout == f"Wrote {place}: {contents}\n"
    with build(folder / "texts" / "b.txt", folder / "output") as graph:  # the other is read again too
        assert told(graph) == FOUND
        joined = "ASK { ?claim rdf:subject ?bank . GRAPH kg:backbone { ?bank <http://x.y/id?n=isin> 'XX1' } }"
        assert graph.query(joined)
        option = graph.query("SELECT ?option { ?run kg:option ?option }").rows[0].option
        assert option.startswith("backbone=sha256 ")
        first = graph.serialize(folder / "first.trig").read_bytes()
    with build(folder / "texts", backbone=[folder / "companies.ttl"]) as other:
        assert other.serialize(folder / "other.trig").read_bytes() == first


@pytest.mark.model
def test_a_name_is_found_as_it_is_written() -> None:
    forms = [("Bank of the Two Rivers", "2"), ("voltiq", "4"), ("Nordman", "3"), ("May", "5"), ("Plum", "6")]
    law = load_ontology().knowing(known(form, iri, "") for form, iri in forms)
    text = "Plum Research praised the Bank of the Two Rivers in May. It bought voltiq. A plum is a fruit."
    (found,) = Extractor(law).extract([Document("a", text)])
    assert names(found) == ["Plum Research", "Bank of the Two Rivers", "voltiq"]


@pytest.mark.model
def test_a_short_name_is_of_whom_the_text_introduced() -> None:
    forms = [known("Ola Nordman", "1", "Person"), known("Nordman", "1", "Person", "Ola Nordman")]
    law = load_ontology().knowing([*forms, known("Kestrel Systems", "2"), known("Kesty", "2")])
    texts = [
        "Nordman founded Kestrel Systems in 2001. Kesty was sold to Plum.",
        "Erik Nordman founded Kestrel Systems in 2001. Nordman later invested in Plum.",
    ]
    found = list(Extractor(law).extract(Document(str(n), text) for n, text in enumerate(texts)))
    subjects = [
        {
            claim.subject.iri
            for claim in claims(one, resolve(found, law), law)
            if "Nordman" in claim.subject.name
        }
        for one in found
    ]
    assert subjects == [{"http://x.y/1"}, {entity_iri("Erik_Nordman")}]
    assert len({mention.entity for mention in found[0].mentions if mention.text.startswith("Kest")}) == 1


def names(found: Extraction) -> list[str]:
    return [mention.text for mention in found.mentions if mention.kind == "name"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("nonsense")
    for name in ("bad.ttl", "none.ttl"):
        with pytest.raises(InputError, match=name):
            take_backbone(ox.Store(), [tmp_path / name])


def test_news_classes_are_used() -> None:
    assert known_names(store(f'<x:1> a <{NEWS.Place}> ; rdfs:label "A" .'), ONTOLOGY)[0].type == "Place"
