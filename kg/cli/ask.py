"""The command that asks a graph: ``kg query``."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import answers
from kg.cli.commands import STORE, Store, app


class Format(enum.StrEnum):
    """How ``kg query`` prints."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    ttl = "ttl"
    nt = "nt"
    jsonld = "jsonld"
    rdf = "rdf"


@app.command(epilog="Example: kg query investments --set company=OpenAI")
def query(
    sparql: Annotated[
        str,
        typer.Argument(
            help='SPARQL, a file, the name of a shipped query, or "-" for standard input.', metavar="QUERY"
        ),
    ] = "-",
    parameters: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the query; may be repeated."),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", help="How to print: csv, tsv, json, xml for rows; the others for triples."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A file to write instead of printing.", metavar="FILE"),
    ] = None,
    inferred: Annotated[
        bool, typer.Option("--inferred/--no-inferred", help="Ask also what follows from the claims.")
    ] = True,
    listed: Annotated[
        bool, typer.Option("--list", help="List the shipped queries with their parameters and end.")
    ] = False,
    store: Store = STORE,
) -> None:
    """Ask the graph with SPARQL, or with a query that ships with the program; all prefixes are bound."""
    if listed:
        answers.listing()
        return
    text, values = answers.query_text(sparql), answers.values(parameters or ())
    from kg.graph import KnowledgeGraph

    with KnowledgeGraph.open(store) as graph:
        answers.show(graph.query(text, values, inferred=inferred), format, output)
