"""Content negotiation: which of the formats of an answer a client likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

#: Media types and formats of rows and truth values, and of triples; the first is the default.
ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/xml": "xml",
}
TRIPLES: Mapping[str, str] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/json": "jsonld",
    "application/xml": "rdf",
    "text/plain": "nt",
    "text/xml": "rdf",
}


def choose(accept: str, available: Mapping[str, str]) -> str | None:
    """The best of the media types that are available; None if none is acceptable.

    >>> choose("text/csv;q=0.5, application/sparql-results+xml", ROWS)
    'application/sparql-results+xml'
    >>> choose("*/*", ROWS), choose("text/*", TRIPLES), choose("image/png", ROWS)
    ('application/sparql-results+json', 'text/turtle', None)
    """
    ranges = dict(_ranges(accept)) or {"*/*": 1.0}
    ranked = [(_quality(kind, ranges), -place, kind) for place, kind in enumerate(available)]
    quality, _, best = max(ranked)
    return best if quality > 0 else None


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """The media ranges of an Accept header with their qualities; what is not one is left out."""
    for part in accept.lower().split(","):
        kind, *parameters = (word.strip() for word in part.split(";"))
        quality = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        try:
            value = float(quality)
        except ValueError:
            continue
        if kind.count("/") == 1 and 0 <= value <= 1:
            yield kind, value


def _quality(kind: str, ranges: Mapping[str, float]) -> float:
    """How much a type is liked: the narrowest range that has it decides."""
    for range_ in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if range_ in ranges:
            return ranges[range_]
    return 0
