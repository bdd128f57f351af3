"""A graph as one page to read: its sums, pictures and tables, and the sentences behind each of them."""

from __future__ import annotations

import os
from pathlib import Path

from markupsafe import Markup

from kg.analyze import known
from kg.graph import FILES, KnowledgeGraph
from kg.look import sheet, write
from kg.look.claims import Links
from kg.report.charts import bars, columns
from kg.report.contents import TOP, Chart, Contents, contents
from kg.store import is_address

__all__ = ["TOP", "page_beside", "render", "report"]

HERE = Path(__file__).parent


def report(
    graph: KnowledgeGraph,
    path: str | Path,
    *,
    title: str = "What the graph knows",
    page: str | None = None,
    top: int = TOP,
) -> Path:
    """Write the report of a graph to a file; an older file stays whole until the new one is complete.

    ``page`` is the address of the graph's interactive page, relative to the report: names lead there.
    Tables and charts have up to ``top`` rows. Raises KGError where matplotlib is not installed.
    """
    told = known(graph)
    found = contents(told, graph.documents(), Links(page, told.facts), top)
    return write(render(found, title, page), path)


def page_beside(store: str, report: Path) -> str | None:
    """The address, from a report, of the page beside a store; None where no build has written one."""
    page = Path(store).with_name(FILES[2])
    if is_address(store) or not page.is_file():
        return None
    return Path(os.path.relpath(page, report.parent)).as_posix()


def render(found: Contents, title: str, page: str | None = None) -> str:
    """The report as an HTML page."""
    charts = [(chart, _drawing(chart)) for chart in found.charts]
    return sheet(HERE, "template.html.j2", title=title, page=page, found=found, charts=charts)


def _drawing(chart: Chart) -> Markup:
    if chart.columns:
        return columns(chart.columns, chart.title, edges=chart.edges)
    return bars(chart.rows, chart.title, chart.series)
