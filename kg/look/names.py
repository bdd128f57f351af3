"""IRIs as people read them, and short keys for links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import unquote


def local_name(iri: str) -> str:
    """The last part of an IRI.

    >>> local_name("https://w3id.org/claimgraph/news#invested_in")
    'invested_in'
    """
    return unquote(re.split(r"[#/]", iri.rstrip("#/"))[-1])


def words(iri: str) -> str:
    """The local name of an IRI, split into words.

    >>> words("https://w3id.org/claimgraph/news#invested_in")
    'invested in'
    >>> words("https://schema.org/GovernmentOrganization")
    'government organization'
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", local_name(iri))
    return " ".join(re.split(r"[\s_-]+", spaced)).strip().lower() or iri


def keys(iris: Iterable[str]) -> Mapping[str, str]:
    """A short key for each IRI: its local name, or all of it where two share that name.

    >>> keys(["https://a.example/x", "https://b.example/x", "https://b.example/y"])["https://b.example/y"]
    'y'
    """
    distinct = sorted(set(iris))
    shared = Counter(local_name(iri) for iri in distinct)
    return {iri: local_name(iri) if shared[local_name(iri)] == 1 else iri for iri in distinct}
