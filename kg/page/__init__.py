"""The interactive page: one HTML file that opens anywhere, offline, and proves every edge.

``contents`` turns facts into plain data, ``layout`` gives them a place, ``html`` puts data,
script and style into one file, and this module writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.files import replacing
from kg.model import Document, Fact
from kg.page.html import render

__all__ = ["render", "write_page"]


def write_page(
    path: str | Path,
    facts: Iterable[Fact],
    documents: Iterable[Document],
    *,
    title: str = "Knowledge graph",
    labels: Mapping[str, str] | None = None,
) -> Path:
    """Write the page to ``path``; an older file stays whole until the new one is complete."""
    html = render(facts, documents, title=title, labels=labels)
    target = Path(path)
    with replacing(target, "page") as file:
        file.write(html.encode("utf-8"))
    return target
