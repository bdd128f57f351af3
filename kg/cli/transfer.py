"""The commands that carry graphs to other tools and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import display
from kg.cli.commands import STORE, MinScore, OntologyFile, Store, app, names
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
            "--as",
            help="rdf-1.2, owl-axiom or web-annotation instead of rdf:Statement; ontolex: the words.",
            metavar="SHAPE",
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
    store: Store = STORE,
) -> None:
    """Write the graph: .ttl .nt .nq .trig .jsonld .rdf .owl .graphml .gexf .json .csv .cypher .parquet."""
    from kg.graph import KnowledgeGraph

    wanted = {"statuses": names(status), "documents": document, "relations": relation, "entities": entity}
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


@app.command("import", epilog="Example: kg import companies.ttl")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(help="RDF: .ttl .nt .nq .trig .jsonld .rdf .owl, also .gz.", metavar="FILE..."),
    ],
    ontology: OntologyFile = None,
    store: Annotated[
        str,
        typer.Option("--store", help="The store to put it in, or an endpoint.", metavar="FOLDER|http://…"),
    ] = STORE,
) -> None:
    """Put RDF into a store: an export as it was, any other graph as backbone, whose names kg build knows."""
    from kg.graph import KnowledgeGraph

    with KnowledgeGraph.load(files, store, _law(ontology)) as graph:
        print(f"Wrote {store}: {_contents(graph)}")


def _contents(graph: KnowledgeGraph) -> str:
    """``documents: 4, claims: 82, things of the backbone: 3, their names: 7``."""
    from kg.backbone import known_names

    (told,) = graph.query(
        "SELECT (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?document) AS ?documents) {"
        " { ?claim a kg:Claim } UNION { ?document kg:sha256 ?hash } }",
        inferred=False,
    )
    known = known_names(graph.engine, graph.ontology)
    things = len({name.iri for name in known})
    parts = [f"documents: {told.documents}, claims: {told.claims}"] if told.documents else []
    parts += [f"things of the backbone: {things}, their names: {len(known)}"] if known else []
    return ", ".join(parts) or "no claim, and no thing that has a class and a name"
