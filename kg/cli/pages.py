"""The commands that write pages to read: ``kg diff``, ``kg report`` and ``kg ontology``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import compared, display
from kg.cli.commands import STORE, OntologyFile, Store, app
from kg.cli.trust import Answers, law_of


@app.command(epilog="Example: kg diff earlier.ttl output/graph.db -o diff.html")
def diff(
    old: Annotated[str, typer.Argument(help="A store, an endpoint, or a file of RDF.", metavar="OLD")],
    new: Annotated[str, typer.Argument(help="Another one, made later.", metavar="NEW")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="An HTML page instead of text.", metavar="FILE.html")
    ] = None,
    format: Annotated[Answers, typer.Option("--format", help="To read, or for programs.")] = Answers.text,
    ontology: OntologyFile = None,
) -> None:
    """Say what differs between two graphs: documents, things and claims, with their sentences."""
    from kg.diff import diff, opened, render, write
    from kg.ontology import load_ontology

    law = load_ontology(ontology)
    with opened(old, law) as before, opened(new, law) as after:
        found = diff(before, after)
    if output is not None:
        display.wrote(write(render(found, law, old=old, new=new), output))
    else:
        compared.differing(found, as_json=format is Answers.json)


@app.command(epilog="Example: kg report -o output/report.html")
def report(
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")] = Path(
        "output/report.html"
    ),
    title: Annotated[str, typer.Option("--title", help="The heading.")] = "What the graph knows",
    top: Annotated[int, typer.Option("--top", min=1, help="How many rows tables and charts have.")] = 12,
    ontology: OntologyFile = None,
    store: Store = STORE,
) -> None:
    """Write what a graph holds as a page to read: sums, charts, tables, and the sentences behind them."""
    from kg.graph import KnowledgeGraph
    from kg.report import page_beside, report

    with KnowledgeGraph.open(store, law_of(store, ontology)) as graph:
        report(graph, output, title=title, page=page_beside(store, output), top=top)
    display.wrote(output)


@app.command(epilog="Example: kg ontology -o ontology.html")
def ontology(
    file: Annotated[
        Path | None,
        typer.Argument(help="The ontology; without one, the default ontology.", metavar="FILE.ttl"),
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")] = Path(
        "output/ontology.html"
    ),
) -> None:
    """Write an ontology as a page to read: classes, relations, how each is said, and how well it is found."""
    from kg.documentation import document

    display.wrote(document(output, file))
