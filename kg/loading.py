"""Files of RDF to a graph: exports are restored, what other files hold becomes the backbone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg import backbone
from kg.errors import UsageError
from kg.files import reported
from kg.restore import base_iri, restore
from kg.store import Engine, Remote, disk, load, solutions
from kg.store.sync import send_graph
from kg.vocab import BASE_IRI, KG

_INFERRED = ox.NamedNode(KG.inferred)
_DOCUMENTS = f"SELECT ?document ?hash {{ ?document <{KG.sha256}> ?hash }}"


class Loading:
    """Some files, and the finished store at a path to which they are added; making one changes nothing.

    Raises InputError where a file is malformed, UsageError where an export would be mixed with documents.
    """

    def __init__(self, files: Iterable[str | Path], path: str | Path | None) -> None:
        bases = {file: base_iri(file) for file in map(Path, files)}
        self.exports = [file for file, base in bases.items() if base]
        self.others = [file for file, base in bases.items() if not base]
        self._earlier, base = _finished(path)
        self.base_iri = base or next(filter(None, bases.values()), BASE_IRI)
        if self._earlier is not None and self.exports and _documents(self._earlier):
            raise _mixed(path)

    @reported("the store cannot be written")
    def fill(self, engine: Engine) -> bool:
        """Fill an empty store; whether what follows from its claims is still to be inferred."""
        assert isinstance(engine, ox.Store)
        if self._earlier is not None:
            engine.bulk_extend(self._earlier.quads_for_pattern(None, None, None, None))
        for file in self.exports:
            restore(engine, file)
        if self.others:
            backbone.replace(engine, self.others)
        return next(engine.quads_for_pattern(None, None, None, _INFERRED), None) is None


def put(engine: ox.Store, there: Remote) -> None:
    """Put what was loaded into an endpoint, once more where it was cut off; a backbone replaces its own.

    Raises UsageError where an export would be mixed with other documents.
    """
    documents = _documents(engine)
    if documents:
        if _documents(there) - documents:
            raise _mixed(there.address)
        load(there, [engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""])
    if next(engine.quads_for_pattern(None, None, None, backbone.GRAPH), None) is not None:
        send_graph(engine, there, KG.backbone)


def _finished(path: str | Path | None) -> tuple[ox.Store | None, str | None]:
    if path is None or not Path(path).exists():
        return None, None
    engine, mark = disk.open_finished(Path(path))
    return engine, mark.base


def _documents(engine: Engine) -> set[tuple[str, str]]:
    """The documents of a store: IRIs with hashes."""
    return {(row[0].value, row[1].value) for row in solutions(engine, _DOCUMENTS)}


def _mixed(place: str | Path | None) -> UsageError:
    return UsageError(
        f"{place}: the store holds documents, and an export would be mixed with them; choose another --store"
    )
