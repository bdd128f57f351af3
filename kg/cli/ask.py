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


@app.command(epilog="Example: kg serve --port 8000")
def serve(
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; 0.0.0.0 is every one of this machine.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; 0 is any free one.")
    ] = 8000,
    timeout: Annotated[
        int, typer.Option("--timeout", min=1, help="Seconds that a query may take.", metavar="SECONDS")
    ] = 30,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="Megabytes that an answer may have.", metavar="MB")
    ] = 64,
    memory: Annotated[
        int,
        typer.Option("--memory", min=256, help="Megabytes of memory that a query may take.", metavar="MB"),
    ] = 1024,
    cors: Annotated[
        str | None,
        typer.Option("--cors", help="The origin whose pages may ask from a browser, or *.", metavar="ORIGIN"),
    ] = None,
    store: Store = STORE,
) -> None:
    """Serve the graph: a read-only SPARQL 1.1 endpoint, and a page to ask it from."""
    from kg.serve.limits import Limits
    from kg.serve.server import serve

    limits = Limits(timeout, limit, memory)
    serve(store, host, port, limits=limits, cors=cors, ready=answers.serving)
    answers.served()
