"""The commands that show why a graph can be trusted."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import trusted
from kg.cli.building import DecisionsFile
from kg.cli.commands import STORE, Model, OntologyFile, Store, app
from kg.cli.progress import BuildProgress

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ontology import Ontology


class Answers(enum.StrEnum):
    """How ``kg why`` and ``kg verify`` print."""

    text = "text"
    json = "json"


@app.command(epilog="Example: kg why Pfizer has_stake_in Seagen")
def why(
    subject: Annotated[str, typer.Argument(help="A name, e:Name or IRI.", metavar="SUBJECT")],
    predicate: Annotated[str, typer.Argument(help="A relation, or a for a class.", metavar="PREDICATE")],
    object: Annotated[
        str, typer.Argument(help="A name, a value, or with a the name of a class.", metavar="OBJECT")
    ],
    format: Annotated[Answers, typer.Option("--format", help="To read, or for programs.")] = Answers.text,
    ontology: OntologyFile = None,
    store: Store = STORE,
) -> None:
    """Say why a triple is in the graph: its sentences, or the axioms and sentences it follows from."""
    from kg.graph import KnowledgeGraph

    with KnowledgeGraph.open(store, law_of(store, ontology)) as graph:
        answer = graph.why(subject, predicate, object)
    trusted.explained_why(answer, as_json=format is Answers.json)


def law_of(store: str, given: Path | None) -> Ontology:
    """The ontology of a file, or the one that the store was built with."""
    from kg.corpus import built_with
    from kg.ontology import load_ontology

    return load_ontology(given or built_with(store).get("ontology"))


class Reports(enum.StrEnum):
    """How ``kg validate`` prints."""

    text = "text"
    ttl = "ttl"
    json = "json"


@app.command(epilog="Example: kg validate --format ttl")
def validate(
    format: Annotated[
        Reports, typer.Option("--format", help="To read, as a report of SHACL, or as JSON.")
    ] = Reports.text,
    ontology: OntologyFile = None,
    store: Store = STORE,
) -> None:
    """Check claims, sentences and documents against shapes and texts; exit code 1 when something is wrong."""
    from kg.graph import KnowledgeGraph

    with KnowledgeGraph.open(store, law_of(store, ontology)) as graph:
        report, prefixes = graph.validate(), graph.prefixes
    trusted.validated(report, format.value, prefixes)
    raise typer.Exit(0 if report.conforms else 1)


@app.command(epilog="Example: kg verify")
def verify(
    format: Annotated[Answers, typer.Option("--format", help="To read, or for programs.")] = Answers.text,
    ontology: OntologyFile = None,
    model: Model = None,
    decisions: DecisionsFile = None,
    store: Store = STORE,
) -> None:
    """Build a graph again from its texts and compare, byte for byte; exit code 1 when something differs."""
    from kg.verify import verify

    with BuildProgress([]) as progress:
        found = verify(store, ontology=ontology, model=model, decisions=decisions, progress=progress.update)
    trusted.verified(found, as_json=format is Answers.json)
    raise typer.Exit(0 if found.verified else 1)
