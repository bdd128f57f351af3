"""Processes on this machine. They are spawned, not forked, so that they work alike on every system."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import ParamSpec, Self, TypeVar

from kg.garbage import collect_rarely

__all__ = ["BrokenProcessPool", "Processes"]

P = ParamSpec("P")
R = TypeVar("R")


class Processes:
    """So many processes; none is left when this one lets go of them, or dies."""

    def __init__(self, jobs: int) -> None:
        context = get_context("spawn")
        # The end that is never written to closes when this process lets go of it, or dies.
        self._held, self._leash = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(jobs, context, _begin, (self._held,))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def submit(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand over a call; BrokenProcessPool where a process has died."""
        return self._executor.submit(work, *args, **kwargs)

    def close(self) -> None:
        """End them; what is under way is wanted by nobody."""
        self._leash.close()
        self._executor.shutdown(cancel_futures=True)
        self._held.close()


def _begin(held: Connection) -> None:
    """What a process does first."""
    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends the others
    threading.Thread(target=_end_with, args=(held,), daemon=True).start()


def _end_with(held: Connection) -> None:
    with suppress(EOFError, OSError):
        held.recv_bytes()
    os._exit(1)
