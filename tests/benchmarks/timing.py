"""Processor time, measured beside peers."""

from __future__ import annotations

import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call, of all its threads."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def fastest(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The fastest call of each: they take turns, so that a busy machine slows all of them."""
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    return [min(column) for column in zip(*times, strict=True)]
