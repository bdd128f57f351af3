"""Feeds (RSS and Atom): one document an entry, with as much of its text as the feed gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import Document
from kg.readers.html import parsed
from kg.readers.record import record_document


def read_feed(path: Path, id: str, source: str) -> Iterator[Document | InputError]:
    """One document an entry, named by what the feed calls it."""
    import feedparser

    feed: Any = feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        why = f" ({feed.bozo_exception})" if feed.bozo else ""
        yield InputError(f"{source}: no feed, or one without entries{why}")
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield record_document(_record(entry), id, source)
        except ValueError as error:
            yield InputError(f"{source}: entry {number}: {error}")


def _record(entry: Any) -> dict[str, object]:
    content = entry.get("content") or [{}]
    told = max((str(content[0].get("value") or ""), str(entry.get("summary") or "")), key=len)
    day = entry.get("published_parsed") or entry.get("updated_parsed")
    return {
        "id": entry.get("id") or entry.get("link"),
        "text": plain(told),
        "title": plain(str(entry.get("title") or "")),
        "date": f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}" if day else None,
        "author": entry.get("author"),
        "url": entry.get("link"),
    }


def plain(fragment: str) -> str:
    """The words of a piece of HTML, a block on each line; ValueError where it is nested too deeply.

    >>> plain("<p>Acme <b>bought</b> Bolt.</p><p>It paid &euro;5.</p>")
    'Acme bought Bolt.\\nIt paid €5.'
    """
    if not fragment.strip():
        return ""
    root = parsed(f"<div>{fragment}</div>")
    for element in root.iter():
        if element.tag in _BLOCKS:
            element.tail = "\n" + (element.tail or "")
    return "\n".join(" ".join(line.split()) for line in root.text_content().splitlines()).strip()


_BLOCKS = frozenset("address article blockquote br div h1 h2 h3 h4 h5 h6 li p section td th tr".split())
