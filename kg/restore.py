"""Exports of claimgraph back to a store, as they were."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.parse import load, parse
from kg.store import Engine
from kg.vocab import BASE_IRI, DCTERMS, KG, NIF, PROV, RDF

_TYPE, _CLAIM = ox.NamedNode(RDF.type), ox.NamedNode(KG.Claim)
_REIFIES, _STATEMENT = ox.NamedNode(RDF.reifies), ox.NamedNode(RDF.Statement)
_PARTS = tuple(ox.NamedNode(iri) for iri in (RDF.subject, RDF.predicate, RDF.object))
# MINUS, because FILTER NOT EXISTS is asked anew for each claim.
_BROKEN = f"""
SELECT ?claim WHERE {{
  ?claim a <{KG.Claim}>
  MINUS {{
    ?claim <{RDF.subject}> ?s ; <{RDF.predicate}> ?p ; <{RDF.object}> ?o ; <{KG.status}> ?status ;
      <{PROV.wasDerivedFrom}> ?span .
    ?span <{NIF.referenceContext}> ?context .
    ?context <{NIF.sourceUrl}> ?document .
    ?document <{DCTERMS.identifier}> ?id
  }}
}} LIMIT 1
"""


def base_iri(path: Path) -> str | None:
    """The base IRI of the data in an export, or None where a file holds no claims."""
    for quad in parse(path):
        if quad.object == _CLAIM and quad.predicate == _TYPE and isinstance(quad.subject, ox.NamedNode):
            base, found, _ = quad.subject.value.rpartition("/claim/")
            return f"{base}/" if found else BASE_IRI
    return None


def restore(engine: ox.Store, path: Path) -> None:
    """Add what an export holds, each triple to the graph that it was in.

    Raises InputError where claims came without their sentences, as in a Web Annotation.
    """
    load(engine, path)
    _state_what_is_reified(engine)
    broken = next(iter(_broken(engine)), None)
    if broken is not None:
        raise InputError(
            f"{path}: the claim <{broken}> has no sentence, so this is no whole graph to restore"
        )


def _state_what_is_reified(engine: ox.Store) -> None:
    """Make what RDF 1.2 reifies as a triple term a statement again."""
    reified = list(engine.quads_for_pattern(None, _REIFIES, None, ox.DefaultGraph()))
    if reified:
        engine.bulk_extend(chain.from_iterable(map(_statement, reified)))
        engine.update(f"DELETE WHERE {{ ?claim {_REIFIES} ?term }}")


def _statement(reified: ox.Quad) -> Iterator[ox.Quad]:
    if isinstance(reified.object, ox.Triple):
        yield ox.Quad(reified.subject, _TYPE, _STATEMENT)
        for part, term in zip(_PARTS, reified.object, strict=True):
            yield ox.Quad(reified.subject, part, term)


def _broken(engine: Engine) -> Iterator[str]:
    found = engine.query(_BROKEN)
    if isinstance(found, ox.QuerySolutions):
        for (claim,) in found:
            yield str(claim.value)
