"""``kg build`` and ``kg remove``, and what a person sees of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.commands import (
    AllowPrivate,
    Dask,
    Jobs,
    Limit,
    MinScore,
    MinScoreOfBuild,
    Model,
    OntologyFile,
    Paths,
    app,
)
from kg.cli.display import count, table, told
from kg.cli.progress import BuildProgress
from kg.limits import Limits
from kg.model import STATUSES
from kg.stopwatch import Stopwatch, stage

if TYPE_CHECKING:
    from kg.changes import Changes, Rename
    from kg.graph import KnowledgeGraph

#: How many entities with other IRIs are listed.
LISTED = 20

Output = Annotated[Path, typer.Option("-o", "--output", help="The folder to write to.", metavar="FOLDER")]
Address = Annotated[
    str | None,
    typer.Option("--store", help="A SPARQL endpoint instead of the folder's graph.db.", metavar="http://…"),
]
DecisionsFile = Annotated[
    Path | None,
    typer.Option(
        "--decisions", help="What people have decided; decisions.yaml where it is.", metavar="FILE.yaml"
    ),
]
Inferred = Annotated[
    bool, typer.Option("--inferred", help="With --store: send what follows from the claims too.")
]


@app.command(epilog="Example: kg build seeds -o output")
def build(
    paths: Paths,
    output: Output = Path("output"),
    ontology: OntologyFile = None,
    model: Model = None,
    min_score: MinScore = 0.0,
    decisions: DecisionsFile = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Leave out documents of earlier builds that are not given now.")
    ] = False,
    store: Address = None,
    inferred: Inferred = False,
    allow_private: AllowPrivate = False,
    limit: Limit = None,
    jobs: Jobs = 1,
    dask: Dask = None,
    no_page: Annotated[bool, typer.Option("--no-page", help="Write no page: for large archives.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail, once all is done, if something was skipped.")
    ] = False,
    profile: Annotated[bool, typer.Option("--profile", help="Print where the time went.")] = False,
) -> None:
    """Read texts and write their graph: a store, a Turtle file and a page.

    What earlier builds put into the folder stays; a document that has changed is replaced, one that has
    not is not read again.
    """
    decided = _decisions(decisions)
    with Stopwatch() as watch:
        with BuildProgress(paths) as progress:
            from kg.pipeline import build

            graph = build(
                paths,
                output,
                store=store,
                ontology=ontology,
                model=model,
                min_score=min_score,
                decisions=decided,
                fresh=fresh,
                inferred=inferred,
                private=allow_private,
                limits=Limits.of(limit or ()),
                jobs=jobs,
                dask=dask,
                page=not no_page,
                progress=progress.update,
                on_error=progress.skip,
            )
        summary(graph, progress, output, store, jobs)
    if profile:
        timings(watch)
    if strict and progress.skipped:
        raise typer.Exit(1)


@app.command(epilog="Example: kg remove tiktok-oracle")
def remove(
    documents: Annotated[
        list[str], typer.Argument(help="Documents, by id or source.", metavar="DOCUMENT...")
    ],
    output: Output = Path("output"),
    ontology: OntologyFile = None,
    model: Model = None,
    min_score: MinScoreOfBuild = None,
    decisions: DecisionsFile = None,
    store: Address = None,
    inferred: Inferred = False,
) -> None:
    """Take documents out of a graph, with all that only they said.

    Options that are not given are as they were in the build.
    """
    with BuildProgress([]) as progress:
        from kg.pipeline import remove

        graph = remove(
            documents,
            output,
            store=store,
            inferred=inferred,
            ontology=ontology,
            model=model,
            min_score=min_score,
            decisions=decisions,
            progress=progress.update,
        )
    summary(graph, progress, output, store)


def _decisions(given: Path | None) -> Path | None:
    """The file of decisions: the given one, or that in this folder."""
    from kg.deciding import DECISIONS

    there = Path(DECISIONS)
    if given is not None or not there.is_file():
        return given
    print(f"Decisions: {there}", file=sys.stderr)
    return there


def summary(
    graph: KnowledgeGraph, progress: BuildProgress, output: Path, store: str | None, jobs: int = 1
) -> None:
    """What a build found, what has changed, and where it is."""
    what = progress.read if progress.documents else "nothing again"
    print(f"Read {what} in {progress.seconds:.1f} s.")
    for line in (*_documents(graph.changes), _contents(graph), *_repeated(graph)):
        print(line)
    if progress.rejected:
        print(f"Rejected {count(progress.rejected, 'candidate')} that the ontology does not allow.")
    if progress.skipped:
        print(f"Skipped {count(len(progress.skipped), 'source')}:")
        for error in progress.skipped[:LISTED]:
            print(f"  {told(error)}")
        if len(progress.skipped) > LISTED:
            print(f"  and {len(progress.skipped) - LISTED:,} more (see above)")
    with stage("validate"):
        new = progress.ids if store is None else []
        wrong = len(graph.validate(new, jobs).violations) if new else 0
    if wrong:
        what = "it" if wrong == 1 else "them"
        print(f"Warning: {count(wrong, 'violation')} of the shapes; see {what} with  kg validate")
    for decision in graph.changes.unused:
        print(f"Fits nothing in these documents: {decision}")
    for line in _renamed(graph.changes.renamed):
        print(line)
    place = store or str(output / "graph.db")
    print()
    if (output / "graph.html").exists():
        print(f"  {output / 'graph.html'}   the page: open it in a browser")
    print(f"  {output / 'graph.ttl'}    the graph as Turtle")
    print(f"  {place}     the store: try  kg query evidence --store {place}")


def _documents(changes: Changes) -> Iterator[str]:
    """What has become of the documents, where there were some before."""
    if changes.replaced or changes.unchanged or changes.kept or changes.removed:
        counted = (
            (changes.added, "new"),
            (changes.replaced, "changed"),
            (changes.unchanged, "unchanged"),
            (changes.kept, "of earlier builds"),
            (changes.removed, "removed"),
        )
        yield f"Documents: {', '.join(f'{len(ids):,} {what}' for ids, what in counted if ids)}."
    if changes.reread:
        yield "Read again because the program, the model or the ontology has changed: " + count(
            len(changes.reread), "document"
        )


#: The things that claims are about or that say them; asked of each label, it takes a tenth of the time.
_ENTITIES = """
SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e rdfs:label ?label
  FILTER(EXISTS { ?c rdf:subject ?e } || EXISTS { ?c rdf:object ?e } || EXISTS { ?c kg:attributedTo ?e }) }"""


def _contents(graph: KnowledgeGraph) -> str:
    """``Found 42 entities and 70 claims: 60 asserted, 10 planned.``"""
    rows = graph.query("SELECT ?s (COUNT(*) AS ?n) { ?c kg:status ?s } GROUP BY ?s", inferred=False)
    numbers = {str(row.s).rpartition("#")[2]: int(str(row.n)) for row in rows}
    (row,) = graph.query(_ENTITIES, inferred=False)
    found = ", ".join(f"{numbers[status]:,} {status}" for status in STATUSES if status in numbers)
    things = f"{count(int(str(row.n)), 'entity', 'entities')} and {count(sum(numbers.values()), 'claim')}"
    return f"Found {things}: {found}." if found else f"Found {things}."


def _repeated(graph: KnowledgeGraph) -> Iterator[str]:
    """Which documents repeat others: these are no sources of their own."""
    pairs = "SELECT ?a ?b { ?x kg:copyOf ?y ; dcterms:identifier ?a . ?y dcterms:identifier ?b }"
    rows = [(str(row.a), str(row.b)) for row in graph.query(f"{pairs} ORDER BY ?b ?a", inferred=False)]
    if rows:
        yield f"{count(len(rows), 'document repeats', 'documents repeat')} another; they count as one source:"
        yield from (f"  {copy} repeats {first}" for copy, first in rows[:LISTED])
        if len(rows) > LISTED:
            yield f"  and {len(rows) - LISTED:,} more"


def _renamed(renames: Sequence[Rename]) -> Iterator[str]:
    """Which entities have other IRIs than before, and how to keep the ones they had."""
    if not renames:
        return
    yield f"\nOther documents have changed the IRIs of {count(len(renames), 'entity', 'entities')}:"
    for rename in renames[:LISTED]:
        merged = ", which was there already" if rename.merged else ""
        yield f"  {_short(rename.old)} -> {_short(rename.new)}  ({rename.name}){merged}"
    if len(renames) > LISTED:
        yield f"  and {len(renames) - LISTED:,} more"
    yield "To keep what they were, write this into decisions.yaml:\npins:"
    for rename in renames[:LISTED]:
        yield f"- {{iri: {_quoted(_short(rename.old))}, {_called(rename)}}}"
    parted = [rename for rename in renames[:LISTED] if rename.into]
    yield from ["splits:"] if parted else []
    yield from (f"- {{{_called(rename)}}}" for rename in parted)


def _called(rename: Rename) -> str:
    """How the decisions file names an entity."""
    own = f", document: {_quoted(rename.document)}" if rename.document is not None else ""
    return f"name: {_quoted(rename.name)}, class: {rename.type.replace('#', '/').rpartition('/')[2]}{own}"


def _short(iri: str) -> str:
    return f"e:{iri.rpartition('/entity/')[2]}"


def _quoted(text: str) -> str:
    """A text as YAML reads it, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def timings(watch: Stopwatch) -> None:
    """Where the time went, the longest stage first."""
    total = sum(watch.seconds.values())
    table(
        ("stage", "seconds", "share"),
        [
            (name, f"{seconds:.1f}", f"{seconds / total:.0%}")
            for name, seconds in sorted(watch.seconds.items(), key=lambda item: -item[1])
        ],
    )
