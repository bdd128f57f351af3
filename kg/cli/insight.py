"""The commands that tell what a graph knows: ``kg analyze``, ``kg path`` and ``kg profile``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import told
from kg.cli.commands import STORE, OntologyFile, Store, app, names
from kg.cli.trust import Answers, law_of


@app.command(epilog="Example: kg path SoftBank Oracle")
def path(
    start: Annotated[str, typer.Argument(help="A name, e:Name or IRI.", metavar="A")],
    end: Annotated[str, typer.Argument(help="Another one.", metavar="B")],
    status: Annotated[
        str, typer.Option("--status", help="Follow claims of these statuses.", metavar="asserted,planned")
    ] = "asserted,planned",
    top: Annotated[int, typer.Option("--top", min=1, help="How many paths to list at most.")] = 3,
    format: Annotated[Answers, typer.Option("--format", help="To read, or for programs.")] = Answers.text,
    ontology: OntologyFile = None,
    store: Store = STORE,
) -> None:
    """Print how two things are connected: the shortest paths, each step with the sentences that say it."""
    from kg.analyze import paths
    from kg.graph import KnowledgeGraph

    with KnowledgeGraph.open(store, law_of(store, ontology)) as graph:
        found = paths(graph, start, end, statuses=names(status), limit=top)
    told.paths(found, as_json=format is Answers.json)


@app.command(epilog="Example: kg profile OpenAI --status asserted")
def profile(
    name: Annotated[str, typer.Argument(help="A name, e:Name or IRI.", metavar="NAME")],
    status: Annotated[
        str, typer.Option("--status", help="Only claims of these statuses.", metavar="asserted,planned")
    ] = "",
    format: Annotated[Answers, typer.Option("--format", help="To read, or for programs.")] = Answers.text,
    ontology: OntologyFile = None,
    store: Store = STORE,
) -> None:
    """Print all that the texts say about a thing: relation by relation, in order of time, with sentences."""
    from kg.analyze import profiles
    from kg.graph import KnowledgeGraph

    with KnowledgeGraph.open(store, law_of(store, ontology)) as graph:
        found = profiles(graph, name, statuses=names(status))
    told.profiles(found, as_json=format is Answers.json)


@app.command(epilog="Example: kg analyze --top 5")
def analyze(
    top: Annotated[int, typer.Option("--top", min=1, help="How many entities to list.")] = 10,
    format: Annotated[Answers, typer.Option("--format", help="To read, or all for programs.")] = Answers.text,
    store: Store = STORE,
) -> None:
    """Print what a graph holds, its most central entities and its communities."""
    from kg.analyze import analyze, overview
    from kg.graph import KnowledgeGraph

    with KnowledgeGraph.open(store) as graph:
        facts, dates = graph.facts(), {document.id: document.date for document in graph.documents()}
    told.analysis(overview(facts, dates), analyze(facts), None if format is Answers.json else top)
