"""Parquet: claims between things as two tables, for pandas, Polars, DuckDB and Spark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import KGError
from kg.export import Exportable
from kg.export.network import EDGE, NODE, network_of
from kg.files import replacing

#: The columns that are numbers, to be summed and compared.
NUMBERS = frozenset(("score", "amount", "percent"))


def write_parquet(graph: Exportable, path: Path) -> None:
    """The edges as Parquet, and the nodes beside them, in ``NAME.nodes.parquet``; what is not known is null.

    Raises KGError where pyarrow is not installed.
    """
    network = network_of(graph)
    nodes = ({"id": iri, **data} for iri, data in network.nodes(data=True))
    edges = (
        {"source": source, "target": target, "claim": claim, **data}
        for source, target, claim, data in network.edges(keys=True, data=True)
    )
    _write_table(path.with_name(f"{path.stem}.nodes.parquet"), ("id", *NODE), nodes)
    _write_table(path, ("source", "target", "claim", *EDGE), edges)


def _write_table(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        message = "Parquet needs pyarrow; install it with: pip install 'claimgraph[parquet]'"
        raise KGError(f"{path}: {message}") from None
    schema = pa.schema([(name, pa.float64() if name in NUMBERS else pa.string()) for name in columns])
    held = [{name: float(value) if name in NUMBERS else value for name, value in row.items()} for row in rows]
    with replacing(path) as file:
        pq.write_table(pa.Table.from_pylist(held, schema=schema), file)
