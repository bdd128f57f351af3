"""GraphML, GEXF, node-link JSON and CSV: claims between things as a network, for tools that draw and count.

What is a value and not a thing (a date, an amount) is no part of it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.analyze import to_networkx
from kg.characters import writable
from kg.export import Exportable
from kg.files import replacing

#: The attributes of an edge in the order of their columns.
EDGE = ("relation", "status", "score", "time", "amount", "currency", "percent", "document", "sentence")
NODE = ("label", "class")
#: With what a cell begins that Excel, LibreOffice and Google Sheets take for a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def write_graphml(graph: Exportable, path: Path) -> None:
    """GraphML, for Gephi, yEd, igraph and Cytoscape; the id of an edge is the IRI of its claim."""
    with replacing(path) as file:
        nx.write_graphml_xml(network_of(graph), file)


def write_gexf(graph: Exportable, path: Path) -> None:
    """GEXF 1.2, for Gephi; the id of an edge is the IRI of its claim."""
    writer = GEXFWriter(version="1.2draft")
    network = network_of(graph)
    for *_, claim, data in network.edges(keys=True, data=True):
        data["id"] = claim
    writer.add_graph(network)
    # NetworkX writes the day there: the same graph would be other bytes tomorrow.
    for element in writer.xml.findall("meta"):
        writer.xml.remove(element)
    with replacing(path) as file:
        writer.write(file)


def write_node_link(graph: Exportable, path: Path) -> None:
    """JSON as ``networkx.node_link_graph`` reads it, and D3: lists of ``nodes`` and ``edges``."""
    data = nx.node_link_data(to_networkx(graph.facts()), edges="edges")
    with replacing(path) as file:
        file.write(json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")


def write_csv(graph: Exportable, path: Path) -> None:
    """The edges as CSV, and the nodes beside them, in ``NAME.nodes.csv``.

    Words that a spreadsheet would take for a formula have an apostrophe before them.
    """
    network = to_networkx(graph.facts())
    edges = [
        (source, target, claim, *(data.get(name, "") for name in EDGE))
        for source, target, claim, data in network.edges(keys=True, data=True)
    ]
    nodes = [(iri, *(data.get(name, "") for name in NODE)) for iri, data in network.nodes(data=True)]
    _write_rows(path.with_name(f"{path.stem}.nodes.csv"), ("id", *NODE), nodes)
    _write_rows(path, ("source", "target", "claim", *EDGE), edges)


def _write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
        csv.writer(text, lineterminator="\n").writerows((header, *(map(_inert, row) for row in rows)))
        text.detach()


def _inert(cell: object) -> object:
    """A cell that no spreadsheet runs."""
    is_formula = isinstance(cell, str) and cell.startswith(_FORMULAS) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


def network_of(graph: Exportable) -> nx.MultiDiGraph[str]:
    """The network without characters that XML and Parquet cannot hold (our own texts have none)."""
    network = to_networkx(graph.facts())
    for _, data in network.nodes(data=True):
        data.update({name: writable(value) for name, value in data.items()})
    for *_, data in network.edges(data=True):
        data.update({name: writable(value) for name, value in data.items() if isinstance(value, str)})
    return network
