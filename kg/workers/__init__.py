"""Who extracts: this process, others on this machine, or those of a Dask cluster; the result is the same.

Documents go out in batches of about equally many words, of which only a few are under way at a time. What
was found comes back in the order of the documents. A document that fails is an error of its own.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import islice
from threading import Lock
from typing import Protocol

from kg.errors import InputError, KGError, ModelError, UsageError
from kg.extract import Extractor
from kg.model import Document, Extraction

#: Words in a batch: half a second of work or more, so that sending it costs nothing beside.
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Failed:
    """A document in which nothing could be found, and why."""

    document: Document
    error: InputError


#: What has become of a document.
Found = Extraction | Failed
Batch = list[Document]


class Future(Protocol):
    """What a batch will give."""

    def result(self) -> list[Found]:
        """What it gave; raises one of the backend's ``died`` where its worker is gone."""


class Backend(Protocol):
    """A number of processes that take batches."""

    died: tuple[type[Exception], ...]

    @property
    def ahead(self) -> int:
        """How many batches may be under way, so that no process waits."""

    def submit(self, batch: Batch) -> Future:
        """Hand over a batch."""

    def renew(self) -> None:
        """Replace processes that died."""

    def close(self) -> None:
        """Let all of them go."""


@dataclass(frozen=True, slots=True)
class Workers:
    """``jobs`` processes of this machine, or those of the Dask scheduler at an address.

    With ``jobs`` a script needs ``if __name__ == "__main__":``, as for all processes that Python spawns.
    """

    jobs: int = 1
    dask: str | None = None

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise UsageError(f"jobs is {self.jobs}: it is a number of processes, 1 or more")
        if self.dask is not None and self.jobs > 1:
            raise UsageError("jobs are processes of this machine, and dask has its own: give one of them")

    def extract(self, extractor: Extractor, documents: Iterable[Document]) -> Iterator[Found]:
        """What was found in each document, in the order given, or why nothing was."""
        if self.dask is None and self.jobs == 1:
            return (attempt(extractor, document) for document in documents)
        return self._elsewhere(extractor, documents)

    def _elsewhere(self, extractor: Extractor, documents: Iterable[Document]) -> Iterator[Found]:
        first = next(rest := batches(documents, BATCH), None)
        if first is None:
            return  # nothing to read: no process is started for that
        backend = self._backend(extractor)
        try:
            yield from ordered(backend, iter([first]), rest)
        finally:
            backend.close()

    def _backend(self, extractor: Extractor) -> Backend:
        setup = pickle.dumps((extractor, versions(extractor)))
        if self.dask is not None:
            from kg.workers.cluster import Cluster

            return Cluster(self.dask, setup)
        from kg.workers.pool import Pool

        return Pool(self.jobs, setup)


def attempt(extractor: Extractor, document: Document) -> Found:
    """What was found in a document, or why nothing was: one that fails is not to stop the others."""
    try:
        return extractor.one(document)
    except InputError as error:
        return Failed(document, error)
    except KGError:
        raise  # the model or the ontology, not the document
    except Exception as error:
        reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return Failed(document, InputError(f"{_name(document)}: the extraction failed ({reason})"))


def _name(document: Document) -> str:
    return document.source or document.id


def batches(documents: Iterable[Document], words: int) -> Iterator[Batch]:
    """Documents in batches of so many words, or one that is longer.

    >>> [len(batch) for batch in batches([Document(str(n), "one two three") for n in range(5)], words=7)]
    [2, 2, 1]
    """
    batch: Batch = []
    size = 0
    for document in documents:
        length = document.text.count(" ") + 1
        if batch and size + length > words:
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += length
    if batch:
        yield batch


def ordered(backend: Backend, *given: Iterator[Batch]) -> Iterator[Found]:
    """What the batches give, in their order."""
    rest = (batch for part in given for batch in part)
    pending: deque[tuple[Batch, Future]] = deque()
    while True:
        for batch in islice(rest, max(0, backend.ahead - len(pending))):
            pending.append((batch, backend.submit(batch)))
        if not pending:
            return
        batch, future = pending.popleft()
        try:
            found = future.result()
        except backend.died:
            # One of the batches under way killed its process. Nobody knows which: this one goes
            # document by document with nothing else under way, and the others start anew.
            waiting = [batch for batch, _ in pending]
            pending.clear()
            yield from _alone(backend, batch)
            pending.extend((batch, backend.submit(batch)) for batch in waiting)
        else:
            yield from found


def _alone(backend: Backend, batch: Batch) -> Iterator[Found]:
    backend.renew()
    for document in batch:
        try:
            found = backend.submit([document]).result()
        except backend.died:
            backend.renew()
            reason = "the process that read it died, twice; is there enough memory?"
            found = [Failed(document, InputError(f"{_name(document)}: {reason}"))]
        yield from found


_one_at_a_time = Lock()


def run(setup: bytes, batch: Batch) -> list[Found]:
    """What a worker does with a batch; ``setup`` is the extractor, and what it was made with."""
    with _one_at_a_time:  # a Dask worker has threads, and a spaCy pipeline is for one
        extractor = _unpacked(setup)
        return [attempt(extractor, document) for document in batch]


@lru_cache(maxsize=1)
def _unpacked(setup: bytes) -> Extractor:
    extractor: Extractor
    extractor, expected = pickle.loads(setup)
    if versions(extractor) != expected:
        raise ModelError(
            f"a worker has {versions(extractor)}, and this is {expected}: install the same there"
        )
    return extractor


def versions(extractor: Extractor) -> str:
    """What must be the same everywhere for the results to be."""
    return f"claimgraph {version('claimgraph')}, spaCy {version('spacy')}, {extractor.model_name}"
