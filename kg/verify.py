"""Is a graph what its documents say? It is built again from the texts and the options that it records.

The rebuilt graph must have the same Turtle, byte for byte; every quote must stand in its text, every
text must have its hash, and the files that the texts were read from, as far as they are there, must
still say the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.corpus import built_with
from kg.graph import FILES, KnowledgeGraph
from kg.limits import USUAL
from kg.model import Document, Run
from kg.ontology import load_ontology
from kg.pipeline import Progress, build
from kg.readers import read_file
from kg.validate import Report
from kg.vocab import BASE_IRI, KG

#: How many differing triples are named.
SHOWN = 10

_RUNS = """
SELECT ?run ?version ?model ?ontology {
  ?run kg:model ?model ; kg:ontology ?ontology ; prov:wasAssociatedWith/kg:version ?version
} ORDER BY ?run"""
#: The options that a graph holds all of.
_OPTION_NAMES = ("backbone", "decisions", "min_score", "sentence")
_WITHOUT_TEXT = """
SELECT ?id {
  ?document kg:sha256 ?hash ; dcterms:identifier ?id
  OPTIONAL { ?text nif:sourceUrl ?document ; nif:isString ?string } FILTER(!BOUND(?string))
} ORDER BY ?id"""
_OPTIONS = "SELECT ?run ?option { ?run kg:option ?option } ORDER BY ?option"


@dataclass(frozen=True, slots=True)
class Difference:
    """The triples that only one of two graphs has: how many, and the first of them."""

    stored: int
    rebuilt: int
    only_stored: tuple[str, ...]
    only_rebuilt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What was compared, and what is not as it should be.

    ``unrepeatable`` says why the graph cannot be built again as it was; then there is no ``difference``.
    ``changed`` are the documents whose files say something else now, ``missing`` those without a file;
    ``foreign`` are files beside the store that are not of this graph.
    """

    documents: int
    runs: tuple[Run, ...]
    report: Report
    unrepeatable: tuple[str, ...] = ()
    difference: Difference | None = None
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether all is as it should be; that a file is no longer there proves nothing."""
        wrong = (self.unrepeatable, self.difference, self.changed, self.foreign)
        return self.report.conforms and not any(wrong)

    def as_json(self) -> dict[str, object]:
        """The same as plain data."""
        return {"verified": self.verified, **asdict(self), "report": self.report.as_json()}


def verify(
    path: str | Path,
    *,
    ontology: str | Path | None = None,
    model: str | None = None,
    decisions: str | Path | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Build the graph at ``path`` again, in memory, and compare.

    ``ontology``, ``model`` and ``decisions`` are those that it was built with, as its build remembers
    them where they are not given; the graph records their hashes and name.
    """
    given = {"ontology": ontology, "model": model, "decisions": decisions}
    options: dict[str, Any] = built_with(path) | {name: v for name, v in given.items() if v is not None}
    law = load_ontology(options.get("ontology"))
    with KnowledgeGraph.open(path, law) as graph, TemporaryDirectory() as folder:
        runs, documents = tuple(recorded_runs(graph)), graph.documents()
        reasons, difference = tuple(_obstacles(graph, runs, "decisions" in options)), None
        turtle = graph.serialize(Path(folder) / "stored.ttl")
        if not reasons:
            texts, known = _written(documents, graph, Path(folder))
            made = _made_with(runs[0], documents)
            with build(texts, backbone=known, progress=progress, **made, **options) as again:
                reasons = tuple(_other_run(runs[0], next(recorded_runs(again))))
                difference = None if reasons else compare(graph, again, turtle)
        changed, missing = _sources(documents)
        foreign = tuple(_foreign(graph, turtle))
        report = graph.validate()
    return Verification(len(documents), runs, report, reasons, difference, changed, missing, foreign)


def recorded_runs(graph: KnowledgeGraph) -> Iterator[Run]:
    """The runs that found the claims of a graph."""
    options: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in graph.query(_OPTIONS, inferred=False):
        name, _, value = row.option.partition("=")
        options[row.run].append((name, value))
    for row in graph.query(_RUNS, inferred=False):
        yield Run(row.version, row.model, row.ontology.removeprefix("sha256 "), tuple(options[row.run]))


def _made_with(run: Run, documents: Sequence[Document]) -> dict[str, Any]:
    """The options of a run as those of a build that reads documents of whatever length again."""
    options = dict(run.options)
    sentence = int(options.get("sentence", USUAL.sentence))
    longest = max((len(document.text) for document in documents), default=1)
    limits = replace(USUAL, sentence=sentence, text=max(longest, 1))
    return {"min_score": float(options.get("min_score", 0)), "limits": limits}


