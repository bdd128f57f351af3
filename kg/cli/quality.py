"""The commands that judge and show: ``kg check``, and how well and why the extraction works."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import display, findings
from kg.cli.commands import Model, OntologyFile, Paths, app
from kg.cli.explained import explained


@app.command(epilog="Example: kg check my.ttl")
def check(
    ontology: Annotated[
        Path | None,
        typer.Argument(help="The ontology; without one, the default ontology.", metavar="FILE.ttl"),
    ] = None,
    examples: Annotated[
        bool, typer.Option("--examples/--no-examples", help="Whether to run its examples too.")
    ] = True,
    model: Model = None,
) -> None:
    """Say what is wrong in an ontology file, line by line; exit code 1 when something is."""
    from kg.check import check

    report = check(ontology, model=model, examples=examples)
    findings.checked(report)
    raise typer.Exit(0 if report.sound else 1)


@app.command(epilog="Example: kg evaluate gold.yaml --show")
def evaluate(
    gold: Annotated[
        str,
        typer.Argument(
            help='Articles with their claims (.yaml, .json), a folder of them, or "-".', metavar="GOLD"
        ),
    ],
    json: Annotated[bool, typer.Option("--json", help="Print all figures and differences as JSON.")] = False,
    show: Annotated[bool, typer.Option("--show", help="List each miss and each false claim.")] = False,
    ontology: OntologyFile = None,
    model: Model = None,
) -> None:
    """Measure the extraction on texts with gold: precision, recall, F1 and what is behind them."""
    from kg.evaluate import evaluate
    from kg.ontology import load_ontology

    result = evaluate(findings.gold(gold), load_ontology(ontology), model=model)
    findings.evaluated(result, as_json=json, show=show)


@app.command(epilog="Example: kg explain seeds -o explain.html")
def explain(
    paths: Paths,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="An HTML page instead of text.", metavar="FILE.html")
    ] = None,
    ontology: OntologyFile = None,
    model: Model = None,
) -> None:
    """Show why each sentence says what it says: mentions, propositions, frames and what was refused."""
    from kg.explain import explain, write
    from kg.ontology import load_ontology
    from kg.readers import read

    found = explain(read(paths, display.error_line), load_ontology(ontology), model=model)
    if output is None:
        for explanation in found:
            explained(explanation)
    else:
        display.wrote(write(found, output))
