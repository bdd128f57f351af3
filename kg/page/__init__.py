"""The interactive page: one HTML file that opens anywhere, offline, and proves every edge.

``contents`` turns facts into plain data, ``layout`` gives them a place, ``html`` puts data,
script and style into one file, and this module writes it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.errors import KGError
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
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, html.encode("utf-8"))
    except OSError as error:
        raise KGError(f"{target}: the page cannot be written ({error.strerror}).") from error
    return target


def _replace(target: Path, content: bytes) -> None:
    """Write beside the target and rename, so that a failure leaves what was there."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o644)  # mkstemp makes it private, and a page is made to be shared
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