def _obstacles(graph: KnowledgeGraph, runs: tuple[Run, ...], decided: bool) -> Iterator[str]:
    """Why a graph cannot be built again as it was, as far as that is known before."""
    if len(runs) != 1:
        yield f"the graph records {len(runs)} runs, and one can be repeated"
        return
    (run,), law = runs, graph.ontology
    if run.version != version("claimgraph"):
        yield f"it was built with claimgraph {run.version}, and this is {version('claimgraph')}"
    if run.ontology != law.sha256:
        yield (
            f"it was built with another ontology (SHA-256 {run.ontology[:12]}…) than {law.path.name} is now "
            f"({law.sha256[:12]}…): name that one with --ontology"
        )
    for name, value in run.options:
        if name not in _OPTION_NAMES:
            yield f"it was built with the option {name}={value}, which cannot be repeated here"
    if "decisions" in dict(run.options) and not decided:
        yield "it was built with decisions: name their file with --decisions"
    if graph.base_iri != BASE_IRI:
        yield f"its data are under {graph.base_iri}, and builds put them under {BASE_IRI}"
    for row in graph.query(_WITHOUT_TEXT, inferred=False):
        yield f"the text of {row.id} is not in the graph"


def _other_run(stored: Run, rebuilt: Run) -> Iterator[str]:
    """How the run that was made now differs from the one that is recorded."""
    if rebuilt.model != stored.model:
        yield f"it was built with {stored.model}, and this is {rebuilt.model}: name that model with --model"
    elif dict(rebuilt.options).get("decisions") != dict(stored.options).get("decisions"):
        yield "the decisions are not those that it was built with: name their file with --decisions"
    elif rebuilt.options != stored.options:
        yield "the backbone in the store is not the one that it was built with: build it again"


def _written(documents: Iterable[Document], graph: KnowledgeGraph, folder: Path) -> tuple[Path, list[Path]]:
    """The documents and the backbone of a graph as files that a build reads."""
    texts, backbone = folder / "texts.jsonl", folder / "backbone.nt"
    with texts.open("w", encoding="utf-8") as file:
        for document in documents:
            given = {name: value for name, value in asdict(document).items() if value is not None}
            file.write(json.dumps(given) + "\n")
    backbone.write_bytes(b"".join(graph.lines(KG.backbone)))
    return texts, [backbone] if backbone.stat().st_size else []


def compare(stored: KnowledgeGraph, rebuilt: KnowledgeGraph, turtle: Path) -> Difference | None:
    """How two graphs differ, of which the first was written as ``turtle``; None where they do not."""
    again = rebuilt.serialize(turtle.with_name("rebuilt.ttl"))
    followed = [set(graph.lines(KG.inferred)) for graph in (stored, rebuilt)]
    if again.read_bytes() == turtle.read_bytes() and followed[0] == followed[1]:
        return None
    said = [set(graph.lines()) for graph in (stored, rebuilt)]
    only = [
        [line.decode().rstrip() for line in sorted(said[i] - said[1 - i])]
        + [f"{line.decode().rstrip()} (inferred)" for line in sorted(followed[i] - followed[1 - i])]
        for i in range(2)
    ]
    return Difference(len(only[0]), len(only[1]), tuple(only[0][:SHOWN]), tuple(only[1][:SHOWN]))


def _sources(documents: Iterable[Document]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The documents whose files say something else now, and those whose files are not there."""
    by_source: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_source[document.source or ""].append(document)
    changed: list[str] = []
    missing: list[str] = []
    for source, mine in sorted(by_source.items()):
        if not Path(source).is_file():
            missing += [document.id for document in mine]
            continue
        # A record that has no id of its own is named by that of its file and a hash.
        now = {hash_ for id_ in _ids(mine[0].id) for hash_ in _hashes(source, id_)}
        changed += [document.id for document in mine if document.sha256 not in now]
    return tuple(sorted(changed)), tuple(sorted(missing))


def _ids(document: str) -> set[str]:
    """The ids that the file of a document may have."""
    return {document, document.rpartition("/")[0] or document}


def _hashes(source: str, id_: str) -> Iterator[str]:
    """The hashes of the documents in a file."""
    found = read_file(Path(source), id_, source)
    return (document.sha256 for document in found if isinstance(document, Document))


def _foreign(graph: KnowledgeGraph, turtle: Path) -> Iterator[str]:
    """The Turtle file beside a store, where it is another graph's."""
    beside = graph.path.parent / FILES[1] if graph.path is not None else None
    if beside is not None and beside.is_file() and beside.read_bytes() != turtle.read_bytes():
        yield beside.name
