"""The engine: Oxigraph stores in memory and on disk, and rdflib's view of them.

A store on disk is never changed in place. A new one is built beside it, under the engine's own lock,
and takes its place at the end: readers see a finished store, and a failed build changes nothing.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import NamespaceManager
from rdflib.query import Result
from rdflib.term import Node

from kg.errors import StoreError
from kg.vocab import BASE_IRI, prefixes

#: The version of the shape of a store; a store of another version is built again.
FORMAT = 1
_MARK = "claimgraph.json"
#: How the engine says that another process, or this one, holds the store; paths may hold any word.
_IN_USE = re.compile("lock hold by|While lock file")


def open_finished(path: Path) -> tuple[ox.Store, str]:
    """A finished store, read-only, and the base IRI of its data."""
    folder = path if path.exists() else _beside(path, "old")
    mark = _read_mark(path, folder)
    if mark.get("format") != FORMAT:
        found = mark.get("format")
        raise StoreError(
            f"{path}: the store has format {found}, and this version reads {FORMAT}; build it again"
        )
    try:
        return ox.Store.read_only(str(folder)), str(mark.get("base", BASE_IRI))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{path}: the store cannot be read ({error}); build it again") from None


def begin(path: Path, base_iri: str) -> ox.Store:
    """An empty store beside ``path``, to be swapped in; a second writer gets a StoreError."""
    _check_replaceable(path)
    building = _beside(path, "building")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        store = _locked(path, building)
        store.clear()  # what a killed build has left
        mark = {"base": base_iri, "format": FORMAT}
        (building / _MARK).write_text(json.dumps(mark, sort_keys=True) + "\n", encoding="utf-8")
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StoreError(f"{path}: the store cannot be written ({reason})") from None
    return store


def swap_in(path: Path) -> None:
    """Put the built store, which must be closed, in the place of the earlier one."""
    old, building = _beside(path, "old"), _beside(path, "building")
    try:
        if path.exists():
            shutil.rmtree(old, ignore_errors=True)
            path.rename(old)
        building.rename(path)
    except OSError as error:
        raise StoreError(f"{path}: the new store cannot be put in its place ({error})") from None
    shutil.rmtree(old, ignore_errors=True)


def discard(path: Path) -> None:
    """Remove a store that was begun and is not wanted."""
    shutil.rmtree(_beside(path, "building"), ignore_errors=True)


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f"{path.name}.{what}")


def _read_mark(path: Path, folder: Path) -> Mapping[str, Any]:
    if not folder.exists():
        raise StoreError(f"{path}: there is no store; build one with: kg build PATHS -o {path.parent}")
    try:
        mark = json.loads((folder / _MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        mark = None
    if not isinstance(mark, dict):
        raise StoreError(f"{path}: this is not a store of claimgraph (no readable {_MARK} in it)")
    return mark


def _check_replaceable(path: Path) -> None:
    if path.parent.exists() and not path.parent.is_dir():
        raise StoreError(f"{path.parent}: this is a file, and the output is a folder; choose another path")
    foreign = path.is_file() or (path.is_dir() and any(path.iterdir()) and not (path / _MARK).exists())
    if foreign:
        raise StoreError(f"{path}: this is not a store of claimgraph and is left alone; choose another path")


def _locked(path: Path, building: Path) -> ox.Store:
    try:
        return ox.Store(str(building))
    except (OSError, RuntimeError) as error:
        if _IN_USE.search(str(error)):
            raise StoreError(
                f"{path}: the store is in use, another build is writing it; try again when that has ended"
            ) from None
        if not building.exists():
            raise
        shutil.rmtree(building)  # the damaged rest of a killed build
        return ox.Store(str(building))


def to_rdflib(term: Any) -> Node | None:
    """An Oxigraph term as rdflib's; a plain string has no datatype, as rdflib writes it."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        plain = datatype == str(XSD.string)
        return Literal(term.value, datatype=None if plain else URIRef(datatype), normalize=False)
    return None


class _View(OxigraphStore):
    """oxrdflib's store without its faults: no full scans, plain strings stay plain, unbound is absent."""

    def __len__(self, context: Graph | None = None) -> int:
        if context is None:
            return len(self._inner)
        return sum(1 for _ in super().triples((None, None, None), context))

    def triples(
        self, triple_pattern: Any, context: Graph | None = None
    ) -> Iterator[tuple[Any, Iterator[Graph | None]]]:
        for (subject, predicate, value), graphs in super().triples(triple_pattern, context):
            yield (subject, predicate, _plain(value)), graphs

    def query(self, *args: Any, **kwargs: Any) -> Result:
        result = super().query(*args, **kwargs)
        if result.type == "SELECT":
            rows: list[Mapping[Any, Any]] = list(result.bindings)
            result.bindings = [
                {name: _plain(term) for name, term in row.items() if term is not None} for row in rows
            ]
        elif result.type == "CONSTRUCT":
            graph = Graph()
            for subject, predicate, value in result.graph or ():
                graph.add((subject, predicate, _plain(value)))
            result.graph = graph
        return result


def _plain(term: Any) -> Any:
    return Literal(str(term)) if isinstance(term, Literal) and term.datatype == XSD.string else term


class StoreDataset(Dataset):
    """rdflib's Dataset over a store; asking whether it is empty does not count it."""

    def __init__(self, store: ox.Store, base_iri: str) -> None:
        self._engine: ox.Store | None = store
        super().__init__(store=_View(store=store))
        self.namespace_manager = NamespaceManager(self, bind_namespaces="none")
        for prefix, namespace in prefixes(base_iri).items():
            self.bind(prefix, URIRef(namespace))

    def __bool__(self) -> bool:
        return bool(self._engine)

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Let go of the store, which closes when nobody holds it."""
        super().close(commit_pending_transaction)
        self._engine = None
