"""The commands that tell what a graph knows, one for each question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import analysed, reported, told
from kg.cli.commands import STORE, MinScore, OntologyFile, Store, app, names
from kg.cli.filters import At, Relations, Since, Statuses, Types, Until, wanted
from kg.cli.trust import Answers, law_of

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


def opened(store: str, ontology: Path | None) -> KnowledgeGraph:
    """The graph to be read, with the ontology of a file or the one that it was built with."""
    import gc

    from kg.graph import KnowledgeGraph

    # Claims make no cycles: looking for some among 100,000 takes a sixth of the time of reading them.
    gc.disable()
    return KnowledgeGraph.open(store, law_of(store, ontology))


@app.command(epilog="Example: kg path SoftBank Oracle")
def path(
    start: Annotated[str, typer.Argument(help="A name, e:Name or IRI.", metavar="A")],
    end: Annotated[str, typer.Argument(help="Another one.", metavar="B")],
    status: Annotated[
        str, typer.Option("--status", help="Follow claims of these statuses.", metavar="asserted,planned")
    ] = "asserted,planned",
    top: Annotated[int, typer.Option("--top", min=1, help="How many paths to list at most.")] = 3,
    min_score: MinScore = 0.0,
    since: Since = "",
    until: Until = "",
    at: At = "",
    relation: Relations = "",
    type: Types = "",
    format: Annotated[Answers, typer.Option("--format", help="To read, or for programs.")] = Answers.text,
    ontology: OntologyFile = None,
    store: Store = STORE,
) -> None:
    """Print how two things are connected: the shortest paths, each step with the sentences that say it."""
    from kg.analyze import paths

    asked = wanted(status, min_score, since, until, at, relation, type)
    with opened(store, ontology) as graph:
        found = paths(graph, start, end, limit=top, **asked)
    told.paths(found, as_json=format is Answers.json)


@app.command(epilog="Example: kg profile OpenAI --status asserted")
def profile(
    name: Annotated[str, typer.Argument(help="A name, e:Name or IRI.", metavar="NAME")],
    status: Statuses = "",
    min_score: MinScore = 0.0,
    since: Since = "",
    until: Until = "",
    at: At = "",
    relation: Relations = "",
    type: Types = "",
    format: Annotated[Answers, typer.Option("--format", help="To read, or for programs.")] = Answers.text,
    ontology: OntologyFile = None,
    store: Store = STORE,
) -> None:
    """Print all that the texts say about a thing: relation by relation, in order of time, with sentences."""
    from kg.analyze import profiles

    asked = wanted(status, min_score, since, until, at, relation, type)
    with opened(store, ontology) as graph:
        found = profiles(graph, name, **asked)
    told.profiles(found, as_json=format is Answers.json)


@app.command(epilog="Example: kg analyze --top 3 --type Organization,Person")
def analyze(
    top: Annotated[int, typer.Option("--top", min=1, help="How many rows each section has.")] = 5,
    status: Statuses = "",
    min_score: MinScore = 0.0,
    since: Since = "",
    until: Until = "",
    at: At = "",
    relation: Relations = "",
    type: Types = "",
    backend: Annotated[
        str | None,
        typer.Option("--backend", help="A backend of NetworkX that is installed.", metavar="NAME"),
    ] = None,
    format: Annotated[Answers, typer.Option("--format", help="To read, or all for programs.")] = Answers.text,
    ontology: OntologyFile = None,
    store: Store = STORE,
) -> None:
    """Print what stands out in a graph: what is central, what belongs together, what connects it."""
    from kg.analyze import known

    with opened(store, ontology) as graph:
        all_known = known(graph, **wanted(status, min_score, since, until, at, relation, type))
    found = analysed.findings(all_known, names(status), backend)
    analysed.analysis(found, None if format is Answers.json else top)


@app.command(epilog="Example: kg timeline OpenAI --since 2023")
def timeline(
    name: Annotated[
        str, typer.Argument(help="A name, e:Name or IRI; without it the whole graph.", metavar="[NAME]")
    ] = "",
    top: Annotated[int, typer.Option("--top", min=1, help="How many changes of the whole graph.")] = 10,
    status: Statuses = "",
    min_score: MinScore = 0.0,
    since: Since = "",
    until: Until = "",
    at: At = "",
    relation: Relations = "",
    type: Types = "",
    format: Annotated[Answers, typer.Option("--format", help="To read, or for programs.")] = Answers.text,
    ontology: OntologyFile = None,
    store: Store = STORE,
) -> None:
    """Print what is told of a thing in the order of time; without a name claims by month and what changed."""
    from kg.analyze import changes, known, months

    with opened(store, ontology) as graph:
        things = graph.find(name) if name else []
        all_known = known(graph, **wanted(status, min_score, since, until, at, relation, type))
    as_json = format is Answers.json
    if things:
        reported.histories([reported.history(all_known, thing) for thing in things], as_json=as_json)
    else:
        reported.of_all(months(all_known), changes(all_known), None if as_json else top)


@app.command(epilog="Example: kg owners ByteDance --status asserted,planned")
def owners(
    name: Annotated[str, typer.Argument(help="A name, e:Name or IRI.", metavar="NAME")],
    top: Annotated[int, typer.Option("--top", min=1, help="How many chains to list at most.")] = 10,
    at: At = "",
    status: Annotated[
        str,
        typer.Option("--status", help="What counts: with planned also plans.", metavar="asserted,planned"),
    ] = "asserted",
    min_score: MinScore = 0.0,
    format: Annotated[Answers, typer.Option("--format", help="To read, or for programs.")] = Answers.text,
    ontology: OntologyFile = None,
    store: Store = STORE,
) -> None:
    """Print who owns a thing up to the last owner, what it owns itself, and its co-investors."""
    from kg.analyze import known
    from kg.analyze.network import check_statuses

    check_statuses(names(status))
    with opened(store, ontology) as graph:
        things, all_known = graph.find(name), known(graph, **wanted(min_score=min_score))
    found = [reported.ownership(all_known, thing, at or None, names(status)) for thing in things]
    reported.owners(found, None if format is Answers.json else top)


@app.command(epilog="Example: kg conflicts --relation acquired")
def conflicts(
    top: Annotated[int, typer.Option("--top", min=1, help="How many conflicts to list.")] = 10,
    min_score: MinScore = 0.0,
    since: Since = "",
    until: Until = "",
    relation: Relations = "",
    type: Types = "",
    format: Annotated[Answers, typer.Option("--format", help="To read, or all for programs.")] = Answers.text,
    ontology: OntologyFile = None,
    store: Store = STORE,
) -> None:
    """Print where texts contradict each other, and what several independent ones tell."""
    from kg.analyze import conflicts, known, support

    asked = wanted(min_score=min_score, since=since, until=until, relation=relation, type=type)
    with opened(store, ontology) as graph:
        all_known = known(graph, **asked)
    told_by = support(all_known)
    reported.conflicts(conflicts(all_known), told_by, None if format is Answers.json else top)
