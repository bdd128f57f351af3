"""Where time goes: seconds by stage, for whoever holds a stopwatch. Stages that nest do not count twice."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Item = TypeVar("Item")

_running: ContextVar[Stopwatch | None] = ContextVar("stopwatch", default=None)


class Stopwatch:
    """Counts the seconds of each stage while it is held with ``with``."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stages: list[str] = ["other"]
        self._since = time.perf_counter()

    def __enter__(self) -> Stopwatch:
        self._token = _running.set(self)
        self._since = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self._count()
        _running.reset(self._token)

    def _count(self) -> None:
        now = time.perf_counter()
        stage = self._stages[-1]
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._since
        self._since = now

    def begin(self, stage: str) -> None:
        """From now on time belongs to this stage."""
        self._count()
        self._stages.append(stage)

    def end(self) -> None:
        """From now on it belongs to the stage before."""
        self._count()
        self._stages.pop()


@contextmanager
def stage(name: str) -> Iterator[None]:
    """A stretch of work; without a stopwatch nothing is measured.

    >>> with Stopwatch() as watch, stage("inside"):
    ...     pass
    >>> sorted(watch.seconds)
    ['inside', 'other']
    """
    watch = _running.get()
    if watch is None:
        yield
        return
    watch.begin(name)
    try:
        yield
    finally:
        watch.end()


def each(name: str, items: Iterable[Item]) -> Iterator[Item]:
    """The same items; the time that it takes to get each belongs to a stage."""
    rest = iter(items)
    while True:
        with stage(name):
            try:
                item = next(rest)
            except StopIteration:
                return
        yield item
