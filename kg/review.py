"""Claims that people judge: the least certain ones, verdicts on them, and what was judged as gold."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.decisions import Decisions, Verdict
from kg.errors import UsageError, did_you_mean
from kg.files import replacing
from kg.graph import KnowledgeGraph
from kg.lookup import Lookup
from kg.model import STATUSES, Claim, Entity
from kg.rdf import Reader
from kg.vocab import local_name

_LEAST = """SELECT ?claim { ?claim a kg:Claim ; kg:score ?score FILTER(?score < 1) }
ORDER BY ?score STR(?claim) LIMIT %d"""
_ENDING = """SELECT ?claim { ?claim a kg:Claim FILTER(STRENDS(STR(?claim), CONCAT("-", ?end)))
  VALUES ?end { %s } } ORDER BY ?claim"""
_OF_DOCUMENTS = """SELECT ?claim { VALUES ?id { %s } ?document dcterms:identifier ?id .
  ?context nif:sourceUrl ?document . ?span nif:referenceContext ?context .
  ?claim prov:wasDerivedFrom ?span } ORDER BY ?claim"""
_TEXT = """SELECT ?text ?date { ?document dcterms:identifier %s . ?context nif:sourceUrl ?document ;
  nif:isString ?text OPTIONAL { ?document dcterms:issued ?date } }"""


def least_certain(graph: KnowledgeGraph, limit: int = 20) -> list[Claim]:
    """The claims of the lowest scores that no verdict has made certain, the lowest first."""
    rows = graph.query(_LEAST % limit, inferred=False)
    return _claims(graph, [str(row.claim) for row in rows])


def claim_of(graph: KnowledgeGraph, id_: str) -> Claim:
    """The claim of this IRI, prefixed name, or last eight digits."""
    iri = id_ if "://" in id_ else graph.prefixes["claim"] + id_.removeprefix("claim:")
    if len(id_) == 8:
        rows = graph.query(_ENDING % _quoted(id_), inferred=False)
        found = [str(row.claim) for row in rows]
        if len(found) > 1:
            raise UsageError(f"{id_}: {len(found)} claims end so; give one of them in full: {found[0]}")
        iri = found[0] if found else iri
    if not (_is_iri(iri) and graph.query(f"ASK {{ <{iri}> a kg:Claim }}", inferred=False)):
        raise UsageError(f"{id_}: there is no such claim; kg review lists those that are least certain")
    return _claims(graph, [iri])[0]


def verdict(graph: KnowledgeGraph, claim: Claim, said: str, right: str | None = None) -> Verdict:
    """A verdict on a claim: ``accept``, ``reject``, or ``correct`` with the right status or relation."""
    text = _text(graph, claim.evidence.document)[0]
    relation, status = None, None
    if right is not None and right in STATUSES:
        status = right
    elif right is not None:
        relation = right
        if right not in graph.ontology.properties:
            known = (*STATUSES, *graph.ontology.properties)
            raise UsageError(f'there is no status or relation "{right}". {did_you_mean(right, known)}')
    value = claim.object
    return Verdict(
        claim.evidence.document,
        " ".join(claim.evidence.text.split()),
        _name_in(claim.subject, text),
        local_name(claim.predicate),
        _name_in(value, text) if isinstance(value, Entity) else value.value,
        said,
        relation,
        status,
    )


def write_gold(graph: KnowledgeGraph, decisions: Decisions, path: str | Path) -> Path:
    """Write the documents that verdicts are on as gold for ``kg.evaluate``.

    What is accepted or corrected is gold, what is rejected is not, and what nobody has judged is ``ok``:
    it counts neither way.
    """
    from srsly import ruamel_yaml

    if not decisions.claims:
        raise UsageError("no claim has been judged yet, so there is no gold; judge some with: kg review")
    articles = list(_articles(graph, decisions))
    text = io.StringIO()
    ruamel_yaml.round_trip_dump(articles, text, allow_unicode=True, width=110)
    with replacing(Path(path), "gold") as file:
        file.write(text.getvalue().encode("utf-8"))
    return Path(path)


def _articles(graph: KnowledgeGraph, decisions: Decisions) -> Iterator[dict[str, Any]]:
    for id_ in sorted({verdict.document for verdict in decisions.claims}):
        rows = graph.query(_OF_DOCUMENTS % _quoted(id_), inferred=False)
        claims = _claims(graph, [str(row.claim) for row in rows])
        text, date = _text(graph, id_)
        if not text:
            continue
        judged = [verdict for verdict in decisions.claims if verdict.document == id_]
        gold = [_row(claim, text) for claim in claims if _verdict_on(claim, judged) is not None]
        ok = [_row(claim, text) for claim in claims if _verdict_on(claim, judged) is None]
        article = {"id": id_, **({"date": date} if date else {}), "text": text}
        yield {**article, "aliases": _aliases(claims, text), "gold": gold, "ok": ok}


def _verdict_on(claim: Claim, verdicts: Iterable[Verdict]) -> Verdict | None:
    """The verdict that has made a claim what it is."""
    said = " ".join(claim.evidence.text.split())
    value = claim.object
    ends = [
        {name.casefold() for name in (end.name, *end.aliases)} if isinstance(end, Entity) else {end.value}
        for end in (claim.subject, value)
    ]
    for verdict in verdicts:
        relation = verdict.relation or verdict.predicate
        if (verdict.sentence, relation) == (said, local_name(claim.predicate)):
            wanted = [verdict.subject, verdict.object]
            names = [name if name in end else name.casefold() for name, end in zip(wanted, ends, strict=True)]
            both = all(name in end for name, end in zip(names, ends, strict=True))
            if both and verdict.status in (None, claim.qualifiers.status):
                return verdict
    return None


def _row(claim: Claim, text: str) -> list[str]:
    value = claim.object
    object_ = _name_in(value, text) if isinstance(value, Entity) else value.value
    status = claim.qualifiers.status
    return [_name_in(claim.subject, text), local_name(claim.predicate), object_, status]


def _aliases(claims: Iterable[Claim], text: str) -> dict[str, list[str]]:
    """The names that the text has for things of the claims, below the one that they are told with."""
    things = {end for claim in claims for end in (claim.subject, claim.object) if isinstance(end, Entity)}
    found = {}
    for thing in sorted(things, key=lambda thing: thing.iri):
        chief = _name_in(thing, text)
        others = [name for name in (thing.name, *thing.aliases) if name != chief and name in text]
        if others:
            found[chief] = others
    return found


def _name_in(entity: Entity, text: str) -> str:
    """What a text calls an entity: its name where that stands there, else the longest of the others."""
    others = sorted(entity.aliases, key=lambda name: (-len(name), name))
    return next((name for name in (entity.name, *others) if name in text), entity.name)


def _text(graph: KnowledgeGraph, id_: str) -> tuple[str, str]:
    rows = graph.query(_TEXT % _quoted(id_), inferred=False)
    return next(((str(row.text), str(row.date or "")) for row in rows), ("", ""))


def _claims(graph: KnowledgeGraph, iris: Iterable[str]) -> list[Claim]:
    return list(Reader(Lookup(graph.engine, graph.prefixes).describe).claims(iris))


def _quoted(text: str) -> str:
    """A text as SPARQL reads it, whatever it holds."""
    import pyoxigraph as ox

    return str(ox.Literal(text))


def _is_iri(text: str) -> bool:
    return not any(character in ' <>"{}|^`\\' or character < " " for character in text)
