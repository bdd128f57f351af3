"""Decisions made by people, and a graph that follows them at once; why names are one thing's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.backbone import known_names, take_backbone
from kg.corpus import CORPUS, Corpus, recorded
from kg.decisions import Called, Decision, Merge, Split, add_decisions, load_decisions
from kg.errors import StoreError, UsageError, did_you_mean
from kg.graph import FILES, KnowledgeGraph
from kg.model import Document, Entity
from kg.ontology import load_ontology
from kg.place import Place
from kg.recipe import Recipe
from kg.resolve import Outcome, compare, normal_name
from kg.resolve.explained import Explanation, Texts, explain, named
from kg.store import disk
from kg.update import Progress, in_order, update
from kg.vocab import local_name

#: The file of decisions where none is named.
DECISIONS = "decisions.yaml"
#: Of several things so many are listed.
SHOWN = 5


def decisions_file(output: str | Path, given: str | Path | None = None) -> Path:
    """The file that decisions go to: the given one, that of the last build, or one in this folder."""
    return Path(given or recorded(Path(output) / CORPUS).get("decisions") or DECISIONS)


def decide(
    decided: Sequence[Decision],
    output: str | Path,
    decisions: str | Path | None = None,
    *,
    store: str | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """The graph in a folder as it is with these decisions, which are added to the file.

    No text is read again that the corpus in the folder knows. A file with a mistake is left as it is.
    """
    file, place = note(decided, output, decisions), Place(output, store)
    return update(place, Recipe.again(place.corpus, {"decisions": file}), (), progress=progress)


def note(decided: Sequence[Decision], output: str | Path, decisions: str | Path | None = None) -> Path:
    """Write decisions down, for the next build to follow; the file that they are in."""
    file = decisions_file(output, decisions)
    if file.exists():
        load_decisions(file, load_ontology(recorded(Path(output) / CORPUS).get("ontology")))
    add_decisions(file, decided)
    return file


def local_store(output: str | Path) -> Path:
    """The store in a folder; a StoreError says so where its graph is somewhere else, or none is there."""
    store, corpus = Path(output) / FILES[0], Path(output) / CORPUS
    if not disk.exists(store) and corpus.exists() and recorded(corpus):
        raise StoreError(
            f"{output}: its graph was sent to an endpoint, and decisions are made on a store in the folder; "
            f"write them into {decisions_file(output)} and build again with --store, or build without it"
        )
    return store


def merge(one: str, into: str, output: str | Path) -> list[Merge]:
    """The decisions that one entity of the graph in a folder is another one, by name or IRI."""
    with KnowledgeGraph.open(local_store(output)) as graph:
        first, second = _only(graph, one), _only(graph, into)
        if first.iri == second.iri:
            raise UsageError(f'"{one}" and "{into}" are one thing already: {first.name}')
        target = _called(graph, second)[0]
        return [Merge(thing, target) for thing in _called(graph, first)]


def split(name: str, output: str | Path, documents: Iterable[str] = ()) -> list[Split]:
    """The decisions that take a name, or what these documents call so, out of its entity."""
    own = sorted(set(documents))
    outcome, _ = explained(output)
    parts = [part for iri in named(outcome, name) for part in _parts(outcome, iri, name)]
    if not parts:
        raise UsageError(f'no document has "{name}" as the name of a thing; try: kg resolve --explain NAME')
    there = sorted({document for part in parts for document in part.documents})
    for document in own:
        if document not in there:
            raise UsageError(f'{document} has no "{name}". {did_you_mean(document, there)}')
    if own:
        parts = [part for part in parts if part.documents & set(own)]
        return [Split(replace(part.called, document=d)) for part in parts for d in own if d in part.documents]
    if not any(part.others for part in parts):
        raise UsageError(
            f'"{name}" is put together with no other name; to take what a document says out of it, '
            f"name the document with --document: {', '.join(there[:SHOWN])}"
        )
    return [Split(part.called) for part in parts if part.others]


def explain_name(name: str, output: str | Path) -> list[Explanation]:
    """Why the names of an entity are its own, and what it was not taken for, by name or IRI."""
    outcome, texts = explained(output)
    iris = named(outcome, name)
    if not iris:
        names = {other for e in outcome.resolution.entities for other in (e.name, *e.aliases)}
        raise UsageError(f'nothing is called "{name}". {did_you_mean(name, names)}')
    return explain(outcome, iris, texts)


def explained(output: str | Path) -> tuple[Outcome, Texts]:
    """The resolution of the graph in a folder with its reasons, and what gives its documents."""
    local_store(output)
    place = Place(output)
    if place.corpus is None or place.earlier is None or not place.corpus.exists():
        raise StoreError(f"{output}: there is no graph in it; build one with: kg build PATHS -o {output}")
    recipe, hashes = Recipe.again(place.corpus, {}), place.hashes()
    with KnowledgeGraph.memory(recipe.ontology) as scratch:
        backbone = take_backbone(scratch.engine, (), place.earlier.path)
        if backbone:
            recipe = recipe.knowing(known_names(scratch.engine, recipe.ontology), backbone)
    with Corpus(place.corpus, recipe.maker) as corpus:
        if any(sha256 not in corpus for sha256 in hashes.values()):
            raise StoreError(f"{output}: the program or the ontology has changed since; build it again")
        found = (recipe.sure(extraction) for extraction in corpus.extractions(in_order(hashes)))
        outcome = compare(found, recipe.ontology, decisions=recipe.decisions)

    def texts(ids: set[str]) -> list[Document]:
        with Corpus(place.corpus, recipe.maker) as corpus:
            return list(corpus.documents([hashes[id_] for id_ in sorted(ids)]))

    return outcome, texts


@dataclass(frozen=True, slots=True)
class _Part:
    """What has one name of an entity, the documents that say so, and whether the entity has other names."""

    called: Called
    documents: frozenset[str]
    others: bool


def _parts(outcome: Outcome, iri: str, name: str) -> Iterator[_Part]:
    groups = [outcome.clusters.groups[number] for number in outcome.members[iri]]
    keys = {group.key for group in groups}
    entity = next(entity for entity in outcome.resolution.entities if entity.iri == iri)
    wanted = normal_name(entity.name if ":" in name and named(outcome, name) == [iri] else name)
    for group in groups:
        if wanted in {normal_name(other) for thing in group.things for other in thing.names}:
            documents = frozenset(thing.document for thing in group.things)
            yield _Part(Called(group.name, group.type), documents, len(keys) > 1)


def _only(graph: KnowledgeGraph, name: str) -> Entity:
    """The one entity of a name or IRI; a UsageError lists several."""
    found = graph.find(name)
    if len(found) > 1:
        iris = ", ".join(f"e:{entity.iri.rpartition('/entity/')[2]}" for entity in found[:SHOWN])
        raise UsageError(f'"{name}" is the name of {len(found)} things: {iris}; give one of these instead')
    return found[0]


def _called(graph: KnowledgeGraph, entity: Entity) -> list[Called]:
    """How a decision names an entity: by name and class, and where others have that name, by document."""
    called = Called(entity.name, local_name(entity.type))
    namesakes = [other for other in graph.find(entity.name) if other.name == entity.name]
    if len(namesakes) == 1:
        return [called]
    claims = [*graph.claims(subject=entity.iri), *graph.claims(object=entity.iri)]
    documents = sorted({claim.evidence.document for claim in claims})
    return [replace(called, document=document) for document in documents] or [called]
