"""The commands that judge and show: ``kg check``, and how well and why the extraction works."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import findings
from kg.cli.commands import Model, app


@app.command(epilog="Example: kg check --no-examples")
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
    raise typer.Exit(1 if report.problems else 0)
