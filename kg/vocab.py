"""Namespaces, prefixes and the minting of IRIs: the one place that knows how a thing is named.

An IRI is readable, holds no dots, and depends on nothing but what it names.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Namespace:
    """A vocabulary: its attributes are the IRIs of its terms, as plain strings.

    rdflib has such a class too; this one costs a query nothing, and importing rdflib 0.3 seconds.

    >>> SKOS.altLabel, KG["status"]
    ('http://www.w3.org/2004/02/skos/core#altLabel', 'https://w3id.org/claimgraph/core#status')
    """

    iri: str

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        iri = self.__dict__[name] = self.iri + name  # the next time it is there
        return iri

    def __getitem__(self, name: str) -> str:
        return self.iri + name

    def __str__(self) -> str:
        return self.iri


KG = Namespace("https://w3id.org/claimgraph/core#")
NEWS = Namespace("https://w3id.org/claimgraph/news#")
LEX = Namespace("https://w3id.org/claimgraph/lex#")
SCHEMA = Namespace("https://schema.org/")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
PROV = Namespace("http://www.w3.org/ns/prov#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")

#: Where the data of a graph live unless the user names another place.
BASE_IRI = "https://example.org/kg/"

_VOCABULARIES = {
    "kg": KG,
    "news": NEWS,
    "lex": LEX,
    "schema": SCHEMA,
    "nif": NIF,
    "prov": PROV,
    "dcterms": DCTERMS,
    "skos": SKOS,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": OWL,
}
_KINDS = {"e": "entity/", "claim": "claim/", "doc": "document/", "run": "run/"}
_SLUG_LENGTH = 80


def prefixes(base_iri: str = BASE_IRI) -> dict[str, str]:
    """Every prefix that is bound in queries and files, for data under ``base_iri``.

    >>> prefixes()["e"]
    'https://example.org/kg/entity/'
    """
    vocabularies = {prefix: str(namespace) for prefix, namespace in _VOCABULARIES.items()}
    return vocabularies | {prefix: base_iri + folder for prefix, folder in _KINDS.items()}


#: The prefixes of data under the default base.
PREFIXES = prefixes()


def local_name(iri: str) -> str:
    """The last part of an IRI.

    >>> local_name("https://w3id.org/claimgraph/news#invested_in")
    'invested_in'
    """
    return re.split(r"[#/]", iri)[-1]


def short_hash(length: int, *parts: object) -> str:
    """The first ``length`` hex digits of the SHA-256 of the parts: equal parts, equal digits."""
    text = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _is_kept(character: str) -> bool:
    # Above U+E0000 there are variation selectors, which are marks but may not stand in an IRI.
    return (unicodedata.category(character)[0] in "LM" or character.isdecimal() or character in "_-") and (
        character < "\U000e0000"
    )


def slug(text: str) -> str:
    """A readable piece of an IRI: letters, marks, digits, ``_`` and ``-``; never empty.

    >>> slug("Apple Inc."), slug("Procter & Gamble"), slug("Société Générale")
    ('Apple_Inc', 'Procter_Gamble', 'Société_Générale')
    """
    normal = unicodedata.normalize("NFKC", text)
    kept = "".join(c if _is_kept(c) else " " if c.isspace() else "" for c in normal)
    return "_".join(kept.split())[:_SLUG_LENGTH] or short_hash(8, text)


def unique_slugs(candidates: Iterable[tuple[str, ...]]) -> list[str]:
    """One slug for each thing; its candidates go from the shortest to one that nothing shares.

    All things that collide move on to their next candidate, so that none depends on the order.

    >>> unique_slugs([("Ford", "Ford_Person"), ("Ford", "Ford_Organization"), ("Fiat", "Fiat_Organization")])
    ['Ford_Person', 'Ford_Organization', 'Fiat']
    """
    ladders = list(candidates)
    steps = [0] * len(ladders)
    while True:
        slugs = [ladder[step] for ladder, step in zip(ladders, steps, strict=True)]
        counts = Counter(slugs)
        climbing = [i for i, name in enumerate(slugs) if counts[name] > 1 and steps[i] + 1 < len(ladders[i])]
        if not climbing:
            return slugs
        for i in climbing:
            steps[i] += 1


def entity_iri(name: str, base_iri: str = BASE_IRI) -> str:
    """The IRI of the entity with this slug."""
    return f"{base_iri}entity/{name}"


def claim_iri(
    subject: str, predicate: str, object_name: str, occurrence: Iterable[object], base_iri: str = BASE_IRI
) -> str:
    """The IRI of a claim: readable, then 8 hex digits over all that makes it this occurrence."""
    # the IRIs of a backbone may end in anything
    names = "-".join(slug(local_name(part)) for part in (subject, predicate, object_name))
    return f"{base_iri}claim/{names}-{short_hash(8, subject, predicate, object_name, *occurrence)}"


def document_iris(ids: Iterable[str], base_iri: str = BASE_IRI) -> dict[str, str]:
    """The IRI of every document of a set; of those that share a slug, each gets 6 hex digits of its id.

    >>> document_iris(["a.txt"])
    {'a.txt': 'https://example.org/kg/document/atxt'}
    """
    ordered = sorted(set(ids))
    slugs = unique_slugs((slug(id_), f"{slug(id_)}-{short_hash(6, id_)}") for id_ in ordered)
    return {id_: f"{base_iri}document/{name}" for id_, name in zip(ordered, slugs, strict=True)}


def span_iri(document_iri: str, begin: int, end: int) -> str:
    """The IRI of a span of text: an RFC 5147 range of code points.

    >>> span_iri("https://example.org/kg/document/a", 3, 9)
    'https://example.org/kg/document/a#char=3,9'
    """
    return f"{document_iri}#char={begin},{end}"


def run_iri(run_id: str, base_iri: str = BASE_IRI) -> str:
    """The IRI of the run with this id."""
    return f"{base_iri}run/{run_id}"


def software_iri(version: str, base_iri: str = BASE_IRI) -> str:
    """The IRI of this program in one version; its dots are the version's own."""
    return f"{base_iri}software/claimgraph-{version}"
