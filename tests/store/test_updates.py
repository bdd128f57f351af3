"""A graph is a function of its documents: in whatever builds they came, replaced and went."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.decisions import Pin
from kg.errors import InputError, StoreError, UsageError
from kg.graph import KnowledgeGraph
from kg.model import Document, Extraction
from kg.ontology import Axiom
from kg.place import Place
from kg.store import Remote
from kg.store.sync import send
from kg.update import update
from kg.vocab import BASE_IRI, KG, NEWS
from tests.factories import ONTOLOGY, extraction, fill, sample
from tests.running import ROOT
from tests.store.ready import ReadyMade, files, henry, made, names, recipe, variants, whole

VARIANTS = variants()
KEPT = ["corpus.sqlite", "graph.db", "graph.html", "graph.ttl"]

some_documents = st.dictionaries(
    st.sampled_from(sorted({id_ for id_, _ in VARIANTS})), st.integers(0, 9), max_size=4
)


removals = st.sets(st.integers(0, 4), min_size=1)


def chosen(picked: dict[str, int]) -> dict[str, Extraction]:
    """The versions that are meant, by id."""
    found = {}
    for id_, number in picked.items():
        own = [one for (known, _), one in VARIANTS.items() if known == id_]
        found[id_] = own[number % len(own)]
    return found


@settings(deadline=None, max_examples=12)
@given(st.lists(some_documents | removals, min_size=1, max_size=4), st.booleans())
def test_any_sequence_of_builds_is_one_build(
    steps: list[dict[str, int] | set[int]], last_fresh: bool
) -> None:
    """A step is what is given to a build, or which of the documents that are there are removed."""
    with TemporaryDirectory() as temporary:
        folder, there = Path(temporary) / "out", dict[str, Extraction]()
        for number, step in enumerate(steps):
            if isinstance(step, dict):
                fresh = last_fresh and number == len(steps) - 1
                there = ({} if fresh else there) | chosen(step)
                made(Place(folder), chosen(step).values(), fresh=fresh).close()
            else:
                gone = {id_ for i, id_ in enumerate(sorted(there)) if i in step}
                there = {id_: one for id_, one in there.items() if id_ not in gone}
                made(Place(folder), [], removed=gone).close()
        assert files(folder) == whole(there.values(), Path(temporary) / "whole")
        assert names(folder) == KEPT
        with KnowledgeGraph.open(folder / "graph.db", ONTOLOGY) as graph:
            assert graph.serialize(folder / "again.ttl").read_bytes() == files(folder)["graph.ttl"]


def test_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    found = sample()
    made(Place(tmp_path), found).close()
    how = recipe(found)
    assert isinstance(how.extractor, ReadyMade)
    seen: list[tuple[str, bool]] = []
    changed = extraction("ostara", "Ostara named Halden its partner.", ("Ostara", "partner_of", "Halden"))
    how.extractor.known[changed.document.sha256] = changed
    given = [found[0].document, changed.document, Document("new", "Nothing.")]
    graph = update(Place(tmp_path), how, given, progress=lambda d, e: seen.append((d.id, e is None)))
    assert how.extractor.asked == ["ostara", "new"]
    assert seen == [("halden", True), ("ostara", False), ("new", False)]
    changes = graph.changes
    assert (changes.added, changes.replaced, changes.unchanged) == (("new",), ("ostara",), ("halden",))
    assert (changes.kept, changes.removed, changes.reread) == (("quill wire",), (), ())


def test_a_graph_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    made(Place(tmp_path), sample()).close()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    with made(Place(tmp_path), sample()[:2]) as again:
        assert len(again.claims()) == len(made(Place(), sample()).claims())
        assert again.changes.kept == ("quill wire",)
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert {path for path in before if before[path] != after.get(path)} <= {tmp_path / "corpus.sqlite"}
    (tmp_path / "graph.ttl").unlink()
    made(Place(tmp_path), []).close()
    assert files(tmp_path) == whole(sample(), tmp_path / "whole")


def test_another_model_reads_all_again(tmp_path: Path) -> None:
    made(Place(tmp_path), sample()).close()
    how = recipe(sample(), version="2")
    assert isinstance(how.extractor, ReadyMade)
    graph = update(Place(tmp_path), how, [sample()[0].document])
    assert sorted(how.extractor.asked) == ["halden", "ostara", "quill wire"]
    assert graph.changes.reread == ("halden", "ostara", "quill wire")
    assert files(tmp_path) == whole(sample(), tmp_path / "whole", version="2")


def test_another_score_reads_nothing_again(tmp_path: Path) -> None:
    made(Place(tmp_path), sample()).close()
    how = recipe(sample(), min_score=0.6)
    assert isinstance(how.extractor, ReadyMade)
    graph = update(Place(tmp_path), how, [])
    assert (how.extractor.asked, graph.claims()) == ([], [])
    assert files(tmp_path) == whole(sample(), tmp_path / "whole", min_score=0.6)


def test_without_its_corpus_the_texts_of_the_store_are_read(tmp_path: Path) -> None:
    made(Place(tmp_path), sample()).close()
    (tmp_path / "corpus.sqlite").unlink()
    how = recipe(sample())
    assert isinstance(how.extractor, ReadyMade)
    extra = extraction("new", "Halden bought Ostara.", ("Halden", "acquired", "Ostara"))
    how.extractor.known[extra.document.sha256] = extra
    update(Place(tmp_path), how, [extra.document]).close()
    assert sorted(how.extractor.asked) == ["halden", "new", "ostara", "quill wire"]
    assert files(tmp_path) == whole([*sample(), extra], tmp_path / "whole")


def test_a_text_that_is_nowhere_is_asked_for(tmp_path: Path) -> None:
    made(Place(tmp_path), sample()).save(tmp_path).close()
    with KnowledgeGraph.open(tmp_path / "graph.db") as graph:
        lines = [line for line in graph.lines() if b"isString" not in line]
    with KnowledgeGraph.create(tmp_path / "graph.db") as graph:
        graph.engine.bulk_load(b"".join(lines), format=ox.RdfFormat.N_TRIPLES)
        graph.commit()
    (tmp_path / "corpus.sqlite").unlink()
    with pytest.raises(StoreError, match="the text of 'halden' is not there to be read again, with 2 others"):
        made(Place(tmp_path), [])
    made(Place(tmp_path), sample()).close()
    assert files(tmp_path) == whole(sample(), tmp_path / "whole")


# ---- removal ----------------------------------------------------------------------------------------

BOTH = [
    extraction("one", "Halden bought Ostara.", ("Halden", "acquired", "Ostara"), source="texts/one.txt"),
    extraction("two", "Halden Inc acquired Ostara.", ("Halden Inc", "acquired", "Ostara"), title="Two"),
    extraction("six", "Quill plans to use Ostara.", ("Quill", "uses", "Ostara")),
]


@pytest.mark.parametrize(
    ("removed", "left"),
    [({"one"}, [1, 2]), ({"texts/one.txt"}, [1, 2]), ({"two", "six"}, [0]), ({"one", "two", "six"}, [])],
)
def test_what_only_a_removed_document_said_is_gone(
    removed: set[str], left: list[int], tmp_path: Path
) -> None:
    made(Place(tmp_path), BOTH).close()
    with made(Place(tmp_path), [], removed=removed) as graph:
        assert files(tmp_path) == whole([BOTH[i] for i in left], tmp_path / "whole")
        assert {document.id for document in graph.documents()} == {BOTH[i].document.id for i in left}
        assert bool(graph.query("ASK { ?x news:acquired e:Ostara }")) is (0 in left or 1 in left)
        names = {name for entity in graph.entities() for name in (entity.name, *entity.aliases)}
        said = tuple(name in names for name in ("Halden", "Halden Inc", "Quill"))
        assert said == tuple(number in left for number in range(3))


def test_a_removed_text_is_nowhere(tmp_path: Path) -> None:
    secret = extraction("secret", "Zyxomma bought Ostara.", ("Zyxomma", "acquired", "Ostara"))
    made(Place(tmp_path), [*BOTH, secret]).close()
    assert any(b"Zyxomma" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    made(Place(tmp_path), [], removed=["secret"]).close()
    assert [path for path in tmp_path.rglob("*") if path.is_file() and b"Zyxomma" in path.read_bytes()] == []


def test_what_cannot_be_removed(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store in it; build one with: kg build"):
        made(Place(tmp_path), [], removed=["one"])
    made(Place(tmp_path), BOTH).close()
    with pytest.raises(UsageError, match=r'no document is called "tow". Did you mean "two"\?'):
        made(Place(tmp_path), [], removed=["one", "tow"])
    with pytest.raises(UsageError, match=r'is called "zzz". List them with: kg query '):
        made(Place(tmp_path), [], removed=["zzz"])
    assert files(tmp_path) == whole(BOTH, tmp_path / "whole")


# ---- documents of one name --------------------------------------------------------------------------


def test_a_file_of_the_same_name_elsewhere_replaces_nothing(tmp_path: Path) -> None:
    said = ("Halden", "acquired", "Ostara")
    first = extraction("jan", "Halden bought Ostara.", said, source="2023/jan.txt")
    made(Place(tmp_path), [first]).close()
    other = Document("jan", "Quill was sold.", source="2024/jan.txt")
    moved = Document("jan", first.document.text, source="old/2023/jan.txt")
    changed = Document("jan", "Halden was sold.", source="2023/jan.txt")
    record = Document("jan", "Halden was sold.", source="news.jsonl")
    place = Place(tmp_path)
    assert list(place.distinct([moved, changed, record])) == [moved, changed, record]
    with pytest.raises(InputError, match=r"2024/jan.txt: the graph has another document 'jan', from"):
        list(place.distinct([other]))
    told: list[InputError] = []
    new = Document("feb", "Quill was sold.", source="2024/feb.txt")
    assert list(place.distinct([other, new], told.append)) == [new]
    assert len(told) == 1


# ---- other IRIs -------------------------------------------------------------------------------------


def test_a_rename_is_told_and_a_pin_prevents_it(tmp_path: Path) -> None:
    company, person = VARIANTS["a", 0], VARIANTS["b", 0]
    made(Place(tmp_path), [company]).close()
    with made(Place(tmp_path), [person]) as graph:
        (rename,) = graph.changes.renamed
        e = graph.prefixes["e"]
        assert (rename.old, rename.new) == (e + "Ford", e + "Ford_Organization")
        assert (rename.name, rename.merged, rename.document) == ("Ford", False, None)
        assert not graph.query("ASK { e:Ford ?p ?o }")
    pins = (Pin("Ford", "Ford", "Organization"),)
    with made(Place(tmp_path), [person], pins=pins) as graph:
        assert graph.query("ASK { e:Ford a news:Organization . e:Ford_Person a news:Person }")
        assert graph.changes.renamed == ()
    assert files(tmp_path) == whole([company, person], tmp_path / "whole", pins=pins)
    with made(Place(tmp_path), [], removed=["b"], pins=pins) as graph:
        assert graph.changes.renamed == ()


def test_a_merge_is_told(tmp_path: Path) -> None:
    agent = henry("a", "invested_in", "Agent")  # a company or a person, whatever others say more often
    company, person = henry("b", "acquired", "Organization"), henry("c", "ceo_of", "Person")
    made(Place(tmp_path), [agent, company, person]).close()
    with made(Place(tmp_path), [henry("d", "ceo_of", "Person")]) as graph:
        (rename,) = graph.changes.renamed
        assert rename.old.endswith("/Henry_Ford_Organization")
        assert rename.new.endswith("/Henry_Ford_Person")
        assert rename.merged
    pins = (Pin("Henry_Ford_Organization", "Henry Ford", "Organization", "a"),)
    with made(Place(tmp_path), [], pins=pins) as graph:
        assert graph.query("ASK { e:Henry_Ford_Organization news:invested_in e:Halden }")


# ---- places -----------------------------------------------------------------------------------------


def test_a_second_build_gets_a_message(tmp_path: Path) -> None:
    code = (
        "import sys; from kg.errors import StoreError; from kg.place import Place\n"
        "from tests.store.ready import made\n"
        "try: made(Place(sys.argv[1]), [])\n"
        "except StoreError as error: print(error)"
    )
    with KnowledgeGraph.create(tmp_path / "graph.db"):
        command = [sys.executable, "-c", code, str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "the store is in use, another build is writing it" in done.stdout


def test_a_corpus_that_is_none_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "corpus.sqlite").write_text("Dear diary, " * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="no corpus of claimgraph, or it is damaged"):
        made(Place(tmp_path), sample())
    assert names(tmp_path) == ["corpus.sqlite"]
    assert (tmp_path / "corpus.sqlite").read_text(encoding="utf-8").startswith("Dear diary")


def test_places_that_are_wrong(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"output/graph.db: this is no http address"):
        Place(tmp_path, "output/graph.db")
    with pytest.raises(UsageError, match="an output folder is needed too"):
        Place(None, "http://localhost:7878/")
    (tmp_path / "graph.html").mkdir()
    with pytest.raises(Exception, match="a folder is in the way"):
        made(Place(tmp_path), sample())
    assert "graph.db" not in names(tmp_path)


# ---- an endpoint ------------------------------------------------------------------------------------


def test_an_endpoint_is_updated(endpoint: str, tmp_path: Path) -> None:
    remote = Remote(endpoint)
    others = [
        b"<https://example.org/kg/entity/Ford> <http://www.w3.org/2002/07/owl#sameAs> <x:ford> .\n",
        b'<x:ford> <x:p> "somebody else\'s" .\n',
    ]
    remote.insert(others)
    steps: list[tuple[list[Extraction], set[str]]] = [
        ([VARIANTS["a", 0], VARIANTS["c_d", 1]], set()),
        ([VARIANTS["b", 0], VARIANTS["c d", 0]], set()),
        ([VARIANTS["a", 2], VARIANTS["c_d", 0]], set()),
        ([], {"b", "c d"}),
        ([], {"a", "c_d"}),
    ]
    there: dict[str, Extraction] = {}
    for given_now, removed in steps:
        there |= {one.document.id: one for one in given_now}
        there = {id_: one for id_, one in there.items() if id_ not in removed}
        made(Place(tmp_path / "out", endpoint), given_now, removed=removed).close()
        expected = whole(there.values(), tmp_path / "whole")
        assert files(tmp_path / "out") == expected
        turtle = ox.parse(expected["graph.ttl"], format=ox.RdfFormat.TURTLE)
        lines = remote.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
        said = {line for line in lines.decode().splitlines() if f"{line}\n".encode() not in others}
        assert said == {f"{quad.triple} ." for quad in turtle}
        assert len(lines.splitlines()) == len(said) + len(others)
    assert names(tmp_path / "out") == ["corpus.sqlite", "graph.html", "graph.ttl"]


def test_an_endpoint_gets_what_is_inferred_on_request(endpoint: str) -> None:
    law = replace(ONTOLOGY, axioms=(Axiom("subPropertyOf", NEWS.acquired, NEWS.owns),))
    said = extraction("a", "Halden bought Ostara.", ("Halden", "acquired", "Ostara"))
    engine = fill(KnowledgeGraph.memory(law), [said]).reasoned
    assert isinstance(engine, ox.Store)
    remote = Remote(endpoint)
    for inferred in (False, True, True, False):
        send(engine, remote, BASE_IRI, inferred=inferred)
        follows = list(remote.quads_for_pattern(None, None, None, ox.NamedNode(KG.inferred)))
        assert [quad.predicate.value for quad in follows] == [NEWS.owns] * inferred
        assert len(remote) == sum(1 for _ in engine.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def test_a_transfer_that_was_cut_off_is_completed(endpoint: str, tmp_path: Path) -> None:
    made(Place(tmp_path, endpoint), [VARIANTS["a", 0], VARIANTS["b", 0]]).close()
    remote = Remote(endpoint)
    said = remote.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
    lines = [line for line in sorted(said.splitlines(keepends=True)) if b"sha256" not in line]
    remote.delete(lines[::3])
    made(Place(tmp_path, endpoint), [VARIANTS["c d", 0]]).close()
    expected = whole([VARIANTS["a", 0], VARIANTS["b", 0], VARIANTS["c d", 0]], tmp_path / "whole")
    with KnowledgeGraph.open(endpoint, ONTOLOGY) as graph:
        assert graph.serialize(tmp_path / "remote.ttl").read_bytes() == expected["graph.ttl"]
