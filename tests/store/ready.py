"""Graphs that are updated with ready-made extractions, without a model."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.corpus import Corpus
from kg.decisions import Decisions, Pin
from kg.extract import Extractor
from kg.graph import KnowledgeGraph
from kg.model import Document, Extraction
from kg.place import Place
from kg.recipe import Recipe
from kg.update import Reading, fill, update
from tests.factories import ONTOLOGY, extraction

FILES = ("graph.ttl", "graph.html")


class ReadyMade(Extractor):
    """Finds in a document what a test says that is in it; ``asked`` are the ids of what it has read."""

    def __init__(self, found: Iterable[Extraction] = (), version: str = "1") -> None:
        super().__init__(ONTOLOGY)
        self.meta = {"lang": "en", "name": "ready", "version": version}
        self.known = {one.document.sha256: one for one in found}
        self.asked: list[str] = []

    def one(self, document: Document) -> Extraction:
        """What is known of a document; what is not known of is empty."""
        self.asked.append(document.id)
        return self.known.get(document.sha256, Extraction(document))


def recipe(
    found: Iterable[Extraction] = (),
    *,
    version: str = "1",
    min_score: float = 0.0,
    pins: tuple[Pin, ...] = (),
) -> Recipe:
    """A recipe whose extractor finds this."""
    return Recipe(ONTOLOGY, ReadyMade(found, version), Decisions(pins), min_score, {"model": None})


def made(place: Place, found: Iterable[Extraction], **options: object) -> KnowledgeGraph:
    """The graph at a place with these documents added; options are those of ``recipe`` and ``update``."""
    given = list(found)
    own = {name: options.pop(name) for name in ("version", "min_score", "pins") if name in options}
    return update(place, recipe(given, **own), [one.document for one in given], **options)  # type: ignore[arg-type]


def whole(found: Iterable[Extraction], folder: Path, **options: object) -> dict[str, bytes]:
    """The files of a graph that was made of these documents at once, without anything earlier."""
    given = sorted(found, key=lambda one: one.document.id)
    how = recipe(given, **options)  # type: ignore[arg-type]
    graph = KnowledgeGraph.memory(ONTOLOGY)
    with Corpus(None, how.maker) as corpus:
        documents = Reading(how, corpus, Place()).read([one.document for one in given], {})
        fill(graph, corpus, documents, how)
    folder.mkdir(exist_ok=True)
    graph.write(folder)
    return files(folder)


def files(folder: Path) -> dict[str, bytes]:
    """The files in a folder that a build has written."""
    return {name: (folder / name).read_bytes() for name in FILES}


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def variants() -> dict[tuple[str, int], Extraction]:
    """Documents that depend on each other, each in several versions: names and classes that collide,
    aliases, one triple in several documents, and statuses."""
    person = {"Ford": "Person"}
    texts = [
        ("a", "Ford invested in Ostara.", [("Ford", "invested_in", "Ostara")], {}),
        ("a", "Ford invested in Ostara. It did.", [("Ford", "invested_in", "Ostara")], {}),
        ("a", "Ford acquired Ostara.", [("Ford", "acquired", "Ostara")], {}),
        ("b", "Ford leads Halden.", [("Ford", "ceo_of", "Halden")], person),
        ("b", "Nothing is said.", [], {}),
        ("c d", "Ford Inc invested in Ostara.", [("Ford Inc", "invested_in", "Ostara")], {}),
        ("c d", "Ford Inc sued. Ford Inc invested in Ostara.", [("Ford Inc", "invested_in", "Ostara")], {}),
        ("c_d", "Ostara bought Lumen OS.", [("Ostara", "acquired", "Lumen OS")], {}),
        ("c_d", "Ostara bought Ford.", [("Ostara", "acquired", "Ford")], {"Ford": "Bank"}),
        ("e", "Ford invested in Ostara.", [("Ford", "invested_in", "Ostara")], {"Ford": "Agent"}),
        ("e", "Ostara is a partner of Halden.", [("Ostara", "partner_of", "Halden")], {}),
    ]
    found: dict[tuple[str, int], Extraction] = {}
    for id_, text, relations, classes in texts:
        number = sum(1 for known, _ in found if known == id_)
        found[id_, number] = extraction(id_, text, *relations, classes=classes, source=f"{id_}.txt")
    return found


def henry(id_: str, relation: str, kind: str) -> Extraction:
    """A document about something called Henry Ford, of this class."""
    said = ("Henry Ford", relation, "Halden")
    return extraction(id_, "Henry Ford works with Halden.", said, classes={"Henry Ford": kind})


FOUND = variants()
#: The sets of documents that the writer goes through, each added to or taken from the one before.
TARGETS = (
    [FOUND["a", 0], FOUND["c d", 0]],
    [FOUND["a", 0], FOUND["c d", 0], FOUND["b", 0], FOUND["e", 1]],
    [FOUND["a", 2], FOUND["c d", 0], FOUND["b", 0], FOUND["e", 1]],
    [FOUND["a", 2], FOUND["c_d", 1]],
)


def write(folder: str, target: int) -> None:
    """Update the graph in a folder to one of the sets, as a build and a removal do."""
    wanted = TARGETS[target]
    there = Place(folder).hashes()
    gone = there.keys() - {one.document.id for one in wanted}
    made(Place(folder), wanted, removed=sorted(gone)).close()
