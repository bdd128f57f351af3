"""The commands that carry graphs to other tools and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import display
from kg.cli.commands import STORE, MinScore, OntologyFile, Store, app
from kg.errors import KGError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.ontology import Ontology


@app.command(epilog="Example: kg export graph.ttl --status asserted,planned --no-text")
def export(
    file: Annotated[
        Path, typer.Argument(help="The file to write; its suffix says the format.", metavar="FILE")
    ],
    shape: Annotated[
        str | None,
        typer.Option(
            "--as", help="rdf-1.2, owl-axiom or web-annotation instead of rdf:Statement.", metavar="SHAPE"
        ),
    ] = None,
    status: Annotated[
        str, typer.Option("--status", help="Only claims of these statuses.", metavar="asserted,planned")
    ] = "",
    min_score: MinScore = 0.0,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", metavar="ID", help="Only claims of this document; may be repeated."),
    ] = None,
    relation: Annotated[
        list[str] | None,
        typer.Option("--relation", metavar="NAME", help="Only claims of this relation; may be repeated."),
    ] = None,
    entity: Annotated[
        list[str] | None,
        typer.Option("--entity", metavar="NAME", help="Only claims about this thing; may be repeated."),
    ] = None,
    text: Annotated[bool, typer.Option("--text/--no-text", help="The texts of the documents.")] = True,
    inferred: Annotated[
        bool, typer.Option("--inferred/--no-inferred", help="In .nq and .trig: what follows from the claims.")
    ] = True,
    ontology: OntologyFile = None,
    store: Store = Path(STORE),
) -> None:
    """Write the graph to a file for other tools: .ttl .nt .nq .trig .jsonld .rdf (.owl)."""
    from kg.graph import KnowledgeGraph

    statuses = [name.strip() for name in status.split(",") if name.strip()]
    wanted = {"statuses": statuses, "documents": document, "relations": relation, "entities": entity}
    with KnowledgeGraph.open(store, _law(ontology)) as graph:
        part = _part(graph, {name: given for name, given in wanted.items() if given}, min_score)
        part.serialize(file, shape=shape, text=text, inferred=inferred)
    display.wrote(file)


def _law(ontology: Path | None) -> Ontology | None:
    """The ontology of a file; None stands for the default one, which is read when it is needed."""
    from kg.ontology import load_ontology

    return load_ontology(ontology) if ontology else None


def _part(graph: KnowledgeGraph, wanted: Mapping[str, list[str]], min_score: float) -> KnowledgeGraph:
    """The whole graph, or the part that is wanted, which must not be empty."""
    if not wanted and not min_score:
        return graph
    part = graph.select(min_score=min_score, **wanted)
    if not part.query("ASK { ?claim a kg:Claim }", inferred=False):
        raise KGError("no claim fits all that is asked for, so nothing is written; ask for less")
    return part
